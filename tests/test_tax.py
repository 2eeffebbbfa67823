"""Enterprise income tax: every threshold on both sides, by year; losses fen by fen; deferred tax; what follows of it.

In `plain` years as much is booked, spent and deducted, so that income is taxed as it is stated.
"""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from histories import histories
from hypothesis import given
from hypothesis import strategies as st
from making import case_of, computed, stated

from eduf import entries, tax
from eduf.explain import explain, text
from eduf.history import History, compute
from eduf.line import BOOKS
from eduf.present import factor, present
from eduf.problems import Problem
from eduf.result import as_csv, as_json
from eduf.show import table
from eduf.tax_lines import NAMES

FEN = Decimal("0.01")
SMALL: dict[str, Any] = {"qualifications": ["small_low_profit"]}
KNOWN: dict[str, Any] = {"staff": 10, "assets": 0, "restricted_industry": False}


def plain(year: int, income: object = None, **facts: Any) -> dict[str, Any]:
    """A year without an adjustment; no income where it is left out."""
    there = {} if income is None else {"income": income}
    return {"year": year, "extracted": 25_000, "spent": 25_000, **there, **facts}


def taxed(year: int, income: object, **facts: Any) -> Decimal | None:
    return computed(plain(year, income, **facts)).years[0].values["tax"]


def found(history: History, code: str) -> list[Problem]:
    return [problem for problem in history.problems if problem.code == code]


def said(history: History, code: str, lang: str = "en") -> list[str]:
    return [f"{problem.level}: {problem.says(lang)}" for problem in found(history, code)]


# Rates


@pytest.mark.parametrize(
    ("year", "held", "tax"),
    [
        (2008, [], "250000.00"),
        (2100, [], "250000.00"),
        (2008, ["high_tech"], "150000.00"),
        (2008, ["advanced_service"], "250000.00"),
        (2009, ["advanced_service"], "150000.00"),
        (2020, ["advanced_service", "high_tech"], "150000.00"),
        (2020, ["animation", "tech_sme"], "250000.00"),
        (2020, ["high_tech", "software"], None),
        (2020, ["ic_design"], None),
        (2017, ["small_low_profit"], None),
        (2028, ["small_low_profit"], None),
    ],
)
def test_the_rate_of_a_year_is_the_lowest_that_the_law_has_or_asked_for(
    year: int, held: list[str], tax: str | None
) -> None:
    assert taxed(year, 1_000_000, qualifications=held) == (None if tax is None else Decimal(tax))
    assert taxed(year, 1_000_000, qualifications=held, tax_rate="12.5%") == Decimal("125000.00")


def test_a_rate_that_is_asked_for_is_asked_for_once_and_what_needs_no_rate_is_computed() -> None:
    history = computed(plain(2020, 500_000), plain(2021, 500_000), qualifications=["software", "ic_design"])
    assert said(history, "tax_rate_asked") == [
        "notice: The law data has no tax rate for IC design, software in 2020, so no income tax is computed."
    ]
    assert [year.values["taxable_income"] for year in history.years] == [Decimal("500000.00")] * 2
    assert [year.values["tax_effect"] for year in history.years] == [None, None]


# The cliff: per mille of the first million, of the rest, and the limit of income

TAXED: dict[int, tuple[int, int, int]] = {
    2018: (100, 0, 1_000_000),
    2019: (50, 100, 3_000_000),
    2020: (50, 100, 3_000_000),
    2021: (25, 100, 3_000_000),
    2022: (25, 50, 3_000_000),
    **dict.fromkeys(range(2023, 2028), (50, 50, 3_000_000)),
}


@pytest.mark.parametrize("year", TAXED)
def test_the_limit_of_income_is_a_cliff(year: int) -> None:
    first, rest, limit = TAXED[year]
    at_limit = Decimal(1_000_000 * first + (limit - 1_000_000) * rest) / 1000
    assert taxed(year, limit, **SMALL) == at_limit
    assert taxed(year, limit + FEN, **SMALL) == limit * Decimal("0.25")  # 25 % of the fen is less than half a fen
    assert taxed(year, limit + 2 * FEN, **SMALL) == limit * Decimal("0.25") + FEN  # half a fen


