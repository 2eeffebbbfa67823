"""The judge on cases worked by hand, and the histories that it is asked to judge.

Amounts are fen, written yuan_fen: 240_000_00 is 240,000.00 yuan.
"""

import random
from itertools import pairwise
from typing import Any

import pytest
from histories import DEDUCTED_IN_FULL_SINCE, LIMIT, histories, random_history, tie
from hypothesis import given
from judge import TAX_LINES, cap_rate_by_law, is_small, judge, lives_until, ordinary_rate

Facts = dict[str, Any]
Lines = dict[str, Any]
NO_OPENING = {"fund_balance": 0, "before_2008_balance": 0, "carried_forward": [], "losses": []}
MANY = 1500  # random histories: enough for every limit to be seen


def facts_of(year: int, wages: int, spent: int, **others: Any) -> Facts:
    usual = {
        "year": year,
        "qualifications": (),
        "collection": "books",
        "total_wages": wages,
        "deductible_wages": wages,
        "extraction_rate": 25,
        "spent": spent,
        "spent_in_full": 0,
        "extracted": None,
        "booked_in_full": None,
        "transferred": 0,
        "cap_rate": None,
        "deferred_rate": 250,
        "income": None,
        "tax_rate": None,
        "staff": None,
        "assets": None,
        "restricted_industry": None,
    }
    assert others.keys() <= usual.keys()
    return usual | others


def judged(*years: Facts, order: str = "current_first", deferred: str = "carry_forward", **opening: Any) -> list[Lines]:
    assert opening.keys() <= NO_OPENING.keys()
    return judge({"order": order, "deferred": deferred, "opening": NO_OPENING | opening, "years": list(years)})


def some_histories(years: int = 8) -> list[dict[str, Any]]:
    rng = random.Random(20210421)
    return [random_history(rng, years) for _ in range(MANY)]


# The law


@pytest.mark.parametrize(
    ("year", "qualifications", "rate"),
    [
        (2008, (), 25),
        (2017, (), 25),
        (2018, (), 80),
        (2100, (), 80),
        (2014, ("high_tech",), 25),
        (2015, ("high_tech",), 80),
        (2017, ("high_tech",), 80),
        (2018, ("high_tech",), 80),
        (2008, ("advanced_service",), 25),
        (2009, ("advanced_service",), 80),
        (2017, ("advanced_service",), 80),
        (2014, ("high_tech", "advanced_service"), 80),
        (2017, ("software", "ic_design", "animation", "tech_sme", "small_low_profit"), 25),
    ],
)
def test_the_cap_rate_is_the_highest_that_a_qualification_of_the_year_gives(
    year: int, qualifications: tuple[str, ...], rate: int
) -> None:
    assert cap_rate_by_law(year, qualifications) == rate
    (lines,) = judged(facts_of(year, 3_000_000_00, 0, qualifications=qualifications))
    assert lines["cap_rate"] == rate
    assert lines["cap"] == {25: 75_000_00, 80: 240_000_00}[rate]  # 3,000,000.00 × 2.5 % or × 8 %


def test_a_stated_cap_rate_replaces_the_law() -> None:
    lines = judged(
        facts_of(2013, 3_000_000_00, 0, cap_rate=80),  # a pilot zone
        facts_of(2018, 3_000_000_00, 0, cap_rate=0),
    )
    assert [year["cap"] for year in lines] == [240_000_00, 0]
    assert [year["cap_rate"] for year in lines] == [80, 0]


# The deduction


def test_the_cap_of_2018_deducts_what_the_cap_of_2017_would_not() -> None:
    before, after = judged(facts_of(2017, 3_000_000_00, 200_000_00), facts_of(2018, 3_000_000_00, 200_000_00))
    assert before["deducted"] == 75_000_00  # 3,000,000.00 × 2.5 %
    assert before["carried_forward"] == 125_000_00  # 200,000.00 - 75,000.00
    assert after["cap"] == 240_000_00  # 3,000,000.00 × 8 %
    assert after["deducted"] == 240_000_00  # least(200,000.00 + 125,000.00, 240,000.00)
    assert (after["deducted_current"], after["deducted_earlier"]) == (200_000_00, 40_000_00)
    assert after["carried_forward"] == 85_000_00  # 325,000.00 - 240,000.00


def test_an_excess_over_a_cap_of_2_5_percent_is_deducted_in_later_years_within_8_percent() -> None:
    excess, first, second = judged(
        facts_of(2017, 1_000_000_00, 45_000_00),
        facts_of(2018, 1_000_000_00, 70_000_00),
        facts_of(2019, 1_000_000_00, 0),
    )
    assert (excess["cap"], excess["carried_forward"]) == (25_000_00, 20_000_00)  # 45,000.00 - 25,000.00
    assert (first["cap"], first["deducted"]) == (80_000_00, 80_000_00)  # 70,000.00 of 2018, 10,000.00 of 2017
    assert first["headroom"] == 0
    assert first["vintages"] == [(2017, 10_000_00)]
    assert second["deducted"] == second["deducted_earlier"] == 10_000_00
    assert second["headroom"] == 70_000_00  # 80,000.00 - 10,000.00
    assert second["vintages"] == []


