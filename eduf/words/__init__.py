"""Labels and sentences in Chinese and English, and which of the two is spoken."""

import locale
import os
import tomllib
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")

_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """`zh` or `en`: what was chosen, else EDUF_LANG, else the locale."""
    chosen = _chosen.get()
    if chosen:
        return chosen
    for variable in ("EDUF_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def speak(lang: str | None) -> None:
    """Choose the language of everything said from here on; None leaves it to the environment."""
    if lang not in (None, *LANGUAGES):
        raise ValueError(f"no such language: {lang}")
    _chosen.set(lang)


def word(key: str, lang: str | None = None) -> str:
    """The label of a dotted key, such as `names.cap`. A name without a label is shown as it is."""
    found = _found(key, lang or language())
    return found if isinstance(found, str) else key.split(".")[-1]


def known(key: str) -> bool:
    """Whether there is a text of that dotted key."""
    return isinstance(_found(key, LANGUAGES[0]), str)


def sentence(key: str, lang: str | None = None, /, **values: object) -> str:
    """The sentence of a dotted key, with the values put in."""
    return word(key, lang).format(**values)


def _found(key: str, lang: str) -> object:
    found: Any = texts(lang)
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


@cache
def texts(lang: str) -> dict[str, Any]:
    """All texts of a language."""
    return tomllib.loads((Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8"))