@pytest.mark.parametrize("year", [year for year, (first, rest, _) in TAXED.items() if year > 2018 and first != rest])
def test_the_first_million_and_the_rest_bear_their_own_rates(year: int) -> None:
    first, rest, _ = TAXED[year]
    million = Decimal(1000 * first)
    assert taxed(year, 999_996, **SMALL) == million - Decimal(4 * first) / 1000
    assert taxed(year, 1_000_000, **SMALL) == million
    assert taxed(year, 1_000_004, **SMALL) == million + Decimal(4 * rest) / 1000


def test_an_income_of_3_010_000_pays_752_500_and_at_the_limit_602_500_less() -> None:
    history = computed(plain(2023, 3_010_000, **KNOWN), **SMALL)
    assert history.years[0].values["tax"] == Decimal("752500.00")
    assert said(history, "small_income_over") == [
        "warning: Taxable income of 2023 is 3,010,000.00, 10,000.00 over the limit of 3,000,000.00 of small low-profit "
        "enterprises: all of it bears the ordinary rate, 752,500.00; at the limit the tax would be 150,000.00, "
        "602,500.00 less."
    ]
    assert said(computed(plain(2023, 3_000_000, **KNOWN), **SMALL), "small_income_over") == []


def test_over_the_limit_a_small_high_tech_enterprise_bears_its_own_rate() -> None:
    held = ["small_low_profit", "high_tech"]
    assert taxed(2023, 3_000_000, qualifications=held) == Decimal("150000.00")
    assert taxed(2023, 3_010_000, qualifications=held) == Decimal("451500.00")


CONDITIONS: list[tuple[str, object, object, str]] = [  # fact, at the limit, over it, what is said
    (
        "staff",
        300,
        301,
        "warning: Staff of 2019 is 301, more than the 300 of a small low-profit enterprise: the ordinary rate is used.",
    ),
    (
        "assets",
        "50000000.00",
        "50000000.01",
        "warning: Total assets of 2019 is 50,000,000.01, more than the 50,000,000.00 of a small low-profit enterprise: "
        "the ordinary rate is used.",
    ),
    (
        "restricted_industry",
        False,
        True,
        "warning: In 2019 the business is in an industry that the state restricts or forbids, so it is no small "
        "low-profit enterprise: the ordinary rate is used.",
    ),
]


@pytest.mark.parametrize(("fact", "at", "over", "warning"), CONDITIONS, ids=[each[0] for each in CONDITIONS])
def test_each_condition_of_a_small_enterprise_holds_up_to_its_limit(
    fact: str, at: object, over: object, warning: str
) -> None:
    code = "small_restricted" if fact == "restricted_industry" else "small_over"
    small, ordinary = (computed(plain(2019, 1_000_000, **{**KNOWN, fact: each}), **SMALL) for each in (at, over))
    assert (small.years[0].values["tax"], said(small, code)) == (Decimal("50000.00"), [])
    assert (ordinary.years[0].values["tax"], said(ordinary, code)) == (Decimal("250000.00"), [warning])


def test_for_2018_the_law_data_has_no_conditions_beside_income_and_asks() -> None:
    history = computed(plain(2018, 1_000_000, staff=301, assets="50000000.01"), **SMALL)
    assert history.years[0].values["tax"] == Decimal("100000.00")
    assert found(history, "small_over") == found(history, "small_unstated") == []
    assert "no limits of staff and assets" in found(history, "law_asks")[0].says("en")


def test_conditions_that_are_not_stated_are_asked_for_once() -> None:
    history = computed(plain(2019, 1, staff=5), plain(2020, 1, staff=5), plain(2021, 1, **KNOWN), **SMALL)
    assert said(history, "small_unstated") == [
        "notice: 2019 is computed as a small low-profit enterprise, but this is not stated: Total assets, "
        "Restricted industry."
    ]


