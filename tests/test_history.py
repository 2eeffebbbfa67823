"""The fold: against the judge, the published cases, and what must hold whatever the figures are."""

import random
import tomllib
from decimal import Decimal, localcontext
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from histories import histories, random_history
from hypothesis import given, settings
from hypothesis import strategies as st
from judge import judge
from making import case_of, computed, in_yuan, lines_of, stated, with_rates_by_law

from eduf.case import Case
from eduf.history import History, compute
from eduf.law import current
from eduf.problems import Refused

PUBLISHED = tomllib.loads(
    (Path(__file__).parent / "cases" / "published.toml").read_text(encoding="utf-8"), parse_float=Decimal
)
ZERO = Decimal("0.00")


@pytest.mark.parametrize("published", PUBLISHED["case"], ids=lambda case: case["id"])
def test_a_published_case_comes_out_to_the_fen(published: dict[str, Any]) -> None:
    years, expected = [], []
    for year in published["year"]:
        facts = {key: value for key, value in year.items() if key != "expect"}
        years.append({"total_wages": facts["deductible_wages"], **facts})
        expected.append(year["expect"])
    opening = [{"amount": published["opening_carried_forward"]}] if "opening_carried_forward" in published else []
    history = computed(*years, opening={"carried_forward": opening}, qualifications=published["qualifications"])
    for year, expect in zip(history.years, expected, strict=True):
        assert {name: year.values[name] for name in expect} == expect


@pytest.mark.parametrize("seed", range(400))
def test_every_line_of_a_random_history_is_what_the_judge_finds(seed: int) -> None:
    rng = random.Random(seed)
    history = with_rates_by_law(random_history(rng, rng.randint(1, 8)))
    assert lines_of(compute(case_of(stated(history)))) == in_yuan(judge(history))


@given(histories())
def test_the_judge_and_the_fold_agree_on_what_hypothesis_makes(history: dict[str, Any]) -> None:
    history = with_rates_by_law(history)
    assert lines_of(compute(case_of(stated(history)))) == in_yuan(judge(history))


@given(histories())
def test_what_was_available_is_deducted_or_carried_forward(history: dict[str, Any]) -> None:
    years = compute(case_of(stated(history))).years
    for values in (year.values for year in years if year.setting.collection == "books"):
        assert amount(values, "deductible_spent", "brought_forward") == amount(values, "deducted", "carried_forward")
    spent = sum(amount(year.values, "deductible_spent", "transferred") for year in years)
    opened = amount(years[0].values, "opening_carried_forward")
    assert opened + spent == sum(amount(y.values, "deducted") for y in years) + amount(
        years[-1].values, "carried_forward"
    )


@given(histories(deemed=False))
def test_the_adjustment_is_the_change_of_the_fund_and_of_the_carry_forward(history: dict[str, Any]) -> None:
    for values in (year.values for year in compute(case_of(stated(history))).years):
        fund = amount(values, "fund_closing", "before_2008_opening") - amount(
            values, "fund_opening", "before_2008_closing"
        )
        carried = amount(values, "carried_forward") - amount(values, "brought_forward")
        assert values["total_adjustment"] == fund + carried


@given(histories())
def test_vintages_sum_to_the_carry_forward_and_none_is_negative(history: dict[str, Any]) -> None:
    for year in compute(case_of(stated(history))).years:
        assert sum((left for _, left in year.vintages), ZERO) == year.values["carried_forward"]
        assert all(left > 0 for _, left in year.vintages)


@given(histories())
def test_the_vintage_order_changes_no_total(history: dict[str, Any]) -> None:
    traced = ("deducted_current", "deducted_earlier", "vintages")
    orders = [{**history, "order": order} for order in ("current_first", "oldest_first")]
    first, second = (lines_of(compute(case_of(stated(each)))) for each in orders)
    for one, other in zip(first, second, strict=True):
        assert {k: v for k, v in one.items() if k not in traced} == {k: v for k, v in other.items() if k not in traced}