def test_a_deemed_year_has_no_schedule_and_passes_the_carry_forward_on() -> None:
    _, deemed, after = judged(
        facts_of(2018, 1_000_000_00, 100_000_00, income=55_000_00),  # 25,000.00 - 80,000.00 make it 0
        facts_of(2019, 1_000_000_00, 60_000_00, collection="deemed", income=70_00),
        facts_of(2020, 1_000_000_00, 50_000_00),
        losses=[(2015, 3_000_00)],
    )
    assert (
        deemed
        == {
            "extraction_due": 25_000_00,  # 1,000,000.00 × 2.5 %
            "extracted": 25_000_00,
            "extraction_shortfall": 0,
            "fund_opening": -75_000_00,  # 25,000.00 - 100,000.00
            "fund_closing": -110_000_00,  # -75,000.00 + 25,000.00 - 60,000.00
            "booked_in_full": None,
            "booked": None,
            "before_2008_opening": 0,
            "from_before_2008": 0,
            "before_2008_closing": 0,
            "deductible_spent": None,
            "cap_rate": None,
            "cap": None,
            "prior_carried_forward": 20_000_00,  # 100,000.00 - 80,000.00
            "brought_forward": 20_000_00,
            "available": None,
            "deducted": None,
            "deducted_current": None,
            "deducted_earlier": None,
            "carried_forward": 20_000_00,  # the 60,000.00 are lost
            "headroom": None,
            "adjustment": None,
            "deducted_in_full": None,
            "adjustment_in_full": None,
            "total_booked": None,
            "total_spent": None,
            "total_deducted": None,
            "total_adjustment": None,
            "form_deducted": None,
            "deferred_tax_opening": 5_000_00,  # 20,000.00 × 25 %
            "deferred_tax": 5_000_00,
            "deferred_tax_change": 0,
            "deferred_tax_remeasured": 0,
            "deferred_tax_moved": 0,
            "vintages": [(2018, 20_000_00)],
            "tax_rate": None,
            "losses_available": 3_000_00,
            **dict.fromkeys(TAX_LINES[2:]),
            "losses": [(2015, 3_000_00)],
            "expired": [],
        }
    )
    assert after["deducted"] == 70_000_00  # 50,000.00 + 20,000.00
    assert after["vintages"] == []


def test_a_transfer_in_a_deemed_year_changes_what_is_passed_on() -> None:
    deemed, after = judged(
        facts_of(2019, 0, 500_00, collection="deemed", transferred=300_00),
        facts_of(2020, 0, 0, collection="deemed", transferred=-100_00),
        carried_forward=[(2018, 0)],
    )
    assert (deemed["carried_forward"], deemed["vintages"]) == (300_00, [(2019, 300_00)])
    assert (after["carried_forward"], after["vintages"]) == (200_00, [(2019, 200_00)])


def test_a_year_on_the_books_has_every_line() -> None:
    (lines,) = judged(
        facts_of(
            2018,
            10_000_000_00,
            900_000_00,
            qualifications=("software",),
            extracted=1_200_000_00,
            spent_in_full=150_000_00,
            booked_in_full=180_000_00,
            transferred=10_000_00,
            income=700_000_00,
            tax_rate=100,
        ),
        fund_balance=100_000_00,
        before_2008_balance=40_000_00,
        carried_forward=[(2016, 30_000_00), (None, 20_000_00)],
        losses=[(2013, 50_000_00), (2016, 30_000_00), (2013, 5_00), (2012, 9_00)],
    )
    assert lines == {
        "extraction_due": 250_000_00,  # 10,000,000.00 × 2.5 %
        "extracted": 1_200_000_00,
        "extraction_shortfall": 0,
        "fund_opening": 100_000_00,
        "fund_closing": 250_000_00,  # 100,000.00 + 1,200,000.00 - 900,000.00 - 150,000.00
        "booked_in_full": 180_000_00,
        "booked": 1_020_000_00,  # 1,200,000.00 - 180,000.00
        "before_2008_opening": 40_000_00,
        "from_before_2008": 40_000_00,
        "before_2008_closing": 0,
        "deductible_spent": 860_000_00,  # 900,000.00 - 40,000.00
        "cap_rate": 80,
        "cap": 800_000_00,  # 10,000,000.00 × 8 %
        "prior_carried_forward": 50_000_00,  # 30,000.00 + 20,000.00
        "brought_forward": 60_000_00,  # 50,000.00 + 10,000.00
        "available": 920_000_00,  # 860,000.00 + 60,000.00
        "deducted": 800_000_00,
        "deducted_current": 800_000_00,
        "deducted_earlier": 0,
        "carried_forward": 120_000_00,  # 920,000.00 - 800,000.00
        "headroom": 0,
        "adjustment": 220_000_00,  # 1,020,000.00 - 800,000.00
        "deducted_in_full": 150_000_00,
        "adjustment_in_full": 30_000_00,  # 180,000.00 - 150,000.00
        "total_booked": 1_200_000_00,  # 1,020,000.00 + 180,000.00
        "total_spent": 1_010_000_00,  # 860,000.00 + 150,000.00
        "total_deducted": 950_000_00,  # 800,000.00 + 150,000.00
        "total_adjustment": 250_000_00,  # 220,000.00 + 30,000.00
        "form_deducted": 800_000_00,
        "deferred_tax_opening": 12_500_00,  # 50,000.00 × 25 %
        "deferred_tax": 30_000_00,  # 120,000.00 × 25 %
        "deferred_tax_change": 17_500_00,
        "deferred_tax_remeasured": 0,
        "deferred_tax_moved": 17_500_00,
        "vintages": [(None, 20_000_00), (2016, 30_000_00), (2018, 70_000_00)],  # 10,000.00 taken over, 60,000.00 excess
        "tax_rate": 100,
        "losses_available": 80_005_00,  # 50,005.00 of 2013 and 30,000.00 of 2016; that of 2012 has expired
        "adjusted_income": 950_000_00,  # 700,000.00 + 250,000.00
        "income_before_relief": 950_000_00,
        "year_loss": 0,
        "loss_relief": 80_005_00,
        "taxable_income": 869_995_00,
        "taxable_unadjusted": 619_995_00,  # 700,000.00 - 80,005.00
        "tax": 86_999_50,
        "tax_unadjusted": 61_999_50,
        "tax_small": None,
        "tax_ordinary": None,
        "tax_small_unadjusted": None,
        "tax_ordinary_unadjusted": None,
        "tax_effect": 25_000_00,  # 250,000.00 × 10 %
        "losses": [],
        "expired": [],
    }