def test_where_the_facts_contradict_a_small_enterprise_deferred_tax_has_the_ordinary_rate() -> None:
    for staff, rate in ((300, None), (301, Decimal("0.250"))):
        history = computed(plain(2019, 1, staff=staff), **SMALL)
        assert history.years[0].values["deferred_rate"] == rate


def test_only_rules_that_decide_the_tax_are_said_to_be_unchecked() -> None:
    def unchecked(income: int) -> list[object]:
        return [each.values["entry"] for each in found(computed(plain(2023, income), **SMALL), "law_unchecked")]

    small = ["small_rate.first.2023", "small_rate.rest.2023", "small_limit.first.2018", "small_limit.income.2019"]
    assert unchecked(3_000_000) == small
    assert unchecked(3_000_001) == [*small, "tax_rate.general.2008"]


def test_a_stated_rate_replaces_the_rates_of_a_small_enterprise_and_asks_nothing() -> None:
    history = computed(plain(2019, 1_000_000, tax_rate="20%", staff=999), **SMALL)
    assert history.years[0].values["tax"] == Decimal("200000.00")
    assert found(history, "small_over") == found(history, "small_unstated") == []


def test_the_adjustment_may_push_the_income_over_the_cliff() -> None:
    year = {**plain(2023, 2_990_000), "extracted": 40_000, "spent": 20_000}
    (values,) = (each.values for each in computed(year, **SMALL).years)
    assert values["taxable_income"] == Decimal("3010000.00")  # 2,990,000.00 + 40,000.00 - 20,000.00
    assert values["tax_unadjusted"] == Decimal("149500.00")  # 2,990,000.00 × 5 %
    assert values["tax_effect"] == Decimal("603000.00")  # 752,500.00 - 149,500.00


# Income


def test_tax_effect_is_tax_with_the_adjustment_less_tax_without() -> None:
    over, under = computed(
        {"year": 2021, "extracted": 100_000, "spent": 100_000, "income": 1_000_000},
        {"year": 2022, "extracted": 25_000, "spent": 60_000, "income": 1_000_000},
    ).years
    assert over.values["taxable_income"] == Decimal("1020000.00")  # 100,000.00 booked, 80,000.00 deducted
    assert over.values["tax_effect"] == Decimal("5000.00")  # 20,000.00 × 25 %
    assert under.values["adjusted_income"] == Decimal("945000.00")  # 25,000.00 booked, 60,000.00 + 20,000.00 deducted
    assert under.values["tax_effect"] == Decimal("-13750.00")  # -55,000.00 × 25 %


@given(histories())
def test_tax_is_known_where_income_losses_and_rate_are(history: dict[str, Any]) -> None:
    for year in compute(case_of(stated(history))).years:
        books = year.setting.collection in BOOKS
        needs = [year.values[name] for name in ("income", "losses_available", "tax_rate")]
        assert (year.values["tax"] is not None) == (books and None not in needs)
        if not books:
            assert all(year.values[name] is None for name in NAMES if name.startswith(("tax", "adjusted", "loss_")))


def test_income_left_out_is_said_once_and_leaves_later_losses_unknown_until_they_would_have_expired() -> None:
    history = computed(plain(2018), *(plain(year, 100) for year in range(2019, 2026)))
    known = [year.values["tax"] is not None for year in history.years]
    assert known == [False] * 6 + [True] * 2  # what 2018 may have lost could be made up until 2023
    assert said(history, "income_left_out") == [
        "notice: Taxable income is left out for 2018: no income tax is computed for those years."
    ]
    assert said(history, "losses_unknown") == [
        "notice: The taxable income of 2018 is left out, so what losses these years left or made up is unknown, and "
        "with it what 2019–2023 may make up: no income tax is computed for them."
    ]


def test_years_that_are_not_in_a_row_are_named_in_spans() -> None:
    history = computed(*(plain(year, 1 if year == 2020 else None) for year in range(2018, 2022)))
    (problem,) = found(history, "income_left_out")
    assert "2018–2019, 2021" in problem.says("en")
    assert "2018–2019、2021" in problem.says("zh")
    assert [str(each.values["found"].en) for each in found(history, "losses_unknown")] == ["2020"]  # type: ignore[attr-defined]


