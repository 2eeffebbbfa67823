"""`eduf tax`: the figures of the core, for a person and as JSON."""

import json
from decimal import Decimal

import pytest
from jsonschema import Draft202012Validator
from test_cli import MACHINERY, SERVICES, Eduf, eduf  # noqa: F401 - a fixture

from eduf.files import read
from eduf.history import compute
from eduf.schemas import schema_of
from eduf.tax import prepayments, present_value, running
from eduf.words import LANGUAGES
from eduf.words.width import width


@pytest.mark.parametrize("case", [MACHINERY, SERVICES])
@pytest.mark.parametrize("more", [[], ["--discount", "5%"]])
def test_the_json_fits_its_schema_and_has_the_figures_of_the_core(case: str, more: list[str], eduf: Eduf) -> None:  # noqa: F811
    document = json.loads(eduf("tax", case, "--json", *more).out)
    Draft202012Validator(schema_of("tax")).validate(document)
    history = compute(read(case))
    assert [each["tax_so_far"] for each in document["years"]] == [
        None if each.tax_so_far is None else str(each.tax_so_far) for each in running(history)
    ]
    assert [each["quarters"] for each in document["prepayments"]] == [
        None if found is None else [str(each) for each in found.quarters]
        for found in (prepayments(history, year.year) for year in history.years)
    ]
    found = present_value(history, Decimal("0.05"))
    worth = None if found.present is None else str(found.present)
    assert document["present_value"] is None if not more else document["present_value"]["present"] == worth


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_stand_straight_and_say_what_they_assume(lang: str, eduf: Eduf) -> None:  # noqa: F811
    said = eduf("tax", MACHINERY, "--discount", "5%", "--quiet", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    tables = [block.splitlines() for block in said.out.split("\n\n")]
    assert max(width(line) for table in tables if len(table) > 3 for line in table) <= 100
    for wanted in ("289,110.63", "82,500.00", "11,610.63", "0.952381", "15,420.40"):
        assert wanted in said.out
    assert said.out.count("Assumed:" if lang == "en" else "假定") == 2


@pytest.mark.parametrize(
    ("typed", "problem"), [("5", "stands without %"), ("five", "is not a rate"), ("-1%", "is not a rate")]
)
def test_a_discount_rate_that_is_none_is_refused(typed: str, problem: str, eduf: Eduf) -> None:  # noqa: F811
    said = eduf("tax", MACHINERY, f"--discount={typed}")
    assert said.status == 2
    assert problem in said.err


def test_without_income_nothing_is_computed_and_it_is_said(eduf: Eduf) -> None:  # noqa: F811
    eduf("new", "case.toml")
    said = eduf("tax", "case.toml")
    assert said.status == 0
    assert "—" in said.out
    assert "income" in said.err