# Vintages


def test_current_first_deducts_this_years_spending_and_then_the_oldest_excess() -> None:
    _, lines = judged(
        facts_of(2018, 1_000_000_00, 90_000_00),
        facts_of(2019, 1_000_000_00, 55_000_00),
        carried_forward=[(2016, 20_000_00)],
        order="current_first",
    )
    assert lines["brought_forward"] == 30_000_00  # 20,000.00 of 2016, 10,000.00 of 2018
    assert (lines["deducted_current"], lines["deducted_earlier"]) == (55_000_00, 25_000_00)
    assert lines["vintages"] == [(2018, 5_000_00)]  # 2016 is used up, 2018 gave 5,000.00


def test_oldest_first_deducts_earlier_excess_and_then_this_years_spending() -> None:
    first, second = judged(
        facts_of(2018, 1_000_000_00, 90_000_00),
        facts_of(2019, 1_000_000_00, 55_000_00),
        carried_forward=[(2016, 20_000_00)],
        order="oldest_first",
    )
    assert (first["deducted_earlier"], first["deducted_current"]) == (20_000_00, 60_000_00)
    assert first["vintages"] == [(2018, 30_000_00)]  # 90,000.00 - 60,000.00
    assert (second["deducted_earlier"], second["deducted_current"]) == (30_000_00, 50_000_00)
    assert second["vintages"] == [(2019, 5_000_00)]  # 55,000.00 - 50,000.00


def test_oldest_first_leaves_earlier_excess_that_alone_exceeds_the_cap() -> None:
    (lines,) = judged(
        facts_of(2018, 1_000_000_00, 10_000_00), carried_forward=[(2017, 100_000_00)], order="oldest_first"
    )
    assert (lines["deducted_earlier"], lines["deducted_current"]) == (80_000_00, 0)
    assert lines["vintages"] == [(2017, 20_000_00), (2018, 10_000_00)]


def test_an_unknown_vintage_is_the_oldest_and_one_label_is_one_layer() -> None:
    (lines,) = judged(
        facts_of(2018, 500_00, 0),
        carried_forward=[(2017, 10_00), (2015, 20_00), (None, 30_00), (2017, 5_00), (None, 7_00)],
    )
    assert lines["prior_carried_forward"] == 72_00
    assert lines["deducted"] == 40_00  # 500.00 × 8 %: 37.00 unknown and 3.00 of 2015
    assert lines["vintages"] == [(2015, 17_00), (2017, 15_00)]


# Transfers


@pytest.mark.parametrize("order", ["current_first", "oldest_first"])
def test_what_is_taken_over_is_one_layer_with_the_years_own_excess(order: str) -> None:
    (lines,) = judged(
        facts_of(2018, 1_000_000_00, 85_000_00, transferred=30_000_00), carried_forward=[(2016, 4_000_00)], order=order
    )
    assert (lines["prior_carried_forward"], lines["brought_forward"]) == (4_000_00, 34_000_00)
    assert lines["carried_forward"] == 39_000_00  # 85,000.00 + 34,000.00 - 80,000.00
    if order == "current_first":
        assert lines["vintages"] == [(2016, 4_000_00), (2018, 35_000_00)]  # 30,000.00 + 5,000.00 excess
    else:
        assert lines["vintages"] == [(2018, 39_000_00)]  # 4,000.00 of 2016 and 76,000.00 of 2018 are deducted


def test_one_fen_may_be_taken_over() -> None:
    (lines,) = judged(facts_of(2018, 0, 0, transferred=1), carried_forward=[(2016, 5)])
    assert (lines["brought_forward"], lines["vintages"]) == (6, [(2016, 5), (2018, 1)])