def test_a_year_without_income_that_has_no_books_leaves_nothing_unknown() -> None:
    history = computed(plain(2019, collection="deemed"), plain(2020, 100))
    assert history.years[1].values["tax"] == Decimal("25.00")
    assert found(history, "income_left_out") == []


def test_the_income_of_a_deemed_year_is_not_used_and_the_reason_is_said() -> None:
    history = computed(plain(2019, -700, collection="deemed"), opening={"losses": [{"from": 2018, "amount": 5}]})
    year = history.years[0]
    assert (year.values["tax"], year.values["taxable_income"], year.values["tax_rate"]) == (None, None, None)
    assert year.losses == ((2018, Decimal("5.00")),)
    assert said(history, "income_deemed")[0].startswith(
        "notice: Tax was deemed in 2019, so the stated income of -700.00"
    )


# Losses


@pytest.mark.parametrize(
    ("held", "arose", "made_up"),
    [
        ({}, 2013, True),
        ({}, 2012, False),
        ({2018: "high_tech"}, 2012, True),
        ({2018: "tech_sme"}, 2012, True),
        ({2018: "software"}, 2012, False),
        ({2018: "high_tech"}, 2008, True),
        ({2018: "high_tech"}, 2007, False),
    ],
)
def test_an_opening_loss_of_2018_is_made_up_five_or_ten_years_later(
    held: dict[int, str],
    arose: int,
    made_up: bool,  # noqa: FBT001
) -> None:
    year = plain(2018, 100, qualifications=[*held.values()], tax_rate="25%")
    opening = {"fund_balance": 0, "carried_forward": [], "losses": [{"from": arose, "amount": 100}]}
    history = computed(year, opening=opening)
    assert history.years[0].values["tax"] == Decimal("0.00" if made_up else "25.00")
    assert len(found(history, "loss_expired_before")) == (not made_up)
    assert len(found(history, "loss_presumed")) == (made_up and arose < 2013)


def losing(arose: int, held: dict[int, str]) -> History:
    """A loss of 100.00 in one year and no income for the ten after it."""
    years = range(arose, arose + 12)
    return computed(
        *(plain(y, -100 if y == arose else 0, qualifications=[held[y]] if y in held else []) for y in years)
    )


@pytest.mark.parametrize(
    ("held", "last"),
    [
        ({}, 2019),
        ({2017: "high_tech"}, 2019),  # before 2018 a qualification lengthens nothing
        ({2018: "high_tech"}, 2024),
        ({2019: "tech_sme"}, 2024),  # in the fifth year it is still there
        ({2020: "high_tech"}, 2019),  # in the sixth it is gone
        ({2018: "software"}, 2019),
        ({2018: "high_tech", 2020: "tech_sme"}, 2024),
    ],
)
def test_a_loss_of_2014_expires_at_the_end_of_its_fifth_or_tenth_year(held: dict[int, str], last: int) -> None:
    history = losing(2014, held)
    assert [year.year for year in history.years if year.losses] == list(range(2014, last))
    assert [year.year for year in history.years if year.expired] == [last]
    assert said(history, "loss_expired") == [
        f"notice: Of the loss of 2014, 100.00 is not made up by the end of {last} and expires."
    ]
    assert all(year.values["losses_available"] == (100 if 2014 < year.year <= last else 0) for year in history.years)


def test_a_loss_after_the_qualification_is_lost_counts_as_a_later_one_and_is_doubted() -> None:
    (lost,) = found(losing(2021, {2021: "high_tech"} | {2031: "high_tech"}), "loss_expired")
    assert lost.values["year"] == 2031
    history = computed(plain(2018, 0, qualifications=["high_tech"]), plain(2019, -5))
    assert said(history, "loss_life_unsure")[0].endswith(
        "as a loss later than the qualification it counts until 2029, but the record does not say whether it does "
        "after the qualification is lost."
    )
    assert found(losing(2018, {2018: "high_tech"}), "loss_life_unsure") == []
    assert found(losing(2019, {2024: "high_tech"}), "loss_life_unsure") == []
    again = computed(plain(2018, 0, qualifications=["tech_sme"]), plain(2019, -5), *losing_to(2024))
    assert found(again, "loss_life_unsure") == []


