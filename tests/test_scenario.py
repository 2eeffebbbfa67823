"""Scenarios: what a difference makes of a fact, plan years, what is refused, and that comparing is sound."""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from histories import random_history
from hypothesis import given
from hypothesis import strategies as st
from making import case_of, stated

from eduf.case import Case, Scenario
from eduf.change import AMOUNTS, CHOICES, FACTS, RATES, REASONS, SIGNED
from eduf.comparison import compare, percent_of
from eduf.explain import explain
from eduf.files import read
from eduf.files.believable import believable
from eduf.history import compute
from eduf.planned import HAPPENED_ONCE
from eduf.problems import Refused
from eduf.scenario import application, applied
from eduf.typed import difference, scenario

ROOT = Path(__file__).parent.parent
MACHINERY = ROOT / "examples" / "machinery.toml"


def case(*years: Mapping[str, Any], **enterprise: Any) -> Case:
    """Years of 1,000,000.00 wages and 60,000.00 spent, from 2024 on; each may state other facts."""
    plain = {"total_wages": "1000000.00", "deductible_wages": "1000000.00", "spent": "60000.00"}
    return case_of(
        {
            "format": 1,
            "enterprise": {"name": "测试企业", **enterprise},
            "year": [{"year": 2024 + n, **plain, **year} for n, year in enumerate(years)],
        }
    )


def planned(stated_case: Case, *typed: str) -> Case:
    return applied(stated_case, scenario(typed, "A"))


def of(found: Case, fact: str) -> dict[int, Any]:
    return {year.year: getattr(year, fact) for year in found.years}


RULES = [  # typed differences, the fact looked at, what it is in 2024, 2025 and 2026
    (("spent@2025=70,000.00",), "spent", ("60000.00", "70000.00", "60000.00")),
    (("spent@2025-=12万元",), "spent", ("60000.00", "120000.00", "120000.00")),
    (("spent@2025+=5000",), "spent", ("60000.00", "65000.00", "60000.00")),
    (("spent@2024-2025+=-60000",), "spent", ("0.00", "0.00", "60000.00")),
    (("spent@2025*=110%",), "spent", ("60000.00", "66000.00", "60000.00")),
    (("spent@2025*=1.1",), "spent", ("60000.00", "66000.00", "60000.00")),
    (("spent@2025-=grow 5%",), "spent", ("60000.00", "63000.00", "66150.00")),
    (("spent@2025-=grow -5%",), "spent", ("60000.00", "57000.00", "54150.00")),
    (("spent@2025-=grow 50%", "spent@2024=70000"), "spent", ("70000.00", "105000.00", "157500.00")),
    # to the fen, half up: 100.10 × 105 % = 105.105; 105.11 × 105 % = 110.3655
    (("spent@2024=100.10", "spent@2025-=grow 5%"), "spent", ("100.10", "105.11", "110.37")),
    # 0.10 × 95 % = 0.095, 0.10 × 95 % = 0.095
    (("spent@2024=0.10", "spent@2025-=grow -5%"), "spent", ("0.10", "0.10", "0.10")),
    # what multiplies and what is added are for their own year: 2026 grows on the 63,000.00 before them
    (("spent@2025-=grow 5%", "spent@2025*=200%", "spent@2025+=1"), "spent", ("60000.00", "126001.00", "66150.00")),
    (("spent@2025=1000", "spent@2025*=50%", "spent@2025+=7"), "spent", ("60000.00", "507.00", "60000.00")),
    (("spent@2025+=5", "spent@2025+=6"), "spent", ("60000.00", "60011.00", "60000.00")),
    (("spent@2024-=total_wages × 2%",), "spent", ("20000.00", "20000.00", "20000.00")),
    (("spent@2025-=total_wages*2%", "total_wages@2025-=grow 10%"), "spent", ("60000.00", "22000.00", "24200.00")),
    (("spent@2025+=total_wages × 0.5%",), "spent", ("60000.00", "65000.00", "60000.00")),
    (("staff@2025-=30", "spent@2025-=staff × 1,234.56"), "spent", ("60000.00", "37036.80", "37036.80")),
    (("staff@2025-=30", "staff@2026+=-5"), "staff", (None, 30, 25)),
    (("extracted@2024=-100.10", "extracted@2025=grow 5%"), "extracted", ("-100.10", "-105.11", None)),
    (("extraction_rate@2025-=1.5%", "extraction_rate@2026+=-0.5%"), "extraction_rate", (None, "0.015", "0.010")),
    (("qualifications@2025=high_tech, tech_sme",), "qualifications", (None, ("high_tech", "tech_sme"), None)),
    (("qualifications@2025=none",), "qualifications", (None, (), None)),
    (("collection@2025=deemed",), "collection", ("books", "deemed", "books")),
    (("restricted_industry@2025=true",), "restricted_industry", (None, True, None)),
    (("职工工资总额@2025=5",), "total_wages", ("1000000.00", "5.00", "1000000.00")),
]