def test_what_is_taken_over_is_deducted_after_older_excess() -> None:
    (lines,) = judged(
        facts_of(2018, 1_000_000_00, 75_000_00, transferred=30_000_00), carried_forward=[(2016, 4_000_00)]
    )
    assert (lines["deducted_current"], lines["deducted_earlier"]) == (75_000_00, 5_000_00)
    assert lines["vintages"] == [(2018, 29_000_00)]  # 4,000.00 of 2016, then 1,000.00 of what was taken over


@pytest.mark.parametrize("order", ["current_first", "oldest_first"])
def test_what_is_given_up_leaves_the_oldest_layers(order: str) -> None:
    (lines,) = judged(
        facts_of(2018, 0, 9_00, transferred=-25_00),
        carried_forward=[(2016, 20_00), (2017, 10_00)],
        order=order,
    )
    assert (lines["prior_carried_forward"], lines["brought_forward"]) == (30_00, 5_00)
    assert lines["vintages"] == [(2017, 5_00), (2018, 9_00)]


def test_all_of_the_carry_forward_may_be_given_up_but_no_fen_more() -> None:
    (lines,) = judged(facts_of(2018, 0, 0, transferred=-30_00), carried_forward=[(2016, 30_00)])
    assert (lines["carried_forward"], lines["vintages"]) == (0, [])
    with pytest.raises(AssertionError, match="1 fen more"):
        judged(facts_of(2018, 0, 0, transferred=-30_01), carried_forward=[(2016, 30_00)])


# The fund


def test_spending_is_charged_first_to_what_was_extracted_before_2008() -> None:
    first, second, third = judged(
        facts_of(2008, 1_000_000_00, 30_000_00),
        facts_of(2009, 1_000_000_00, 30_000_00),
        facts_of(2010, 1_000_000_00, 30_000_00),
        fund_balance=60_000_00,
        before_2008_balance=50_000_00,
    )
    assert (first["from_before_2008"], first["before_2008_closing"]) == (30_000_00, 20_000_00)
    assert (first["deductible_spent"], first["deducted"]) == (0, 0)
    assert first["adjustment"] == 25_000_00  # the extraction, 1,000,000.00 × 2.5 %, is added back
    assert (second["before_2008_opening"], second["from_before_2008"]) == (20_000_00, 20_000_00)
    assert second["deductible_spent"] == second["deducted"] == 10_000_00  # 30,000.00 - 20,000.00
    assert third["deductible_spent"] == 30_000_00
    assert third["carried_forward"] == 5_000_00  # 30,000.00 - 25,000.00
    assert third["fund_closing"] == 45_000_00  # 60,000.00 + 3 × 25,000.00 - 3 × 30,000.00


def test_a_deemed_year_uses_up_the_balance_from_before_2008_too() -> None:
    deemed, after = judged(
        facts_of(2008, 0, 30_00, collection="deemed"),
        facts_of(2009, 0, 30_00),
        fund_balance=50_00,
        before_2008_balance=50_00,
    )
    assert (deemed["from_before_2008"], deemed["before_2008_closing"]) == (30_00, 20_00)
    assert (after["from_before_2008"], after["deductible_spent"]) == (20_00, 10_00)


def test_training_deducted_in_full_leaves_the_balance_from_before_2008() -> None:
    (lines,) = judged(
        facts_of(2009, 0, 0, qualifications=("software",), spent_in_full=20_00),
        fund_balance=50_00,
        before_2008_balance=50_00,
    )
    assert (lines["from_before_2008"], lines["fund_closing"]) == (0, 30_00)
    assert (lines["booked_in_full"], lines["booked"], lines["total_adjustment"]) == (20_00, -20_00, -20_00)


def test_extracting_less_than_due_is_a_shortfall_and_a_reversal_makes_the_booked_amount_negative() -> None:
    less, reversal, more = judged(
        facts_of(2018, 1_000_000_00, 0, extracted=15_000_00),
        facts_of(2019, 1_000_000_00, 0, extracted=-5_000_00),
        facts_of(2020, 1_000_000_00, 0, extracted=26_000_00),
    )
    assert less["extraction_shortfall"] == 10_000_00  # 25,000.00 - 15,000.00
    assert reversal["extraction_shortfall"] == 30_000_00  # 25,000.00 + 5,000.00
    assert (reversal["booked"], reversal["adjustment"], reversal["fund_closing"]) == (-5_000_00, -5_000_00, 10_000_00)
    assert (more["extraction_due"], more["extraction_shortfall"]) == (25_000_00, 0)


# The form


def test_the_form_of_2014_to_2017_deducts_what_was_booked_and_later_what_was_spent() -> None:
    years = judged(*(facts_of(year, 1_000_000_00, 10_000_00, extracted=18_000_00) for year in range(2013, 2019)))
    assert [lines["deducted"] for lines in years] == [10_000_00] * 6
    assert [lines["form_deducted"] for lines in years] == [None, *[18_000_00] * 4, 10_000_00]


