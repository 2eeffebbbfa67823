"""The audit: correct returns have no error, planted mistakes are found with nothing but their consequences."""

import random
from itertools import permutations
from typing import Any

import pytest
from filing import Filing, NotPlanted, Plant, all_in_wan, filed_case, filing
from histories import histories, random_history
from hypothesis import assume, given
from hypothesis import strategies as st
from judge import is_small, ordinary_rate
from making import rate, yuan
from planting import KINDS

from eduf.audit import Audit, Finding, audit
from eduf.history import compute

BOOKS_ONLY = {"extraction_low", "fund_overspent", "fund_idle", "front_line_low", "deferred_in_loss"}

ONE_MISTAKE = (
    ({"in_wan"}, {"in_wan"}),
    ({"row6_unqualified"}, {"row6_unqualified"}),
    ({"one_plus_four", "extraction_deducted"}, {"unspent_in_carry_forward"}),
)


def audited(history: dict[str, Any], found: Filing) -> Audit:
    return audit(compute(filed_case(history, found)))


def beside(found: Audit) -> list[Finding]:
    """What is found in the returns, not in the books."""
    return [each for each in found.findings if each.code not in BOOKS_ONLY]


def generated(seed: int) -> dict[str, Any]:
    return random_history(random.Random(seed), 1 + seed % 10)


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_correct_returns_have_no_error(start: int) -> None:
    for seed in range(start, start + 50):
        history = generated(seed)
        assert beside(audited(history, filing(history))) == []


@pytest.mark.parametrize("chained", [False, True])
@pytest.mark.parametrize("start", range(0, 500, 100))
def test_returns_by_the_forms_own_formula_have_warnings_only(start: int, *, chained: bool) -> None:
    codes = set()
    for seed in range(start, start + 100):
        history = generated(seed)
        found = audited(history, filing(history, printed=True, chained=chained))
        codes |= {each.code for each in beside(found)}
        assert [each for each in found.findings if each.level == "error"] == []
    assert codes <= {"form_formula", "follows", "tie"}
    assert "form_formula" in codes


def plants(rng: random.Random, history: dict[str, Any], name: str) -> Plant:
    years = [facts["year"] for facts in history["years"] if facts["collection"] == "books"]
    if not years:
        raise NotPlanted
    return KINDS[name](rng, rng.choice(years))


def check_found(found: Audit, filed: Filing, planted: Plant) -> Finding:
    """The planted mistake is found: its year, its line, its figures, and a code that explains them."""
    mine = [each for each in found.findings if (each.year, each.line) == (planted.year, planted.cell)]
    finding = next(each for each in mine if each.because_of is None)
    shown = rate if planted.cell.endswith("_rate") else yuan
    assert finding.filed == shown(filed.planted[planted.year, planted.cell])
    assert finding.should_be == shown(filed.right[planted.year][planted.cell])
    assert set(finding.codes) == filed.explained[planted.year, planted.cell]
    assert finding.law
    return finding


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], random.Random]:
    return draw(histories(max_years=6)), draw(st.randoms(use_true_random=False))


def planted_in(rng: random.Random, history: dict[str, Any], *names: str) -> tuple[Filing, list[Plant]]:
    made = [plants(rng, history, name) for name in names]
    places = {(each.year, each.cell) for each in made}
    deferred = len(made) > 1 and any(each.cell == "deferred_tax" for each in made)  # the filer books none
    if len(places) < len(made) or deferred:
        raise NotPlanted
    filed = filing(history, made)
    if any(one_mistake(filed, *pair) for pair in permutations(made, 2)):
        raise NotPlanted
    return filed, made


def one_mistake(filed: Filing, first: Plant, then: Plant) -> bool:
    """Whether the second shows the same mistake as the first: one return, one way of filling it in."""
    codes = filed.explained[first.year, first.cell], filed.explained[then.year, then.cell]
    return first.year == then.year and any(codes[0] & one and codes[1] & other for one, other in ONE_MISTAKE)


def only_these(found: Audit, roots: list[Finding]) -> None:
    """Beside them there is nothing but what follows from them."""
    assert {(each.year, each.line) for each in beside(found) if each.root not in roots} == set()


def seeded(name: str, wanted: int) -> list[tuple[dict[str, Any], Filing, Plant]]:
    """Histories in which a mistake can be planted."""
    found = []
    for seed in range(4000):
        rng, history = random.Random(seed), generated(seed)
        try:
            filed, (plant,) = planted_in(rng, history, name)
        except NotPlanted:
            continue
        found.append((history, filed, plant))
        if len(found) == wanted:
            return found
    raise AssertionError(f"{name}: {len(found)} in 4000 histories")


@pytest.mark.parametrize("name", KINDS)
def test_a_mistake_planted_alone_is_found_with_nothing_but_its_consequences(name: str) -> None:
    for history, filed, plant in seeded(name, 25):
        found = audited(history, filed)
        finding = check_found(found, filed, plant)
        only_these(found, [finding])
        check_steps(finding, filed)
        check_taxes(finding, history, filed)