@pytest.mark.parametrize(("typed", "fact", "expected"), RULES, ids=lambda value: str(value)[:60])
def test_a_difference_makes_of_a_fact_what_it_says(
    typed: tuple[str, ...], fact: str, expected: tuple[Any, ...]
) -> None:
    found = of(planned(case({}, {}, {}), *typed), fact)
    assert tuple(str(each) if isinstance(each, Decimal) else each for each in found.values()) == expected


def test_every_fact_of_a_year_has_its_kind_of_change() -> None:
    kinds = (*AMOUNTS, *SIGNED, *RATES, *CHOICES, *REASONS, "staff", "monthly_wages")
    assert sorted(kinds) == sorted(FACTS)


@given(
    st.integers(0, 10**14),
    st.integers(-1000, 2000),
    st.integers(0, 3000),
)
def test_growing_and_multiplying_are_exact_and_rounded_half_up_once(fen: int, growth: int, by: int) -> None:
    start = case({"spent": Decimal(fen).scaleb(-2)}, {}, {})
    for typed, factor in ((f"spent@2025=grow {growth / 10:.1f}%", 1000 + growth), (f"spent@2024*={by / 10:.1f}%", by)):
        expected = (Fraction(fen * factor, 1000) + Fraction(1, 2)).__floor__()
        if expected > 10**14:
            continue
        (found,) = (value for year, value in of(planned(start, typed), "spent").items() if str(year) in typed)
        assert found == Decimal(expected).scaleb(-2)


def test_a_range_that_ends_later_makes_plan_years_without_what_happened_once() -> None:
    last = {
        "status": "plan",
        "extracted": 30000,
        "spent_in_full": 700,
        "booked_in_full": 500,
        "qualifications": ["software"],
        "monthly_wages": [*[80000] * 11, 120000],
        "transferred": 5,
        "transferred_because": "合并",
        "cap_rate": "9%",
        "cap_rate_because": "试点",
        "front_line_spent": 100,
        "income": 800000,
        "staff": 12,
    }
    found = planned(case({}, last), "total_wages@2026-2028=grow 10%", "spent@2026-=5000")
    assert of(found, "status") == {2024: "actual", 2025: "plan", 2026: "plan", 2027: "plan", 2028: "plan"}
    assert of(found, "total_wages")[2028] == Decimal("1331000.00")
    assert [of(found, "spent")[year] for year in (2025, 2026, 2028)] == [60000, 5000, 5000]
    for year in found.years[2:]:
        assert [name for name in HAPPENED_ONCE if getattr(year, name) is not None] == []
        assert (year.spent_in_full, year.income, year.staff) == (Decimal(700), Decimal(800000), 12)
        assert year.qualifications == ("software",)
    assert compute(found).years[-1].year == 2028