def test_the_form_starts_from_the_statutes_brought_forward_and_stops_at_the_cap() -> None:
    before, after = judged(
        facts_of(2016, 1_000_000_00, 30_000_00, extracted=0),
        facts_of(2017, 1_000_000_00, 0, extracted=22_000_00),
        carried_forward=[(None, 1_000_00)],
    )
    assert before["form_deducted"] == 1_000_00  # least(25,000.00, 0 booked + 1,000.00)
    assert after["brought_forward"] == 6_000_00  # 30,000.00 + 1,000.00 - 25,000.00, not what the form would leave
    assert after["form_deducted"] == 25_000_00  # least(25,000.00, 22,000.00 + 6,000.00)
    assert after["deducted"] == 6_000_00


def test_the_form_from_2018_adds_what_was_brought_forward_to_what_was_spent() -> None:
    (lines,) = judged(facts_of(2018, 1_000_000_00, 50_000_00, extracted=0), carried_forward=[(2017, 10_000_00)])
    assert lines["form_deducted"] == lines["deducted"] == 60_000_00  # least(80,000.00, 50,000.00 + 10,000.00)


# Half a fen


@pytest.mark.parametrize(
    ("wages", "cap"),
    [
        (19, 0),  # 0.475 fen
        (20, 1),  # 0.5 fen; half to even would give 0
        (59, 1),  # 1.475 fen
        (60, 2),  # 1.5 fen
        (100, 3),  # 2.5 fen; half to even would give 2
        (99_999_999_999_980, 2_500_000_000_000),  # 2,499,999,999,999.5 fen
    ],
)
def test_half_a_fen_of_cap_and_of_extraction_is_rounded_up(wages: int, cap: int) -> None:
    (lines,) = judged(facts_of(2017, wages, 0, extraction_rate=25))
    assert lines["cap"] == lines["extraction_due"] == cap


def test_half_a_fen_of_an_extraction_of_1_5_percent_is_rounded_up() -> None:
    (lines,) = judged(facts_of(2017, 300, 0, extraction_rate=15))
    assert lines["extraction_due"] == 5  # 4.5 fen


def test_half_a_fen_of_deferred_tax_is_rounded_up() -> None:
    lines = judged(
        facts_of(2018, 0, 8, deferred_rate=250), facts_of(2019, 0, 20, deferred_rate=150), carried_forward=[(None, 2)]
    )
    assert lines[0]["deferred_tax_opening"] == 1  # 2 × 25 % = 0.5
    assert lines[0]["deferred_tax"] == 3  # 10 × 25 % = 2.5
    assert lines[1]["deferred_tax"] == 5  # 30 × 15 % = 4.5


def test_less_than_half_a_fen_is_dropped() -> None:
    (lines,) = judged(
        facts_of(2018, 499, 0, extraction_rate=1, cap_rate=1, deferred_rate=1),  # 0.499 fen each
        carried_forward=[(None, 499)],
    )
    assert lines["extraction_due"] == lines["cap"] == 0
    assert lines["deferred_tax_opening"] == lines["deferred_tax"] == 0


# Deferred tax


def test_deferred_tax_follows_the_carry_forward_at_the_rate_expected_in_each_year() -> None:
    first, second = judged(
        facts_of(2018, 0, 20_000_00, deferred_rate=250),
        facts_of(2019, 0, 0, deferred_rate=150),
        carried_forward=[(2017, 10_000_00)],
    )
    assert first["deferred_tax_opening"] == 2_500_00  # 10,000.00 × 25 %
    assert first["deferred_tax"] == 7_500_00  # 30,000.00 × 25 %
    assert first["deferred_tax_change"] == 5_000_00
    assert (second["deferred_tax_opening"], second["deferred_tax"]) == (7_500_00, 4_500_00)  # 30,000.00 × 15 %
    assert second["deferred_tax_change"] == -3_000_00


def test_the_first_years_opening_deferred_tax_is_on_the_carry_forward_before_a_transfer() -> None:
    (lines,) = judged(facts_of(2018, 0, 0, transferred=4_000_00), carried_forward=[(2017, 10_000_00)])
    assert lines["deferred_tax_opening"] == 2_500_00  # 10,000.00 × 25 %
    assert lines["deferred_tax_change"] == 1_000_00  # 4,000.00 × 25 %


def test_an_unknown_deferred_rate_leaves_that_year_and_the_next_opening_unknown() -> None:
    years = judged(
        facts_of(2018, 0, 100_00),
        facts_of(2019, 0, 100_00, deferred_rate=None),
        facts_of(2020, 0, 100_00),
        facts_of(2021, 0, 100_00),
    )
    assert [lines["deferred_tax_opening"] for lines in years] == [0, 25_00, None, 75_00]
    assert [lines["deferred_tax"] for lines in years] == [25_00, None, 75_00, 100_00]
    assert [lines["deferred_tax_change"] for lines in years] == [25_00, None, None, 25_00]


def test_accounting_without_deferred_tax_has_none() -> None:
    for lines in judged(facts_of(2018, 0, 100_00), facts_of(2019, 0, 100_00), deferred="none"):
        assert lines["deferred_tax_opening"] is lines["deferred_tax"] is lines["deferred_tax_change"] is None