def check_steps(finding: Finding, filed: Filing) -> None:
    """Corrected, every later figure becomes right, and those that are right stay so."""
    expected = {
        (year, cell): (value, filed.right[year][cell])
        for year, cells in filed.returns.items()
        for cell, value in cells.items()
        if value != filed.right[year][cell]
    }
    given_back = {(each.year, each.line): (each.filed, each.becomes) for each in finding.steps}
    shown = {
        key: tuple((rate if key[1].endswith("_rate") else yuan)(v) for v in pair) for key, pair in expected.items()
    }
    assert given_back == shown


def check_taxes(finding: Finding, history: dict[str, Any], filed: Filing) -> None:
    """The tax of every year whose adjustment changes, at the year's rate where there is a single one."""
    expected = {}
    for facts in history["years"]:
        year = facts["year"]
        declared = filed.returns.get(year, {}).get("row4_adjustment")
        change = None if declared is None else filed.right[year]["row4_adjustment"] - declared
        if change:
            at = None if is_small(facts) else ordinary_rate(facts)
            size = None if at is None else (abs(change) * at + 500) // 1000
            expected[year] = (yuan(change), None if size is None else yuan(size if change > 0 else -size))
    small = {facts["year"] for facts in history["years"] if is_small(facts)}
    assert {each.year: (each.adjustment, each.tax) for each in finding.taxes if each.year not in small} == {
        year: each for year, each in expected.items() if year not in small
    }
    assert {each.year for each in finding.taxes} == set(expected)


@given(cases(), st.sampled_from(sorted(KINDS)), st.sampled_from(sorted(KINDS)))
def test_of_two_mistakes_both_are_found(made: tuple[dict[str, Any], random.Random], one: str, other: str) -> None:
    history, rng = made
    try:
        filed, both = planted_in(rng, history, one, other)
    except NotPlanted:
        assume(False)  # noqa: FBT003
    found = audited(history, filed)
    only_these(found, [check_found(found, filed, each) for each in both])


def on_books(history: dict[str, Any]) -> list[int]:
    return [facts["year"] for facts in history["years"] if facts["collection"] == "books"]


def test_a_year_filed_in_units_of_10000_is_one_finding() -> None:
    done = 0
    for seed in range(200):
        history = generated(seed)
        years = on_books(history)
        if not years:
            continue
        year = random.Random(seed).choice(years)
        filed = all_in_wan(filing(history), year)
        wrong = {
            (number, cell): value
            for number, cells in filed.returns.items()
            for cell, value in cells.items()
            if value != filed.right[number][cell]
        }
        if next(iter(wrong.values()), None) == 0:
            continue  # so small that nothing is left of it tells no unit
        found = beside(audited(history, filed))
        if not wrong:
            assert found == []
            continue
        roots = [each for each in found if each.because_of is None]
        assert "in_wan" in roots[0].codes
        assert {(each.year, each.filed) for each in roots[1:]} <= {(year, yuan(0))}  # 0 may be right by another rule
        assert {(each.year, each.line) for each in found if each.code != "tie"} == {*wrong}
        done += 1
    assert done > 150


def test_a_missing_year_is_found_once_and_what_the_others_declare_is_still_followed() -> None:
    for seed in range(100):
        history = generated(seed)
        years = on_books(history)
        if len(years) < 3:
            continue
        filed = filing(history)
        gap = random.Random(seed).choice(years[1:-1])
        without = {year: cells for year, cells in filed.returns.items() if year != gap}
        found = beside(audited(history, filed._replace(returns=without)))
        assert [(each.code, each.year, each.line, each.level) for each in found] == [
            ("return_missing", gap, "year", "error")
        ]


def test_what_the_old_form_carried_forward_becomes_an_error_where_it_enters_2018() -> None:
    entered = 0
    for seed in range(500):
        history = generated(seed)
        if not {2017, 2018} <= set(on_books(history)):
            continue
        filed = filing(history, printed=True, chained=True, until=2018)
        brought, right = (each[2018]["row5_brought_forward"] for each in (filed.returns, filed.right))
        found = audited(history, filed)
        here = [each for each in found.findings if (each.year, each.line) == (2018, "row5_brought_forward")]
        codes = [(each.code, each.level) for each in here]
        expected = [("unspent_brought_in", "error")] if brought > right else [("follows", "warning")]
        assert codes == (expected if brought != right else [])
        assert {each.root.code for each in beside(found)} <= {"form_formula"}
        assert {each.level for each in beside(found) if each.year < 2018} <= {"warning"}
        entered += brought > right
    assert entered > 20


def test_what_is_not_declared_is_unknown_and_not_0() -> None:
    """Any part of a correct return says nothing wrong; with a mistake in what is left, it is still found."""
    for seed in range(100):
        rng, history = random.Random(seed), generated(seed)
        filed = filing(history)
        kept = {
            year: {name: value for name, value in cells.items() if rng.random() < 0.5}
            for year, cells in filed.returns.items()
        }
        assert beside(audited(history, filed._replace(returns=kept))) == []
