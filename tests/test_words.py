"""The two languages say the same things, and nothing of one stands in the other."""

import re
import string
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from eduf.case import Case, Model, Qualification
from eduf.lines import FACTS, OPENINGS, SHOWN
from eduf.words import LANGUAGES, language, speak, texts, word

HAN = re.compile(r"[\u4e00-\u9fff]")
MAY_BE_HAN = {
    "cli.explain.examples",
    "problems.amount_unreadable.do",
    "problems.amount_unreadable.do_book",
    "problems.book_format_wan.do",
    "problems.book_format_wan.says",
    "problems.not_a_number.do",
    "problems.not_a_number.do_book",
    "problems.toml_syntax.do",
}


def flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield above + key, value


ZH, EN = dict(flat(texts("zh"))), dict(flat(texts("en")))


def test_both_languages_have_the_same_texts() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", EN)
def test_a_text_takes_the_same_values_in_both_languages(key: str) -> None:
    def taken(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    # A sentence may leave out what the other language needs only where the program gives both.
    assert taken(ZH[key]) == taken(EN[key])


def test_no_chinese_stands_in_the_english_texts() -> None:
    assert {key for key, text in EN.items() if HAN.search(text)} <= MAY_BE_HAN


def test_every_chinese_sentence_is_chinese() -> None:
    told = {
        key: text
        for key, text in ZH.items()
        if not key.endswith("examples") and re.sub(r"\{.*?\}", "", text).strip(" =：；()（）、")
    }
    assert {key for key, text in told.items() if not HAN.search(text)} <= {"names.format", "report.sheets.schedule"}


def keys_of(model: type[Model]) -> Iterator[str]:
    from eduf.files.tables import _models

    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in _models(field.annotation):
            yield from keys_of(inner)  # type: ignore[arg-type]


STRUCTURE = {"year", "filed", "scenario", "row1", "row4", "row5", "row6", "to", "grow", "times", "add"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_of_a_case_and_every_figure_has_a_label(lang: str) -> None:
    names = {*FACTS, *SHOWN, *OPENINGS, *keys_of(Case)} - STRUCTURE
    assert {name for name in names if word(f"names.{name}", lang) == name} == set()
    assert {each for each in get_args(Qualification) if word(f"values.{each}", lang) == each} <= {
        "software",
        "animation",
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_of_figures_are_told_apart(lang: str) -> None:
    labels = [word(f"names.{name}", lang) for name in {*FACTS, *SHOWN, *OPENINGS}]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"EDUF_LANG": "zh"}, "zh"),
        ({"EDUF_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"EDUF_LANG": "", "LANG": "zh_TW"}, "zh"),
    ],
)
def test_the_language_comes_from_the_environment(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("EDUF_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        speak("fr")