def test_another_rate_remeasures_what_was_carried_into_the_year() -> None:
    _, second = judged(facts_of(2018, 0, 20_000_00), facts_of(2019, 0, 1_000_00, deferred_rate=150))
    assert second["deferred_tax_opening"] == 5_000_00  # 20,000.00 × 25 %
    assert second["deferred_tax_remeasured"] == -2_000_00  # 20,000.00 × 15 % - 5,000.00
    assert second["deferred_tax_moved"] == 150_00  # 1,000.00 × 15 %
    assert second["deferred_tax_change"] == -1_850_00


def test_deferred_tax_on_the_fund_leaves_out_the_balance_from_before_2008_and_a_debit_balance() -> None:
    first, second = judged(
        facts_of(2018, 0, 1_000_00, extracted=0),
        facts_of(2019, 0, 99_000_00, extracted=0),
        deferred="with_fund",
        fund_balance=30_000_00,
        before_2008_balance=20_000_00,
        carried_forward=[(2017, 4_000_00)],
    )
    assert first["deferred_tax_opening"] == 3_500_00  # (4,000.00 + 30,000.00 - 20,000.00) × 25 %
    assert first["deferred_tax"] == 3_500_00  # 29,000.00 and 19,000.00 are left, 4,000.00 carried forward
    assert second["deferred_tax"] == 21_000_00  # 4,000.00 + 99,000.00 - 19,000.00, the fund is overspent


# Income tax


@pytest.mark.parametrize(
    ("year", "held", "rate"),
    [
        (2018, (), 250),
        (2008, ("high_tech",), 150),
        (2008, ("advanced_service",), 250),
        (2009, ("advanced_service",), 150),
        (2020, ("software", "high_tech"), None),
        (2020, ("ic_design",), None),
        (2017, ("small_low_profit",), None),
        (2018, ("small_low_profit",), 250),
        (2027, ("small_low_profit", "high_tech"), 150),
        (2028, ("small_low_profit",), None),
    ],
)
def test_the_ordinary_rate_is_the_lowest_that_the_law_has(year: int, held: tuple[str, ...], rate: int | None) -> None:
    assert ordinary_rate(facts_of(year, 0, 0, qualifications=held)) == rate
    assert ordinary_rate(facts_of(year, 0, 0, qualifications=held, tax_rate=125)) == 125


def test_a_small_enterprise_is_one_that_says_so_and_says_nothing_against_it() -> None:
    against: list[Facts] = [{"staff": 301}, {"assets": 50_000_000_01}, {"restricted_industry": True}, {"tax_rate": 250}]
    at_most: list[Facts] = [{}, {"staff": 300}, {"assets": 50_000_000_00}, {"restricted_industry": False}]
    small: list[Facts] = [facts_of(2019, 0, 0, qualifications=("small_low_profit",), **each) for each in at_most]
    assert all(map(is_small, small))
    assert not any(is_small(facts_of(2019, 0, 0, qualifications=("small_low_profit",), **each)) for each in against)
    assert is_small(facts_of(2018, 0, 0, qualifications=("small_low_profit",), staff=301))
    assert not is_small(facts_of(2019, 0, 0))


def small(year: int, income: int) -> int:
    (lines,) = judged(facts_of(year, 0, 0, qualifications=("small_low_profit",), income=income))
    return int(lines["tax"])


def test_it_is_a_cliff() -> None:
    assert small(2023, 3_000_000_00) == 150_000_00  # 3,000,000.00 × 5 %
    assert small(2023, 3_010_000_00) == 752_500_00  # 3,010,000.00 × 25 %
    assert small(2021, 3_000_000_00) == 225_000_00  # 1,000,000.00 × 2.5 % + 2,000,000.00 × 10 %
    assert small(2018, 1_000_000_00) == 100_000_00  # 1,000,000.00 × 10 %


def test_losses_are_made_up_the_oldest_first_and_expire_after_five_years() -> None:
    years = judged(
        *(facts_of(year, 0, 0, income=income) for year, income in ((2018, -40_00), (2019, 25_00), (2020, 10_00))),
        losses=[(2015, 30_00), (2013, 12_00), (2016, 7_00)],
    )
    assert [lines["losses_available"] for lines in years] == [49_00, 77_00, 52_00]
    assert [lines["expired"] for lines in years] == [[(2013, 12_00)], [], []]
    assert [lines["loss_relief"] for lines in years] == [0, 25_00, 10_00]
    assert years[1]["losses"] == [(2015, 5_00), (2016, 7_00), (2018, 40_00)]
    assert years[2]["losses"] == [(2016, 2_00), (2018, 40_00)]


@pytest.mark.parametrize(
    ("held", "arose", "last"),
    [
        ((), 2014, 2019),
        ((2018,), 2012, 2017),
        ((2018,), 2013, 2023),
        ((2018,), 2020, 2030),
        ((2021,), 2015, 2020),
        ((2021,), 2016, 2026),
        ((2016,), 2012, 2022),  # the first year: what is older than five years and still there counts as ten
        ((2016,), 2010, 2020),
    ],
)
def test_a_qualification_makes_it_ten_years(held: tuple[int, ...], arose: int, last: int) -> None:
    first = 2018 if held == (2016,) else 2014
    of_ten = (2018,) if held == (2016,) else held
    years = [facts_of(y, 0, 0, qualifications=("tech_sme",) if y in of_ten else ()) for y in range(first, 2023)]
    assert lives_until({"years": years}, arose) == last