def test_what_is_added_in_the_last_year_is_not_repeated_in_plan_years() -> None:
    found = planned(case({}, {}), "spent@2025+=1000", "total_wages@2027=5")
    assert of(found, "spent") == {2024: 60000, 2025: 61000, 2026: 60000, 2027: 60000}
    assert of(found, "total_wages") == {2024: 1000000, 2025: 1000000, 2026: 1000000, 2027: 5}


def test_parts_of_a_total_that_changed_are_unknown_unless_they_are_stated_too() -> None:
    start = case({"monthly_wages": [*[80000] * 11, 120000], "front_line_spent": 40000})
    assert planned(start, "total_wages@2024*=100%").years[0] == start.years[0]
    changed = planned(start, "total_wages@2024*=101%", "spent@2024=50000").years[0]
    assert (changed.monthly_wages, changed.front_line_spent) == (None, None)
    assert planned(start, "spent@2024=50000", "front_line_spent@2024=20000").years[0].front_line_spent == 20000


LIMITS = "it must be from 0.00 to 1,000,000,000,000.00."
THERE = "names years that are not there: the case, with the plan years of this scenario, has 2024 to 2026."
BOTH = "This difference and no. 1 of the scenario both decide"
WRONG = [  # typed differences, and what must be said about them
    (("spent@2024=abc",), ["A: 1: to: error: 'abc' is not an amount of yuan."]),
    (("spent@2024=-5",), [f"A: 1: error: Spent under the cap would be -5.00; {LIMITS}"]),
    (("spent@2024+=-60000.01",), [f"A: 1: error: Spent under the cap would be -0.01; {LIMITS}"]),
    (
        ("total_wages@2025=grow 900%", "total_wages@2024=500000000000"),
        [f"A: 1: error: Total wages would be 5,000,000,000,000.00; {LIMITS}"],
    ),
    (
        ("extraction_rate@2024=1.5%", "extraction_rate@2024+=-2%"),
        ["A: 2: error: Extraction rate would be -0.5%; it must be from 0% to 100%."],
    ),
    (("spent@2024*=-5%",), ["A: 1: times: error: '-5%' is not from 0% to 1000%."]),
    (("spent@2025=grow 5",), ["A: 1: grow: error: '5' stands without %, so it could mean two rates."]),
    (("spent@2025=grow 5.55%",), ["A: 1: grow: error: '5.55%' is not a multiple of 0.1 %."]),
    (("spent@2024*=x",), ["A: 1: times: error: 'x' is not a rate by which an amount changes."]),
    (("staff@2024*=5%",), ["A: 1: times: error: Staff cannot be changed by times."]),
    (("cap_rate@2024*=5%",), ["A: 1: times: error: Deduction rate cannot be changed by times."]),
    (("collection@2024+=5",), ["A: 1: add: error: Tax collection cannot be changed by add."]),
    (("monthly_wages@2024=5",), ["A: 1: to: error: Monthly wages cannot be changed by a scenario."]),
    (("staff@2024=1.5",), ["A: 1: to: error: Found '1.5'; a whole number is expected here."]),
    (("collection@2024=both",), ["A: 1: to: error: 'both' is not one of: books, deemed."]),
    (("spent@2024=cap × 5%",), ["A: 1: to: error: 'cap' is not something to take a share of."]),
    (("spent@2023=5",), [f"A: 1: years: error: '2023' {THERE}"]),
    (("spent@2027-=5",), [f"A: 1: years: error: '2027-' {THERE}"]),
    (("spent@2025-2101=5",), ["A: 1: years: error: '2025-2101' ends after 2100."]),
    (
        ("spent@2024=grow 5%",),
        ["A: 1: error: Spent under the cap cannot grow in 2024: it is the first year of the case."],
    ),
    (
        ("extracted@2025=grow 5%",),
        ["A: 1: error: Extracted (booked) of 2024 is not stated, so Extracted (booked) cannot be computed from it."],
    ),
    (
        ("spent_in_full@2025+=5",),
        [
            "A: 1: error: Spent, deductible in full of 2025 is not stated, so "
            "Spent, deductible in full cannot be computed from it."
        ],
    ),
    (
        ("spent@2025=staff × 5",),
        ["A: 1: error: Staff of 2025 is not stated, so Spent under the cap cannot be computed from it."],
    ),
    (("spent@2024=5", "spent@2024-2025=6"), [f"A: 2: error: {BOTH} Spent under the cap of 2024."]),
    (("spent@2025-=grow 1%", "spent@2026=6"), [f"A: 2: error: {BOTH} Spent under the cap of 2026."]),
    (("spent@2025*=50%", "spent@2025*=50%"), [f"A: 2: error: {BOTH} Spent under the cap of 2025."]),
    (
        ("spent@2024=total_wages × 5%", "total_wages@2024=spent × 5%"),
        ["A: 2: error: Total wages of 2024 hangs on Spent under the cap, which hangs on it."],
    ),
    (
        ("spent@2024=abc", "total_wages@2023=5"),
        ["A: 1: to: error: 'abc' is not an amount of yuan.", f"A: 2: years: error: '2023' {THERE}"],
    ),
]


