"""What the user prefers: settings.toml in the state folder, with the keys that were remapped; and the recent files."""

import json
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from eduf.files.write import save
from eduf.problems import Refused
from eduf.words import LANGUAGES
from tui.drafts import folder

MOST_RECENT = 9
CHOICES = {"lang": LANGUAGES, "unit": ("yuan", "wan"), "theme": ("dark", "light", "contrast"), "tour": ("", "done")}


@dataclass(frozen=True)
class Settings:
    """The preferences that can be used; `wrong` names those that cannot. `keys`: action to key."""

    lang: str = ""
    unit: str = "yuan"
    theme: str = "dark"
    plain: bool = False
    tour: str = "done"  # "": it has not been shown yet
    keys: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def file() -> Path:
    """The settings file."""
    return folder() / "settings.toml"


def settings() -> Settings:
    """The preferences in the file; what is not understood is named and left alone."""
    try:
        found = tomllib.loads(file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(tour="")
    except (OSError, ValueError):
        return Settings(wrong=(file().name,))
    chosen = {key: found[key] for key, known in CHOICES.items() if found.get(key) in known}
    keys = found.get("keys", {})
    mapped = (
        {str(action): key for action, key in keys.items() if isinstance(key, str)} if isinstance(keys, dict) else {}
    )
    usable = {
        *chosen,
        *(("keys",) if isinstance(keys, dict) else ()),
        *(("ascii",) if _flag(found) is not None else ()),
    }
    return Settings(**chosen, plain=bool(_flag(found)), keys=mapped, wrong=tuple(sorted(set(found) - usable)))


def _flag(found: Mapping[str, object]) -> bool | None:
    value = found.get("ascii")
    return value if isinstance(value, bool) else None


def prefer(key: str, value: str) -> None:
    """Write a preference into the file, the rest of it as it stands."""
    import tomlkit

    with suppress(OSError, ValueError, Refused):
        file().parent.mkdir(parents=True, exist_ok=True)
        stated = tomlkit.parse(file().read_text(encoding="utf-8")) if file().exists() else tomlkit.document()
        stated[key] = value
        save(file(), tomlkit.dumps(stated).encode("utf-8"), replace=True)


def recent() -> list[Path]:
    """The files that were opened last and are still there, the last one first."""
    try:
        found = json.loads((folder() / "recent.json").read_text(encoding="utf-8"))
        return [Path(each) for each in found if isinstance(each, str) and Path(each).is_file()]
    except (OSError, ValueError, TypeError):
        return []


def remember(opened: Path) -> None:
    """Put a file at the top of the recent ones."""
    paths = dict.fromkeys([str(opened.resolve()), *map(str, recent())])
    with suppress(OSError, Refused):
        folder().mkdir(parents=True, exist_ok=True)
        save(folder() / "recent.json", json.dumps(list(paths)[:MOST_RECENT], ensure_ascii=False).encode(), replace=True)