def losing_to(last: int) -> list[dict[str, Any]]:
    """No income from 2020 on, and a qualification in the last year."""
    return [plain(year, 0, qualifications=["tech_sme"] if year == last else []) for year in range(2020, last + 1)]


def test_a_deemed_year_makes_nothing_up_and_losses_grow_older() -> None:
    deemed = [plain(year, collection="deemed") for year in range(2020, 2024)]
    history = computed(plain(2018, -100), plain(2019, 40), *deemed, plain(2024, 100))
    assert [year.losses for year in history.years[1:5]] == [((2018, Decimal("60.00")),)] * 4
    assert history.years[5].expired == ((2018, Decimal("60.00")),)  # 2023, deemed or not
    assert history.years[6].values["taxable_income"] == Decimal("100.00")


def fen_by_fen(incomes: Sequence[int], long: Sequence[bool]) -> tuple[list[int], list[list[tuple[int, int]]]]:
    """The reference: every fen of a loss for itself, by the year in which it arose; income takes the oldest one alive.

    `long`: the years from 2018 on in which a qualification is held.
    """

    def alive(arose: int, year: int) -> bool:
        return year - arose <= 5 or (year - arose <= 10 and any(long[: arose + 5 - 2018 + 1]))

    fens: list[int] = []
    taxed, left = [], []
    for year, income in enumerate(incomes, 2018):
        fens = [arose for arose in fens if alive(arose, year)]
        made_up = max(min(income, len(fens)), 0)
        taxed.append(max(income, 0) - made_up)
        fens = fens[made_up:] + [year] * max(-income, 0)
        rest = [arose for arose in fens if alive(arose, year + 1)]
        left.append([(arose, rest.count(arose)) for arose in sorted(set(rest))])
    return taxed, left


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans() | st.just(value=False)), min_size=1, max_size=24))
def test_losses_are_what_every_fen_for_itself_gives(years: list[tuple[int, bool]]) -> None:
    facts = [
        plain(year, Decimal(income).scaleb(-2), qualifications=["tech_sme"] if long else [])
        for year, (income, long) in enumerate(years, 2018)
    ]
    taxed, left = fen_by_fen([income for income, _ in years], [long for _, long in years])
    history = computed(*facts)
    assert [year.values["taxable_income"] for year in history.years] == [Decimal(each).scaleb(-2) for each in taxed]
    expected = [tuple((arose, Decimal(fens).scaleb(-2)) for arose, fens in each) for each in left]
    assert [year.losses for year in history.years] == expected


@pytest.mark.parametrize(("income", "becomes"), [(-1_000, "20,000.00"), (15_000, "5,000.00"), (20_000, "")])
def test_as_much_of_the_carry_forward_as_the_loss_holds_is_told(income: int, becomes: str) -> None:
    over = {"year": 2019, "extracted": 100_000, "spent": 100_000, "income": 1_000_000}
    history = computed(over, plain(2020, income))
    told = [problem.values for problem in found(history, "carry_forward_in_loss")]
    assert [(each["found"], each["last"]) for each in told] == ([(becomes, 2025)] if becomes else [])


# Deferred tax


def test_a_change_of_the_rate_is_shown_apart() -> None:
    years = [
        {"year": 2018, "spent": 100_000, "deferred_rate": "25%"},
        {"year": 2019, "spent": 90_000, "deferred_rate": "15%"},
    ]
    values = computed(*years).years[1].values
    assert values["deferred_tax_opening"] == Decimal("5000.00")  # 20,000.00 × 25 %
    assert values["deferred_tax_remeasured"] == Decimal("-2000.00")  # 20,000.00 × 15 % - 5,000.00
    assert values["deferred_tax_moved"] == Decimal("1500.00")  # 10,000.00 × 15 %
    assert values["deferred_tax_change"] == Decimal("-500.00")