@given(histories(), st.integers(0, 10**6))
def test_splitting_an_opening_vintage_changes_nothing(history: dict[str, Any], part: int) -> None:
    vintages = history["opening"]["carried_forward"]
    split = [
        each for label, whole in vintages for each in ((label, min(part, whole)), (label, whole - min(part, whole)))
    ]
    other = {**history, "opening": {**history["opening"], "carried_forward": split}}
    assert lines_of(compute(case_of(stated(other)))) == lines_of(compute(case_of(stated(history))))


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_years_in_the_file_changes_nothing(history: dict[str, Any], rng: random.Random) -> None:
    table = stated(history)
    shuffled = {**table, "year": rng.sample(table["year"], len(table["year"]))}
    assert lines_of(compute(case_of(shuffled))) == lines_of(compute(case_of(table)))


@given(histories(max_years=12))
def test_the_fold_equals_the_running_minimum(history: dict[str, Any]) -> None:
    years = compute(case_of(stated(history))).years
    opening = amount(years[0].values, "opening_carried_forward")
    moves = (amount(each.values, "deductible_spent", "transferred") - amount(each.values, "cap") for each in years)
    sums = list(accumulate(moves, initial=opening))
    lowest = list(accumulate(sums, min))
    closed = [total - min(ZERO, low) for total, low in zip(sums, lowest, strict=True)][1:]
    assert closed == [year.values["carried_forward"] for year in years]


@settings(max_examples=25)
@given(histories())
def test_the_decimal_context_of_the_caller_changes_nothing(history: dict[str, Any]) -> None:
    case = case_of(stated(history))
    with localcontext(prec=3):
        narrow = lines_of(compute(case))
    assert narrow == lines_of(compute(case))


def amount(values: Any, *names: str) -> Decimal:
    """The sum of these figures; what a deemed year does not have adds nothing."""
    return sum((values[name] or ZERO for name in names), ZERO)


def test_software_and_high_tech_in_2016_have_eight_per_cent_and_row_six() -> None:
    history = computed(
        {"year": 2016, "spent": 100_000, "spent_in_full": 30_000, "extracted": 130_000},
        qualifications=["software", "high_tech"],
    )
    values = history.years[0].values
    assert values["cap"] == Decimal("80000.00")  # 1,000,000.00 × 8 %
    assert values["total_deducted"] == Decimal("110000.00")  # 80,000.00 + 30,000.00


def test_a_qualification_that_ends_takes_its_cap_with_it() -> None:
    history = computed({"year": 2015, "qualifications": ["high_tech"]}, {"year": 2016})
    assert [year.values["cap"] for year in history.years] == [Decimal("80000.00"), Decimal("25000.00")]


def test_an_excess_under_two_and_a_half_per_cent_is_deducted_inside_a_later_eight() -> None:
    history = computed({"year": 2017, "spent": 60_000}, {"year": 2018, "spent": 10_000})
    assert history.years[0].values["carried_forward"] == Decimal("35000.00")  # 60,000.00 − 25,000.00
    assert history.years[1].values["deducted"] == Decimal("45000.00")  # 10,000.00 + 35,000.00
    assert history.years[1].values["carried_forward"] == ZERO


def test_a_stated_cap_rate_is_used_and_its_reason_is_said() -> None:
    history = computed({"year": 2012, "cap_rate": "8%", "cap_rate_because": "中关村，财税〔2010〕82号"})
    assert history.years[0].values["cap"] == Decimal("80000.00")
    assert "中关村，财税〔2010〕82号" in next(p.says("zh") for p in history.problems if p.code == "cap_rate_stated")


