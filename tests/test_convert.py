"""A case written as a workbook or as TOML states what it stated before, to the fen and to the letter."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from making import case_of
from whole_cases import tables

from eduf.case import Case
from eduf.files import dump, read

LANGUAGES = ("zh", "en")


def back(case: Case, suffix: str, lang: str) -> Case:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"case{suffix}"
        path.write_bytes(dump(case, path, lang))
        return read(path)


def plain(case: Case) -> dict[str, Any]:
    return case.model_dump()


@given(tables())
def test_toml_states_what_the_case_states(table: dict[str, Any]) -> None:
    case = case_of(table)
    for lang in LANGUAGES:
        assert plain(back(case, ".toml", lang)) == plain(case)


@pytest.mark.parametrize("lang", LANGUAGES)
@given(table=tables())
@settings(max_examples=25)
def test_a_workbook_states_what_the_case_states(lang: str, table: dict[str, Any]) -> None:
    case = case_of(table)
    found = back(case, ".xlsx", lang)
    assert plain(found) == plain(case)
    assert found.places.imported == ()
    assert found.places.notices == ()