def test_deferred_tax_on_the_fund_is_off_unless_it_is_asked_for() -> None:
    year = {"year": 2018, "extracted": 50_000, "spent": 10_000, "deferred_rate": "25%"}
    opening = {"fund_balance": 30_000, "before_2008_balance": 20_000}
    off, on = (computed(year, opening=opening, deferred_on_fund=each).years[0].values for each in (False, True))
    assert (off["deferred_tax_opening"], off["deferred_tax"]) == (Decimal("0.00"), Decimal("0.00"))
    assert on["deferred_tax_opening"] == Decimal("2500.00")  # (30,000.00 - 20,000.00) × 25 %
    assert on["deferred_tax"] == Decimal("15000.00")  # (70,000.00 - 10,000.00) × 25 %


def test_deferred_tax_that_is_not_recognised_is_told_and_has_no_lines() -> None:
    years = [{"year": 2018, "spent": 100_000}, {"year": 2019, "spent": 10_000}, {"year": 2020, "spent": 90_000}]
    history = computed(*years, deferred_recognised=False)
    names = [name for name in NAMES if name.startswith("deferred_tax")]
    assert {year.values[name] for year in history.years for name in names} == {None}
    assert said(history, "deferred_unrecognised") == [
        "notice: Deferred tax is not recognised, as stated; the carry-forward at the end of each year would make an "
        "asset of: 2018: 5,000.00; 2020: 2,500.00 (— where the rate is unknown)."
    ]
    assert found(computed(years[1], deferred_recognised=False), "deferred_unrecognised") == []
    assert "deferred_tax" not in [kind.name for kind in entries.kinds(history.case)]
    assert found(computed(years[0], deferred_recognised=False, accounting="government"), "deferred_unrecognised") == []


@pytest.mark.parametrize("accounting", ["small_business", "government"])
def test_other_standards_have_no_deferred_tax_whatever_is_asked_for(accounting: str) -> None:
    history = computed({"year": 2018, "spent": 100_000}, accounting=accounting, deferred_on_fund=True)
    assert history.years[0].values["deferred_tax"] is None


# Present value, prepayments, running totals


def test_a_present_value_is_rounded_once() -> None:
    assert present(Decimal("100.00"), Decimal("0.050"), 2) == Decimal("90.70")  # 90.7029…
    assert present(Decimal("0.03"), Decimal("1.000"), 1) == Decimal("0.02")  # 0.015
    assert present(Decimal("-0.03"), Decimal("1.000"), 1) == Decimal("-0.02")
    assert present(Decimal("5.00"), Decimal("0.000"), 92) == Decimal("5.00")
    assert factor(Decimal("0.050"), 2) == Decimal("0.907029478458")
    with pytest.raises(ValueError, match="below zero"):
        present(Decimal("1.00"), Decimal("0.050"), -1)


@given(st.integers(0, 10**14), st.integers(0, 1000), st.integers(0, 92))
def test_a_present_value_is_the_fraction_to_the_fen(fen: int, per_mille: int, years: int) -> None:
    exact = Fraction(fen) / (1 + Fraction(per_mille, 1000)) ** years
    rate = Decimal(per_mille).scaleb(-3)
    assert present(Decimal(fen).scaleb(-2), rate, years) == Decimal(floor(exact + Fraction(1, 2))).scaleb(-2)
    assert abs(Fraction(factor(rate, years)) - 1 / (1 + Fraction(per_mille, 1000)) ** years) <= Fraction(1, 2 * 10**12)