def test_a_deemed_year_has_no_schedule_and_passes_the_carry_forward_on() -> None:
    history = computed(
        {"year": 2019, "spent": 90_000}, {"year": 2020, "collection": "deemed", "spent": 500_000}, {"year": 2021}
    )
    deemed = history.years[1].values
    assert [deemed[name] for name in ("cap", "deducted", "adjustment", "total_spent", "form_deducted")] == [None] * 5
    assert deemed["carried_forward"] == Decimal("10000.00")  # 90,000.00 − 80,000.00 of 2019, nothing of 2020
    assert history.years[2].values["deducted"] == Decimal("10000.00")
    assert "deemed_year_carried" in {problem.code for problem in history.problems}


def test_spending_is_charged_to_the_balance_from_before_2008_first() -> None:
    history = computed({"year": 2008, "spent": 30_000}, opening={"fund_balance": 50_000, "before_2008_balance": 20_000})
    values = history.years[0].values
    assert values["from_before_2008"] == Decimal("20000.00")
    assert values["deducted"] == Decimal("10000.00")  # 30,000.00 − 20,000.00
    assert values["before_2008_closing"] == ZERO


def test_an_unknown_opening_vintage_counts_as_the_oldest() -> None:
    opening = {"carried_forward": [{"from": 2016, "amount": 50_000}, {"amount": 40_000}]}
    history = computed({"year": 2018, "spent": 30_000}, opening=opening)
    assert history.years[0].vintages == ((2016, Decimal("40000.00")),)  # 80,000 cap − 30,000 spent = 40,000 + 10,000


def test_more_carry_forward_than_there_is_cannot_be_given_up() -> None:
    year = {"year": 2020, "transferred": -500, "transferred_because": "分立"}
    with pytest.raises(Refused) as refused:
        computed(year, opening={"carried_forward": [{"amount": 400}]})
    assert [problem.code for problem in refused.value.problems] == ["transferred_over"]


def test_the_editions_of_the_schedule_change_in_2014_2017_and_2018() -> None:
    history = computed(*({"year": year} for year in range(2012, 2020)))
    editions = [year.setting.edition for year in history.years]
    assert editions == [None, None, 2014, 2014, 2014, 2017, 2018, 2018]


def test_the_printed_formula_of_2017_starts_from_what_was_booked_and_is_never_chained() -> None:
    history = computed({"year": 2017, "extracted": 20_000, "spent": 5_000}, {"year": 2018, "extracted": 0})
    assert history.years[0].values["form_deducted"] == Decimal("20000.00")
    assert history.years[0].values["deducted"] == Decimal("5000.00")
    assert history.years[1].values["brought_forward"] == ZERO
    assert "form_differs" in {problem.code for problem in history.problems}


def test_software_has_no_tax_rate_by_law_so_its_deferred_tax_is_unknown_not_zero() -> None:
    history = computed({"year": 2019, "spent": 90_000}, {"year": 2020, "tax_rate": "10%"}, qualifications=["software"])
    assert [year.values["deferred_tax"] for year in history.years] == [None, ZERO]
    assert history.years[1].values["deferred_tax_opening"] is None
    assert history.years[1].values["deferred_tax_change"] is None


def test_only_the_enterprise_standard_keeps_deferred_tax() -> None:
    for accounting in ("small_business", "government"):
        history = computed({"year": 2019, "spent": 90_000, "tax_rate": "25%"}, accounting=accounting)
        assert history.years[0].values["deferred_tax"] is None


def test_a_public_institution_that_extracts_little_is_only_noticed() -> None:
    year = {"year": 2021, "extracted": 0}
    levels = {
        kind: {p.code: p.level for p in computed(year, kind=kind).problems}
        for kind in ("enterprise", "public_institution")
    }
    assert levels["enterprise"]["extraction_low"] == "warning"
    assert levels["public_institution"] == {**levels["public_institution"], "extraction_voluntary": "notice"}
    assert "extraction_low" not in levels["public_institution"]