@pytest.mark.parametrize(("typed", "expected"), WRONG, ids=lambda value: str(value)[:60])
def test_a_wrong_difference_is_told_exactly_what_is_wrong(typed: tuple[str, ...], expected: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        compute(planned(case({}, {}, {}), *typed))
    assert [each.text("en").split("\n")[0] for each in refused.value.problems] == expected
    assert all(each.says("zh") and each.do("zh") for each in refused.value.problems)


TYPED = [
    ("spent 2024=5", "set_unreadable"),
    ("spent@2024-=", "set_unreadable"),
    ("spent@2024+=grow 5%", "set_unreadable"),
    ("spend@2024=5", "fact_unknown_like"),
    ("xyz@2024=5", "fact_unknown"),
    ("spent@2025-2024=5", "years_form"),
]


@pytest.mark.parametrize(("typed", "code"), TYPED)
def test_a_typed_difference_that_cannot_be_read_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        difference(typed)
    assert [each.code for each in refused.value.problems] == [code]
    assert typed.split("@")[0].split(" ")[0] in refused.value.problems[0].says("en") or code == "years_form"


def test_a_scenario_that_breaks_the_case_is_refused_where_its_difference_stands(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    text = (
        MACHINERY.read_text(encoding="utf-8") + '\n[[scenario]]\nname = "E"\nset = [\n'
        '    { fact = "cap_rate", years = "2027", to = "9%" },\n'
        '    { fact = "spent_in_full", years = "2028", to = 5 },\n]\n'
    )
    file.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    with pytest.raises(Refused) as refused:
        compare(read(file))
    found = {each.code: lines[(each.where.line or 0) - 1].strip() for each in refused.value.problems}
    assert found == {
        "cap_rate_alone": '{ fact = "cap_rate", years = "2027", to = "9%" },',
        "in_full_unqualified": '{ fact = "spent_in_full", years = "2028", to = 5 },',
    }


def test_the_problems_of_all_scenarios_are_reported_at_once_and_names_are_told_apart() -> None:
    start = case({})
    wrong = [scenario(("spent@2024=x",), "A"), scenario(("spent@2024=y",), "B"), Scenario(name="B", set=())]
    with pytest.raises(Refused) as refused:
        compare(start, wrong)
    found = [(each.code, each.where.text("en")) for each in refused.value.problems]
    assert found == [("scenario_twice", ""), ("amount_unreadable", "A: 1: to"), ("amount_unreadable", "B: 1: to")]


def test_a_changed_fact_is_explained_by_the_line_of_its_difference() -> None:
    found = read(MACHINERY)
    history = compute(applied(found, found.scenarios[0]))
    lines = MACHINERY.read_text(encoding="utf-8").splitlines()
    place = explain(history, 2028, "spent").place
    assert place is not None
    assert 'fact = "spent", years = "2027-2028"' in lines[(place.line or 0) - 1]
    unchanged = explain(history, 2026, "spent").place
    assert unchanged is not None
    assert lines[(unchanged.line or 0) - 1].startswith("spent = 1_480_000.00")


def test_what_is_said_of_a_plan_year_that_was_typed_stands_at_the_year_that_it_repeats() -> None:
    found = read(MACHINERY)
    history = compute(planned(found, "spent@2028=5000000"))
    lines = MACHINERY.read_text(encoding="utf-8").splitlines()
    (place,) = (each.where for each in history.problems if each.where.year == 2028 and each.code == "fund_overspent")
    assert lines[place.line or 0] == "year = 2027"
    assert place.text("en") == f"{MACHINERY}:{place.line}: year 2028: spent"


def random_case(rng: random.Random) -> Case:
    return case_of(stated(random_history(rng, rng.randint(2, 8), transfers=False)))


def random_typed(rng: random.Random, found: Case) -> list[str]:
    """Differences that can be followed, no two of them to one fact and year in the same way."""
    first, last = found.years[0].year, found.years[-1].year
    typed = []
    for fact in rng.sample(("total_wages", "deductible_wages", "spent", "extracted"), rng.randint(1, 4)):
        year = rng.randint(first, last)
        stated_here = getattr(found.years[year - first], fact) is not None and fact != "extracted"
        ways = [f"={rng.randint(0, 10**9) / 100:.2f}"]
        if stated_here:
            ways += [f"*={rng.randint(0, 1000) / 10}%", f"+={rng.randint(0, 10**6)}"]
        if stated_here and year > first:
            ways.append(f"=grow {rng.randint(-999, 200) / 10}%")
        if fact == "spent":
            ways.append("=total_wages × 3.5%")
        typed.append(f"{fact}@{year}{rng.choice(ways)}")
        if rng.random() < 0.3 and stated_here and year < last:
            typed.append(f"{fact}@{year + 1}-+=7")
    return typed


def usable(found: Case, typed: Sequence[str]) -> Case | None:
    try:
        made = planned(found, *typed)
        compute(made)
    except Refused:
        return None
    return made


@given(st.randoms(use_true_random=False))
def test_the_order_of_differences_changes_nothing(rng: random.Random) -> None:
    found = random_case(rng)
    typed = random_typed(rng, found)
    made = usable(found, typed)
    if made is not None:
        assert planned(found, *rng.sample(typed, len(typed))) == made


@given(st.randoms(use_true_random=False))
def test_a_scenario_reversed_is_the_baseline(rng: random.Random) -> None:
    found = random_case(rng)
    typed = random_typed(rng, found)
    if usable(found, typed) is None:
        return
    made = application(found, scenario(typed, "A"))
    back = [f"{each.fact}@{each.year}={each.before}" for each in made.changed if each.before is not None]
    unstated = {each.fact for each in made.changed if each.before is None}
    returned = planned(made.case, *back)
    for before, after in zip(found.years, returned.years, strict=True):
        assert before.model_dump(exclude=unstated) == after.model_dump(exclude=unstated)


@given(st.randoms(use_true_random=False))
def test_years_kept_from_the_baseline_are_those_computed_anew(rng: random.Random) -> None:
    found = random_case(rng)
    made = usable(found, random_typed(rng, found))
    if made is not None:
        assert compute(made, since=compute(found)) == compute(made)


@given(st.randoms(use_true_random=False))
def test_a_case_compared_with_itself_shows_no_difference(rng: random.Random) -> None:
    found = compare(random_case(rng), [Scenario(name="A", set=())])
    rows = found.compared(found.outcomes[1])
    assert {row.difference for row in rows} <= {None, Decimal(0)}
    assert all((row.difference is None) == (row.value is None) for row in rows)
    assert all(row.value == row.baseline for row in rows)
    assert found.outcomes[1].changed == ()


@pytest.mark.parametrize(
    ("difference", "baseline", "expected"),
    [
        ("0.01", "0.00", None),
        ("1.00", "3.00", "33.3"),
        ("-1.00", "3.00", "-33.3"),
        ("0.05", "100.00", "0.1"),  # 0.05 %, half up
        ("-0.05", "100.00", "-0.1"),
        ("0.04", "100.00", "0.0"),
        ("10000.00", "-126000.00", "7.9"),
        ("500.00", "1.00", "50000.0"),
    ],
)
def test_per_cent_is_for_display_to_one_decimal_half_up(difference: str, baseline: str, expected: str | None) -> None:
    found = percent_of(Decimal(difference), Decimal(baseline))
    assert found is None if expected is None else found == Decimal(expected)


def test_the_example_shows_what_its_scenarios_come_to() -> None:
    found = compare(read(MACHINERY))
    summaries = {each.name: found.summary(each) for each in found.outcomes}
    assert {name: each.clears for name, each in summaries.items()} == {
        "": 2027,
        "B 多培训": 2030,
        "C 项目分两年": None,
        "D 订单下滑": 2027,
    }
    # B: 17,600,000 × 4 % more = 18,304,000; 9 % of it spent; cap 8 % of 18,029,440 (98.5 %); 328,000 brought forward
    assert summaries["B 多培训"].largest_carried_forward == (2028, Decimal("533004.80"))
    assert summaries["D 订单下滑"].lowest_fund == (2027, Decimal("-75155.60"))
    # 2026 and 2027, which all have: 15 % of 2,600,000 − 244,000 and 2,800,000 − 126,000; B: of 2,800,000 + 192,000
    assert {name: each.tax for name, each in summaries.items()} == {
        "": Decimal("754500.00"),
        "B 多培训": Decimal("802200.00"),
        "C 项目分两年": Decimal("754500.00"),
        "D 订单下滑": Decimal("740267.94"),
    }
    assert found.years == range(2026, 2031)
    rows = found.rows(("carried_forward",))
    assert {(row["scenario"], row["year"]): row["percent"] for row in rows}[("D 订单下滑", 2026)] == Decimal("115.8")
    assert list(rows[0]) == ["scenario", "year", "line", "value", "baseline", "difference", "percent"]


BROKEN: list[tuple[dict[str, Any], str]] = [
    (
        {"fact": "total_wages", "years": "2024-", "grow": "5%"},
        "scenario: 2: set: 1: warning: The scenario 'B' cannot be computed: Total wages cannot grow in 2024: it is the"
        " first year of the case.\n    Begin with the year after it. The case itself is computed all the same.",
    ),
    (
        {"fact": "spent", "years": "2023", "to": 5},
        "scenario: 2: set: 1: years: warning: The scenario 'B' cannot be computed: '2023' names years that are not"
        " there: the case, with the plan years of this scenario, has 2024 to 2024.\n    State years from 2024 on; a"
        ' range such as "2024-2027" makes the plan years up to its end. The case itself is computed all the same.',
    ),
]


@pytest.mark.parametrize(("difference", "expected"), BROKEN)
def test_a_scenario_that_cannot_be_computed_is_a_warning_of_the_case(difference: dict[str, Any], expected: str) -> None:
    sound = {"fact": "spent", "years": "2024", "to": 5}
    scenarios = [{"name": "A", "set": [sound]}, {"name": "B", "set": [difference]}]
    found = case({}).model_copy(update={"scenarios": tuple(map(Scenario.model_validate, scenarios))})
    history = compute(found)
    assert [each.text("en") for each in history.problems if each.code == "scenario_inapplicable"] == [expected]
    assert history.years == compute(case({})).years
    with pytest.raises(Refused):
        compare(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_scenario_of_the_template_can_be_computed(lang: str) -> None:
    found = compare(believable(lang))
    assert [each.history.years[-1].year for each in found.outcomes] == [2025, 2028]