def test_the_timing_costs_interest_on_the_tax_of_the_excess() -> None:
    history = computed({"year": 2021, "spent": 120_000}, {"year": 2022, "spent": 70_000}, {"year": 2023, "spent": 0})
    worth = tax.present_value(history, Decimal("0.050"))
    assert [each.change for each in worth.years] == [Decimal("40000.00"), Decimal("-10000.00"), Decimal("-30000.00")]
    assert [each.tax for each in worth.years] == [Decimal("10000.00"), Decimal("-2500.00"), Decimal("-7500.00")]
    assert [each.present for each in worth.years] == [Decimal("10000.00"), Decimal("-2380.95"), Decimal("-6802.72")]
    assert (worth.base, worth.tax, worth.present, worth.left) == (
        2021,
        Decimal("0.00"),
        Decimal("816.33"),
        Decimal("0.00"),
    )


def test_a_lower_rate_later_is_a_part_of_what_the_timing_costs_and_what_is_left_stands_apart() -> None:
    lower = {"year": 2022, "spent": 70_000, "qualifications": ["high_tech"]}
    worth = tax.present_value(computed({"year": 2021, "spent": 120_000}, lower), Decimal("0.000"))
    assert (worth.tax, worth.present, worth.left) == (Decimal("8500.00"), Decimal("8500.00"), Decimal("30000.00"))


@pytest.mark.parametrize(("year", "known"), [(2020, False), (2023, True)])
def test_of_a_small_enterprise_timing_is_known_where_its_two_rates_are_one(year: int, known: bool) -> None:  # noqa: FBT001
    worth = tax.present_value(computed({"year": year, "spent": 90_000}, **SMALL), Decimal("0.050"))
    assert worth.years[0].tax_rate == (Decimal("0.050") if known else None)
    assert worth.tax == worth.present == (Decimal("500.00") if known else None)


def test_where_nothing_is_carried_forward_timing_costs_nothing_even_at_an_unknown_rate() -> None:
    worth = tax.present_value(computed({"year": 2020}, qualifications=["software"]), Decimal("0.050"))
    assert (worth.tax, worth.present) == (Decimal("0.00"), Decimal("0.00"))


def test_the_quarters_pay_for_book_profit_and_the_settlement_brings_the_adjustment() -> None:
    history = computed({"year": 2021, "extracted": 100_000, "spent": 20_000, "income": "1000000.01"})
    paid = tax.prepayments(history, 2021)
    assert paid is not None
    assert paid.quarters == (Decimal("62500.00"),) * 4
    assert paid.prepaid == Decimal("250000.00")
    assert paid.settlement == history.years[0].values["tax_effect"] == Decimal("20000.00")  # 80,000.00 × 25 %
    assert "four equal parts" in paid.assumes("en")


def test_a_quarter_that_passes_the_cliff_pays_for_those_before_it() -> None:
    paid = tax.prepayments(computed(plain(2023, 4_000_000), **SMALL), 2023)
    assert paid is not None
    assert paid.quarters == tuple(map(Decimal, ("50000.00", "50000.00", "50000.00", "850000.00")))
    assert paid.settlement == 0


def test_a_loss_prepays_nothing_and_earlier_losses_are_made_up_in_the_quarters() -> None:
    opening = {"losses": [{"from": 2020, "amount": 500_000}]}
    history = computed(plain(2021, 1_000_000), plain(2022, -300), opening=opening)
    first, second = (tax.prepayments(history, year) for year in (2021, 2022))
    assert first is not None
    assert second is not None
    assert first.quarters == tuple(map(Decimal, ("0.00", "0.00", "62500.00", "62500.00")))
    assert (second.quarters, second.settlement) == ((Decimal("0.00"),) * 4, Decimal("0.00"))


def test_there_are_no_prepayments_where_tax_is_unknown_deemed_or_of_no_year() -> None:
    history = computed(plain(2021), plain(2022, 5, collection="deemed"))
    assert [tax.prepayments(history, year) for year in (2020, 2021, 2022)] == [None] * 3