def test_income_that_is_left_out_leaves_losses_unknown_until_they_would_expire() -> None:
    years = judged(
        *(facts_of(year, 0, 0, income=income) for year, income in ((2018, None), (2019, 5_00), (2020, -9_00))),
        *(facts_of(year, 0, 0, income=5_00) for year in (2021, 2022, 2023, 2024)),
        losses=[(2017, 3_00)],
    )
    assert years[0]["losses"] == [(2017, None), (2018, None)]
    assert [lines["tax"] for lines in years] == [None] * 6 + [None]
    assert years[2]["year_loss"] == 9_00
    assert years[5]["losses"] == [(2020, None)]


# What holds for every history


@given(histories())
def test_books_and_return_are_tied_in_every_year_on_the_books(history: dict[str, Any]) -> None:
    for facts, lines in zip(history["years"], judge(history), strict=True):
        if facts["collection"] == "books":
            closing = lines["fund_closing"] - lines["before_2008_closing"]
            opening = lines["fund_opening"] - lines["before_2008_opening"]
            excess = lines["carried_forward"] - lines["brought_forward"]
            assert lines["total_adjustment"] == closing - opening + excess


@given(histories())
def test_the_vintages_are_the_carry_forward_by_year_the_oldest_first(history: dict[str, Any]) -> None:
    for facts, lines in zip(history["years"], judge(history), strict=True):
        assert sum(amount for _, amount in lines["vintages"]) == lines["carried_forward"]
        assert all(amount > 0 for _, amount in lines["vintages"])
        ages = [label or 0 for label, _ in lines["vintages"]]
        assert ages == sorted(set(ages))
        assert not ages or ages[-1] <= facts["year"]


@given(histories())
def test_the_carry_forward_is_the_closed_form_of_the_running_minimum(history: dict[str, Any]) -> None:
    running = sum(amount for _, amount in history["opening"]["carried_forward"])
    lowest = 0
    for facts, lines in zip(history["years"], judge(history), strict=True):
        running += facts["transferred"]
        if facts["collection"] == "books":
            running += lines["deductible_spent"] - lines["cap"]
        lowest = min(lowest, running)
        assert lines["carried_forward"] == running - lowest


@given(histories())
def test_the_order_of_vintages_changes_no_total(history: dict[str, Any]) -> None:
    of_the_order = {"deducted_current", "deducted_earlier", "vintages"}
    orders = (judge(history | {"order": order}) for order in ("current_first", "oldest_first"))
    for current, oldest in zip(*orders, strict=True):
        assert {name for name in current if current[name] != oldest[name]} <= of_the_order


# The histories


@given(histories(max_years=20))
def test_histories_are_valid(history: dict[str, Any]) -> None:
    assert_opening_is_valid(history["opening"], history["years"][0]["year"])
    numbers = [facts["year"] for facts in history["years"]]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert numbers[0] >= 2008
    assert numbers[-1] <= 2100
    for facts, lines in zip(history["years"], judge(history), strict=True):
        assert_year_is_valid(facts, lines["prior_carried_forward"])


def assert_opening_is_valid(opening: dict[str, Any], first: int) -> None:
    assert abs(opening["fund_balance"]) <= LIMIT
    assert 0 <= opening["before_2008_balance"] <= max(opening["fund_balance"], 0)
    assert all(label is None or 2008 <= label < first for label, _ in opening["carried_forward"])
    assert all(amount >= 0 for _, amount in opening["carried_forward"])
    assert sum(amount for _, amount in opening["carried_forward"]) <= LIMIT
    assert all(1990 <= arose < first and 0 <= amount <= LIMIT for arose, amount in opening["losses"])


def assert_year_is_valid(facts: Facts, prior_carried_forward: int) -> None:
    for name in ("total_wages", "deductible_wages", "spent", "spent_in_full"):
        assert 0 <= facts[name] <= LIMIT
    assert abs(facts["extracted"] or 0) <= LIMIT
    assert 0 <= (facts["booked_in_full"] or 0) <= LIMIT
    assert -min(prior_carried_forward, LIMIT) <= facts["transferred"] <= LIMIT
    assert abs(facts["income"] or 0) <= LIMIT
    assert 0 <= (facts["assets"] or 0) <= LIMIT
    for name in ("extraction_rate", "cap_rate", "deferred_rate", "tax_rate"):
        assert 0 <= (facts[name] or 0) <= 1000
    if facts["spent_in_full"] or facts["booked_in_full"]:
        since = (DEDUCTED_IN_FULL_SINCE[name] for name in facts["qualifications"] if name in DEDUCTED_IN_FULL_SINCE)
        assert min(since) <= facts["year"]


@given(histories(deemed=False, transfers=False))
def test_histories_come_without_deemed_years_and_transfers_where_asked(history: dict[str, Any]) -> None:
    assert all(facts["collection"] == "books" for facts in history["years"])
    assert all(facts["transferred"] == 0 for facts in history["years"])


