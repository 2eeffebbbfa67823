"""Every check by a small case of its own: what it says and what to do, word for word in both languages."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from making import case_of

from eduf.audit import CHECKS, Audit, Finding, audit
from eduf.audit.form import CELLS
from eduf.case import Case, Filed
from eduf.history import History, compute
from eduf.law import current
from eduf.words import LANGUAGES

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "audit_cases.toml").read_text(encoding="utf-8"))
MESSAGES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "audit_messages.toml").read_text(encoding="utf-8"))
FACTS = {"total_wages": 12_000_000, "deductible_wages": 10_000_000, "spent": 300_000, "extracted": 400_000}


def case(stated: Mapping[str, Any]) -> Case:
    """The case of a test: its years, by the facts that are not those of every year."""
    years = [{"year": int(year), **FACTS, **facts} for year, facts in stated["years"].items()]
    enterprise = {"name": "测试企业", "extraction_rate": "2.5%", **stated.get("enterprise", {})}
    table = {"format": 1, "enterprise": enterprise, "opening": stated.get("opening", {}), "year": years}
    return case_of(table)


def returns(history: History, stated: Mapping[str, Any]) -> tuple[Filed, ...]:
    """Right returns, but for the cells that the test states otherwise; a year stated as false has none."""
    filed = []
    for year in history.years:
        other = stated.get("filed", {}).get(str(year.year), {})
        if other is False:
            continue
        cells = {cell.name: year.values.get(cell.right) for cell in CELLS if cell.name not in ("cap", "row6_rate")}
        if year.setting.edition == 2014:
            cells = {name: value for name, value in cells.items() if not name.endswith("_spent")}
        filed.append(Filed.model_validate({"year": year.year, **tables({**cells, **other})}))
    return tuple(filed)


def tables(cells: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in cells.items():
        row, _, column = name.partition("_")
        if value is not None and row.startswith("row"):
            found.setdefault(row, {})[column] = value
        elif value is not None:
            found[name] = value
    return found


def audited(stated: Mapping[str, Any]) -> Audit:
    history = compute(case(stated))
    return audit(compute(history.case.model_copy(update={"filed": returns(history, stated)})))


def the_one(name: str) -> Finding:
    code = CASES[name].get("code", name)
    return next(each for each in audited(CASES[name]).findings if each.code == code)


def test_every_check_has_a_case_and_every_case_its_messages() -> None:
    assert {CASES[name].get("code", name) for name in CASES} == {"follows", *(check.code for check in CHECKS)}
    assert CASES.keys() == MESSAGES.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_finding_says_what_is_wrong_and_what_to_do(name: str, lang: str) -> None:
    finding = the_one(name)
    assert {"says": finding.says(lang), "do": finding.do(lang)} == MESSAGES[name][lang]


@pytest.mark.parametrize("name", CASES)
def test_a_finding_cites_law_that_exists_and_holds_in_its_year(name: str) -> None:
    known = {entry.id: entry for matter in current().names() for entry in current().matter(matter).entry}
    finding = the_one(name)
    assert finding.law
    for entry in finding.law:
        assert known[entry.id] == entry
        assert entry.in_year(finding.year) or entry.id.startswith("time_limits.")


@pytest.mark.parametrize("name", CASES)
def test_beside_it_is_only_what_follows_from_it_or_what_the_case_names(name: str) -> None:
    beside = {each.code for each in audited(CASES[name]).findings if each.because_of is None}
    assert beside == {CASES[name].get("root", CASES[name].get("code", name)), *CASES[name].get("beside", [])}


@pytest.mark.parametrize("name", CASES)
def test_a_correct_return_of_the_same_case_is_without_the_finding(name: str) -> None:
    of_the_books = {"extraction_low", "extraction_voluntary", "fund_overspent", "fund_idle", "front_line_low"}
    found = audited({**CASES[name], "filed": {}})
    assert {each.code for each in found.findings} <= of_the_books | {"deferred_in_loss"}