@given(histories(max_years=4))
def test_prepayments_and_settlement_are_the_tax(history: dict[str, Any]) -> None:
    computed_ = compute(case_of(stated(history)))
    for year in computed_.years:
        paid = tax.prepayments(computed_, year.year)
        assert (paid is None) == (year.values["tax"] is None)
        if paid:
            assert sum(paid.quarters) == paid.prepaid
            assert paid.prepaid + paid.settlement == paid.tax == year.values["tax"]
            assert min(paid.quarters) >= 0
            assert paid.settlement == year.values["tax_effect"]


def test_running_totals_stop_where_tax_becomes_unknown_and_pass_a_deemed_year() -> None:
    history = computed(plain(2018, 100), plain(2019, collection="deemed"), plain(2020, 200), plain(2021))
    assert [each.tax_so_far for each in tax.running(history)] == [
        Decimal("25.00"),
        Decimal("25.00"),
        Decimal("75.00"),
        None,
    ]
    assert [each.tax for each in tax.running(history)] == [Decimal("25.00"), None, Decimal("50.00"), None]


# What a person and a program see


def test_the_table_has_the_tax_where_some_year_has_income() -> None:
    without, with_income = computed(plain(2021)), computed(plain(2021, -50), plain(2022, 10))
    assert "Enterprise income tax" not in "\n".join(table(without, without.years, "en", 200))
    shown = list(table(with_income, with_income.years, "en", 200))
    start = shown.index("Enterprise income tax")
    assert [line.split() for line in shown[start + 1 :]] == [
        ["Income,", "unadjusted", "-50.00", "10.00"],
        ["Adjusted", "income", "-50.00", "10.00"],
        ["Loss", "of", "the", "year", "50.00", "0.00"],
        ["Losses", "of", "earlier", "years", "0.00", "50.00"],
        ["Losses", "made", "up", "0.00", "10.00"],
        ["Taxable", "income", "0.00", "0.00"],
        ["Tax", "rate", "25%", "25%"],
        ["Income", "tax", "0.00", "0.00"],
        ["Tax", "effect", "of", "the", "fund", "0.00", "0.00"],
        ["Tax", "losses", "left,", "by", "year"],
        ["2021", "50.00", "40.00"],
    ]


def test_json_has_the_tax_lines_and_the_losses_and_csv_has_neither() -> None:
    history = computed(plain(2020), plain(2021, -50))
    first, second = as_json(history, "en")["years"]
    assert first["losses"] == [{"from": 2020, "amount": None}]
    assert second["losses"] == [{"from": 2020, "amount": None}, {"from": 2021, "amount": "50.00"}]
    assert (second["facts"]["income"], second["lines"]["year_loss"], second["lines"]["tax"]) == (
        "-50.00",
        "50.00",
        None,
    )
    (headings, *_) = csv.reader(io.StringIO(as_csv(history)))
    assert not NAMES.intersection(headings)
    assert headings[-3:] == ["form_deducted", "transferred", "status"]


@pytest.mark.parametrize(
    ("incomes", "because"),
    [
        ((5, 5), "no loss of earlier years"),
        ((-5, 5), "what is left of losses of earlier years (2021: 5.00)"),
        ((None, 5), "income of earlier years is left out, their losses are unknown (2021: —)"),
    ],
)
def test_losses_of_earlier_years_are_explained_by_year(incomes: tuple[int | None, int], because: str) -> None:
    history = computed(*(plain(year, income) for year, income in enumerate(incomes, 2021)))
    assert list(text(explain(history, 2022, "losses_available"), "en"))[1:] == [f"    {because}"]


def test_the_cliff_is_explained_with_its_figures() -> None:
    history = computed(plain(2023, 3_010_000), **SMALL)
    lines = list(text(explain(history, 2023, "tax"), "en", 0))
    assert lines[1:3] == [
        "    = where Taxable income is at most Small: limit of income: Tax by the small rates; "
        "else Tax by ordinary rate",
        "    = where 3,010,000.00 is at most 3,000,000.00: 150,500.00; else 752,500.00 = 752,500.00",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(history=histories())
def test_every_notice_of_every_history_can_be_said(lang: str, history: dict[str, Any]) -> None:
    for problem in compute(case_of(stated(history))).problems:
        assert "{" not in problem.text(lang)