def test_nobody_is_noticed_of_anything_in_a_complete_plain_case() -> None:
    opening = {"fund_balance": 0, "carried_forward": [], "losses": []}
    year = {"year": 2021, "extracted": 25_000, "spent": 25_000, "income": 5_000_000, "tax_rate": "25%"}
    assert computed(year, opening=opening).problems == ()


def test_openings_left_out_are_noticed_unless_the_enterprise_is_new() -> None:
    year = {"year": 2021, "extracted": 25_000, "spent": 25_000, "income": 5_000_000, "tax_rate": "25%"}
    assert [p.code for p in computed(year).problems] == [
        "opening_fund_balance_assumed",
        "opening_carried_forward_assumed",
        "opening_losses_assumed",
    ]
    assert computed(year, founded=2021).problems == ()


def test_opening_losses_are_asked_for_only_where_income_is_taxed() -> None:
    opening = {"fund_balance": 0, "carried_forward": []}

    def noticed(income: int | None, more: dict[str, Any], **facts: Any) -> bool:
        year = {"year": 2021, "extracted": 25_000, **({} if income is None else {"income": income}), **facts}
        return "opening_losses_assumed" in {each.code for each in computed(year, opening=opening | more).problems}

    assert noticed(5, {})
    assert noticed(-5, {})
    assert not noticed(None, {})
    assert not noticed(5, {}, collection="deemed")
    assert not noticed(5, {"losses": []})
    assert not noticed(5, {"losses": [{"from": 2020, "amount": 1}]})


NOTICED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("extracted_assumed", "notice", {"extracted": None}, {}),
    ("extraction_rate_unusual", "notice", {"extraction_rate": "3%"}, {}),
    ("extraction_low", "warning", {"extracted": 14_999.99}, {}),
    ("fund_overspent", "warning", {"spent": 25_000.01}, {}),
    ("booked_negative", "warning", {"extracted": 1, "booked_in_full": 2, "qualifications": ["software"]}, {}),
    ("transferred_in", "notice", {"transferred": 5, "transferred_because": "merger"}, {}),
    ("extracted_negative", "notice", {"extracted": -1}, {}),
    ("income_negative", "notice", {"income": -1}, {}),
    ("form_before_2014", "notice", {"year": 2013}, {}),
    ("form_row6_differs", "notice", {"year": 2016, "qualifications": ["software"], "booked_in_full": 5}, {}),
    ("law_unchecked", "notice", {"qualifications": ["high_tech"], "spent": 80_001}, {}),
    ("law_asks", "notice", {"year": 2012, "qualifications": ["high_tech"]}, {}),
    ("tax_rate_unknown", "notice", {"qualifications": ["small_low_profit"], "spent": 80_001}, {}),
    ("fund_opening_negative", "notice", {}, {"fund_balance": -1}),
    ("before_2008_used", "notice", {"spent": 1}, {"fund_balance": 5, "before_2008_balance": 5}),
    ("deemed_year", "notice", {"collection": "deemed"}, {}),
]


@pytest.mark.parametrize(("code", "level", "facts", "opening"), NOTICED, ids=[each[0] for each in NOTICED])
def test_what_should_be_looked_at_is_said_once(
    code: str, level: str, facts: dict[str, Any], opening: dict[str, Any]
) -> None:
    year = {"year": 2021, "extracted": 25_000, **facts}
    typed = {key: str(value) if isinstance(value, float) else value for key, value in year.items() if value is not None}
    found = computed(typed, opening={"carried_forward": [], "fund_balance": 0, **opening}).problems
    assert [problem.level for problem in found if problem.code == code] == [level]


def test_what_was_overspent_in_a_year_is_charged_in_that_year_once() -> None:
    years = [
        {"year": year, "extracted": 25_000, "spent": spent}
        for year, spent in ((2021, 30_000), (2022, 27_000), (2023, 20_000))
    ]
    found = [problem for problem in computed(*years, founded=2021).problems if problem.level == "warning"]
    assert [(each.code, each.values["found"], each.values["entry"]) for each in found] == [
        ("fund_overspent", "-5,000.00", "5,000.00"),
        ("fund_overspent", "-7,000.00", "2,000.00"),
        ("fund_still_overspent", "-2,000.00", "-5,000.00"),
    ]