def test_the_same_seed_gives_the_same_history() -> None:
    assert random_history(random.Random(7), 8) == random_history(random.Random(7), 8)


def test_a_history_may_fill_every_year_from_2008_to_2100() -> None:
    history = random_history(random.Random(1), 93)
    assert [facts["year"] for facts in history["years"]] == list(range(2008, 2101))


def test_tied_wages_are_as_near_to_half_a_fen_as_any_wages() -> None:
    rng = random.Random(20210421)
    for rate in range(1001):
        nearest = min(abs(wages * rate % 1000 - 500) for wages in range(1000))
        assert (nearest == 0) == (rate % 8 != 0)  # 8 % has no ties
        for _ in range(20):
            wages = tie(rng, rate)
            assert 0 <= wages <= LIMIT
            assert abs(wages * rate % 1000 - 500) == nearest


def test_more_than_a_fifth_of_the_caps_and_extractions_of_random_histories_are_ties() -> None:
    caps, extractions = [], []
    for history in some_histories():
        for facts, lines in zip(history["years"], judge(history), strict=True):
            extractions.append(facts["total_wages"] * facts["extraction_rate"] % 1000 == 500)
            if lines["cap"] is not None:
                caps.append(facts["deductible_wages"] * lines["cap_rate"] % 1000 == 500)
    assert 5 * sum(caps) > len(caps)
    assert 5 * sum(extractions) > len(extractions)


def test_random_histories_reach_the_limits() -> None:
    histories = some_histories()
    years = [facts for history in histories for facts in history["years"]]
    for name in ("total_wages", "deductible_wages", "spent", "spent_in_full", "booked_in_full", "transferred"):
        stated = [facts[name] for facts in years if facts[name] is not None]
        assert {0, LIMIT} <= set(stated), name
    assert {-LIMIT, 0, LIMIT} <= {facts["extracted"] for facts in years}
    assert min(facts["transferred"] for facts in years) == -LIMIT
    assert {None, 0, 1000} <= {facts["cap_rate"] for facts in years}
    assert {2008, 2100} <= {facts["year"] for facts in years}
    openings = [history["opening"] for history in histories]
    assert {-LIMIT, 0, LIMIT} <= {opening["fund_balance"] for opening in openings}
    assert {0, LIMIT} <= {opening["before_2008_balance"] for opening in openings}
    assert {0, LIMIT} <= {sum(amount for _, amount in opening["carried_forward"]) for opening in openings}


def test_random_histories_reach_every_turn_of_the_rules() -> None:
    seen: dict[str, int] = {}
    for history in some_histories():
        for facts, lines in zip(history["years"], judge(history), strict=True):
            for turn in turns(facts, lines):
                seen[turn] = seen.get(turn, 0) + 1
        for before, after in pairwise(history["years"]):
            if cap_rate_by_law(before["year"], ()) != cap_rate_by_law(after["year"], ()):
                seen["the cap changes"] = seen.get("the cap changes", 0) + 1
    assert len(seen) == 27
    assert {turn: times for turn, times in seen.items() if times < 100} == {}


def turns(facts: Facts, lines: Lines) -> list[str]:
    if facts["collection"] == "deemed":
        return ["deemed", "deemed with a carry-forward"] if lines["carried_forward"] else ["deemed"]
    happens = tax_turns(facts, lines) | {
        "taken over": facts["transferred"] > 0,
        "given up": facts["transferred"] < 0,
        "all given up": facts["transferred"] < 0 and lines["brought_forward"] == 0,
        "the cap binds": lines["carried_forward"] > 0,
        "headroom": lines["headroom"] > 0,
        "exactly the cap": 0 < lines["available"] == lines["cap"],
        "current and earlier deducted": min(lines["deducted_current"], lines["deducted_earlier"]) > 0,
        "several vintages": len(lines["vintages"]) > 1,
        "charged to before 2008": lines["from_before_2008"] > 0,
        "deducted in full": lines["deducted_in_full"] > 0,
        "form and statute differ": lines["form_deducted"] not in (None, lines["deducted"]),
    }
    return [turn for turn, so in happens.items() if so]


def tax_turns(facts: Facts, lines: Lines) -> dict[str, bool]:
    income, tax, relief = lines["taxable_income"], lines["tax"], lines["loss_relief"] or 0
    return {
        "income left out": facts["income"] is None,
        "losses unknown": lines["losses_available"] is None,
        "a loss": bool(lines["year_loss"]),
        "losses made up in part": 0 < relief < (lines["losses_available"] or 0),
        "losses made up, income left": relief > 0 and income > 0,
        "losses expire": any(size for _, size in lines["expired"]),
        "the rate asked for": income is not None and tax is None,
        "small": lines["tax_small"] is not None,
        "over the cliff": lines["tax_small"] is not None and tax == lines["tax_ordinary"] != lines["tax_small"],
        "in two parts": lines["tax_small"] is not None and tax == lines["tax_small"] and income > 1_000_000_00,
        "less tax for the adjustment": (lines["tax_effect"] or 0) < 0,
        "more tax for the adjustment": (lines["tax_effect"] or 0) > 0,
        "remeasured": bool(lines["deferred_tax_remeasured"]),
    }
