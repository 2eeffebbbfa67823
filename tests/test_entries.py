"""Journal entries: debits equal credits, each amount on the right side, shares of cost centres that sum."""

from decimal import Decimal
from typing import Any

import pytest
from histories import histories
from hypothesis import given
from hypothesis import strategies as st
from making import case_of, computed, stated, yuan

from eduf import entries
from eduf.entries import Entry
from eduf.history import History, compute
from eduf.money import exactly
from eduf.report import note

CENTERS = [
    {"name": "一车间", "account": "生产成本", "share": "33.3%"},
    {"name": "二车间", "account": "制造费用", "share": "33.3%"},
    {"name": "行政", "account": "管理费用", "share": "33.4%"},
]
AMOUNTS = st.integers(0, 10**14).map(yuan)


def entry(history: History, kind: str, year: int = 2021) -> Entry:
    computed_year = history.year(year)
    assert computed_year
    return next(each for each in entries.of(history, computed_year) if each.kind.name == kind)


def booked(history: History, kind: str, year: int = 2021) -> list[tuple[str, str, str, str]]:
    """Account, cost centre, debit and credit of every row of an entry."""
    return [
        (row.account, row.center.name if row.center else "", str(row.debit), str(row.credit))
        for row in entry(history, kind, year).rows
    ]


def test_an_extraction_debits_cost_and_credits_what_is_payable() -> None:
    assert booked(computed({"year": 2021, "extracted": 25_000}), "extraction") == [
        ("cost", "", "25000.00", "0.00"),
        ("payable", "", "0.00", "25000.00"),
    ]


def test_an_extraction_is_spread_over_the_cost_centres_to_the_fen() -> None:
    history = computed({"year": 2021, "extracted": "0.05"}, cost_centers=CENTERS)
    assert booked(history, "extraction") == [
        ("cost", "一车间", "0.02", "0.00"),  # 0.05 × 33.3 % = 0.01665
        ("cost", "二车间", "0.01", "0.00"),  # 0.05 × 66.6 % = 0.0333, less 0.02
        ("cost", "行政", "0.02", "0.00"),
        ("payable", "", "0.00", "0.05"),
    ]


def test_an_extraction_taken_back_stands_on_the_other_sides() -> None:
    history = computed({"year": 2021, "extracted": -100}, opening={"fund_balance": 500}, cost_centers=CENTERS)
    assert booked(history, "extraction") == [
        ("cost", "一车间", "0.00", "33.30"),
        ("cost", "二车间", "0.00", "33.30"),
        ("cost", "行政", "0.00", "33.40"),
        ("payable", "", "100.00", "0.00"),
    ]


def test_use_takes_also_what_is_deductible_in_full() -> None:
    history = computed(
        {"year": 2021, "spent": 700, "spent_in_full": 50, "qualifications": ["software"], "deferred_rate": "25%"}
    )
    assert booked(history, "use") == [("payable", "", "750.00", "0.00"), ("bank", "", "0.00", "750.00")]


def test_a_debit_balance_is_proposed_once_and_only_for_what_the_year_added() -> None:
    years = [
        {"year": 2021, "extracted": 100, "spent": 400},  # -300
        {"year": 2022, "extracted": 100, "spent": 150},  # -350: 50 more
        {"year": 2023, "extracted": 100, "spent": 0},  # -250: less
    ]
    history = computed(*years)
    assert entry(history, "debit_balance").kind.proposed
    assert booked(history, "debit_balance", 2021)[0] == ("cost", "", "300.00", "0.00")
    assert booked(history, "debit_balance", 2022)[1] == ("payable", "", "0.00", "50.00")
    assert {side for row in booked(history, "debit_balance", 2023) for side in row[2:]} == {"0.00"}


def test_deferred_tax_is_recognised_and_reversed() -> None:
    years = [
        {"year": 2021, "spent": 100_000, "deferred_rate": "25%"},  # cap 80,000: 20,000 carried forward
        {"year": 2022, "spent": 0, "deferred_rate": "25%"},
    ]
    history = computed(*years)
    there, back = ("deferred_tax_asset", ""), ("deferred_tax_expense", "")
    assert booked(history, "deferred_tax", 2021) == [(*there, "5000.00", "0.00"), (*back, "0.00", "5000.00")]
    assert booked(history, "deferred_tax", 2022) == [(*there, "0.00", "5000.00"), (*back, "5000.00", "0.00")]


def test_deferred_tax_at_an_unknown_rate_is_unknown_and_not_zero() -> None:
    history = computed({"year": 2021, "spent": 100_000, "qualifications": ["software"]})
    assert {(row.debit, row.credit) for row in entry(history, "deferred_tax").rows} == {(None, None)}


@pytest.mark.parametrize("accounting", ["small_business", "government"])
def test_only_the_cas_keep_deferred_tax(accounting: str) -> None:
    names = [each.name for each in entries.kinds(computed({"year": 2021}, accounting=accounting).case)]
    assert names == ["extraction", "use", "debit_balance"]
    assert "deferred_tax" in [each.name for each in entries.kinds(computed({"year": 2021}).case)]


def with_centers(table: dict[str, Any]) -> dict[str, Any]:
    return {**table, "enterprise": {**table["enterprise"], "cost_centers": CENTERS}}


@given(histories())
def test_debits_equal_credits_and_no_side_is_negative(drawn: dict[str, Any]) -> None:
    history = compute(case_of(with_centers(stated(drawn))))
    for year in history.years:
        for each in entries.of(history, year):
            sides = [(row.debit, row.credit) for row in each.rows]
            if (None, None) in sides:
                assert set(sides) == {(None, None)}
                continue
            debits, credits_ = (
                sum((side or Decimal(0) for side in one), Decimal(0)) for one in zip(*sides, strict=True)
            )
            assert debits == credits_
            assert all(min(pair) == 0 for pair in sides)  # type: ignore[type-var]


@given(histories())
def test_the_entries_move_the_fund_from_its_opening_to_its_closing(drawn: dict[str, Any]) -> None:
    history = compute(case_of(stated(drawn)))
    for year in history.years:
        rows = [row for each in entries.of(history, year) if not each.kind.proposed for row in each.rows]
        payable = [(row.credit or Decimal(0)) - (row.debit or Decimal(0)) for row in rows if row.account == "payable"]
        assert year.values["fund_closing"] == sum(payable, year.values["fund_opening"] or Decimal(0))


@given(histories())
def test_the_note_moves_from_opening_to_closing_by_increase_and_decrease(drawn: dict[str, Any]) -> None:
    history = compute(case_of(stated(drawn)))
    for year in history.years:
        values = year.values
        with exactly():
            up = note.increase(values["extracted"])
            down = note.decrease(values["extracted"], values["spent"], values["spent_in_full"])
            assert (values["fund_opening"] or 0) + up - down == values["fund_closing"]
        assert up >= 0
        assert down >= 0


@given(AMOUNTS, st.lists(st.integers(0, 1000), max_size=6))
def test_the_parts_sum_to_the_amount_and_each_is_within_a_fen_of_its_share(amount: Decimal, cuts: list[int]) -> None:
    upto = [Decimal(each).scaleb(-3) for each in [*sorted(cuts), 1000]]
    with exactly():
        found = entries.parts(amount, upto)
        assert sum(found) == amount
        for part, (before, after) in zip(found, zip([Decimal(0), *upto], upto, strict=False), strict=True):
            assert abs(part - amount * (after - before)) <= Decimal("0.01")
