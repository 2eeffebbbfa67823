"""The extraction by month and cost centre: whatever the months round to, December brings the year's figures."""

from decimal import Decimal
from typing import Any

from histories import LIMIT
from hypothesis import given
from hypothesis import strategies as st
from making import computed, rate, yuan

from eduf import entries, months
from eduf.history import History
from eduf.money import exactly, share
from eduf.months import Month

MOST = LIMIT // 12


def of(history: History) -> tuple[Month, ...]:
    return months.of(history, history.years[0])


@st.composite
def years(draw: st.DrawFn) -> History:
    paid = draw(st.lists(st.integers(0, MOST) | st.integers(0, 10**8), min_size=12, max_size=12))
    cuts = sorted(draw(st.lists(st.integers(0, 1000), max_size=3)))
    shares = [after - before for before, after in zip([0, *cuts], [*cuts, 1000], strict=True)]
    centers = [{"name": f"{n}", "account": "管理费用", "share": f"{each / 10}%"} for n, each in enumerate(shares)]
    year: dict[str, Any] = {
        "year": 2021,
        "total_wages": yuan(sum(paid)),
        "monthly_wages": [yuan(each) for each in paid],
        "extraction_rate": rate(draw(st.integers(0, 999))),
    }
    if draw(st.booleans()):
        year["extracted"] = yuan(draw(st.integers(-LIMIT, LIMIT)))
    return computed(year, cost_centers=centers if draw(st.booleans()) else [])


def test_the_months_are_wages_by_rate_and_december_is_what_is_missing() -> None:
    paid = [Decimal("100.20")] * 11 + [Decimal("300.00")]
    history = computed({"year": 2021, "total_wages": sum(paid), "monthly_wages": paid}, extraction_rate="2.5%")
    found = of(history)
    assert [str(each.extracted) for each in found[:11]] == ["2.51"] * 11  # 2.505, half up
    assert str(found[11].extracted) == "7.45"  # 1,402.20 × 2.5 % = 35.06 (35.055, half up), less 27.61
    assert str(share(found[11].wages, Decimal("0.025"))) == "7.50"  # so the true-up takes 0.05 back


def test_a_year_that_states_no_monthly_wages_has_no_months() -> None:
    assert of(computed({"year": 2021})) == ()


@given(years())
def test_the_months_sum_to_the_year(history: History) -> None:
    year, found = history.years[0], of(history)
    with exactly():
        assert sum(each.wages for each in found) == year.values["total_wages"]
        assert sum(each.extracted for each in found) == year.values["extracted"]


@given(years())
def test_every_month_is_the_sum_of_its_cost_centres_and_every_centre_that_of_its_months(history: History) -> None:
    found, ends = of(history), entries.ends(history.case)
    if not ends:
        assert all(each.parts == () for each in found)
        return
    extracted = history.years[0].values["extracted"] or Decimal(0)
    with exactly():
        for each in found:
            assert sum(each.parts) == each.extracted
        by_center = tuple(map(sum, zip(*(each.parts for each in found), strict=True)))
        assert by_center == months.of_year(extracted, ends)


@given(years())
def test_the_year_of_a_centre_is_what_its_journal_entry_says(history: History) -> None:
    year, ends = history.years[0], entries.ends(history.case)
    extraction = entries.of(history, year)[0]
    with exactly():
        sides = tuple((row.debit or 0) - (row.credit or 0) for row in extraction.rows if row.center)
    assert sides == (months.of_year(year.values["extracted"] or Decimal(0), ends) if ends else ())