def test_where_the_printed_carry_forward_differs_it_is_said_though_the_deduction_is_the_same() -> None:
    opening = {"fund_balance": 0, "carried_forward": [{"amount": 50_000}]}
    history = computed({"year": 2017, "extracted": 30_000, "spent": 40_000}, opening=opening)
    (problem,) = [each for each in history.problems if each.code == "form_differs"]
    assert (problem.values["printed"], problem.values["printed_carried"]) == ("25,000.00", "55,000.00")
    assert (problem.values["deducted"], problem.values["carried"]) == ("25,000.00", "65,000.00")


FACTS = {"total_wages": 100, "deductible_wages": 100, "spent": 1}
BUILT: list[tuple[str, dict[str, Any]]] = [
    ("year_gap", {"year": [{"year": 2015, **FACTS}, {"year": 2018, **FACTS}]}),
    ("year_twice", {"year": [{"year": 2015, **FACTS}, {"year": 2015, **FACTS}]}),
    ("administrative_organ", {"enterprise": {"name": "机关", "kind": "administrative_organ"}}),
    ("in_full_unqualified", {"year": [{"year": 2015, **FACTS, "spent_in_full": 1}]}),
    ("cap_rate_alone", {"year": [{"year": 2015, **FACTS, "cap_rate": "8%"}]}),
]


@pytest.mark.parametrize(("code", "change"), BUILT, ids=[code for code, _ in BUILT])
def test_a_case_built_without_a_file_is_checked_when_it_is_computed(code: str, change: dict[str, Any]) -> None:
    plain = {"format": 1, "enterprise": {"name": "企业"}, "year": [{"year": 2015, **FACTS}]}
    with pytest.raises(Refused) as refused:
        compute(Case.model_validate({**plain, **change}))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_case_built_without_a_file_names_its_years() -> None:
    plain = {"format": 1, "enterprise": {"name": "企业"}, "year": [{"year": 2015, **FACTS}]}
    where = [problem.where.text("en") for problem in compute(Case.model_validate(plain)).problems]
    assert "year 2015: extracted" in where


def test_the_balance_from_before_2008_is_asked_for_where_it_may_be_there() -> None:
    asked = {
        (year, founded): "opening_before_2008_balance_assumed"
        in {p.code for p in computed({"year": year}, opening={"fund_balance": 5}, founded=founded).problems}
        for year, founded in ((2009, None), (2009, 2001), (2009, 2008), (2014, None))
    }
    assert asked == {(2009, None): True, (2009, 2001): True, (2009, 2008): False, (2014, None): False}


def test_the_tax_rate_is_asked_for_only_where_deferred_tax_can_arise() -> None:
    codes = {
        spent: {
            problem.code for problem in computed({"year": 2021, "spent": spent}, qualifications=["software"]).problems
        }
        for spent in (80_000, 80_001)
    }
    assert "tax_rate_unknown" not in codes[80_000]
    assert "tax_rate_unknown" in codes[80_001]


def test_a_figure_beyond_what_a_workbook_can_hold_is_refused() -> None:
    years = [{"year": year, "total_wages": 0, "spent": "1000000000000.00"} for year in range(2008, 2020)]
    with pytest.raises(Refused) as refused:
        computed(*years)
    assert {problem.code for problem in refused.value.problems} == {"result_over_limit"}


def test_a_history_knows_its_case_and_its_law() -> None:
    history: History = computed({"year": 2021})
    assert isinstance(history.case, Case)
    assert history.law is current()
    assert history.year(2021) is history.years[0]
    assert (history.year(2020), history.year(2022)) == (None, None)
