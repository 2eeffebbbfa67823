"""What follows from the tax of a computed history: present value of timing, quarterly prepayments, running totals.

Nothing here feeds back into the lines. A figure is None where it is unknown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from eduf import tax_lines
from eduf.history import History, Year
from eduf.line import BOOKS
from eduf.money import ZERO, exactly, greatest, share
from eduf.present import factor, present
from eduf.words import word

QUARTERS = (1, 2, 3, 4)
_QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class Timing:
    """A year of the present value: the tax that the change of the carry-forward costs, or saves where negative."""

    year: int
    change: Decimal
    tax_rate: Decimal | None
    tax: Decimal | None
    factor: Decimal
    present: Decimal | None


@dataclass(frozen=True)
class PresentValue:
    """What it costs that spending over the cap is deducted later, not at once, in money of the year `base`.

    `tax` is the sum of the years' tax (not 0 where rates change, or where something is `left`), `present` that of their
    present values; `left` is the carry-forward at the end, whose deduction is not in either. Assumed: every deduction
    saves tax at its own year's rate, in that year, whatever the income.
    """

    discount_rate: Decimal
    base: int
    years: tuple[Timing, ...]
    tax: Decimal | None
    present: Decimal | None
    left: Decimal

    def assumes(self, lang: str | None = None) -> str:
        """What is assumed, for a person."""
        return word("tax.present_value", lang)


@dataclass(frozen=True)
class Prepayments:
    """The four quarterly prepayments of a year's tax and its annual settlement (more to pay, or negative: refunded).

    Assumed: the book profit is the taxable income before the adjustment of the education fund, it is earned in four
    equal parts, and losses of earlier years are already made up in the quarters. So the adjustment comes with the
    settlement, which is the tax effect of the year.
    """

    year: int
    quarters: tuple[Decimal, Decimal, Decimal, Decimal]
    prepaid: Decimal
    tax: Decimal
    settlement: Decimal

    def assumes(self, lang: str | None = None) -> str:
        """What is assumed, for a person."""
        return word("tax.prepayments", lang)


@dataclass(frozen=True)
class Running:
    """The tax of a year and of all years up to it, and what the adjustments of the education fund did to both."""

    year: int
    tax: Decimal | None
    tax_effect: Decimal | None
    tax_so_far: Decimal | None
    tax_effect_so_far: Decimal | None


def present_value(history: History, discount_rate: Decimal) -> PresentValue:
    """The cost of the timing at a yearly discount rate, in money of the first year; each year is a year further off.

    An amount is rounded to the fen as tax and once more as present value. Raises ValueError for a rate below zero.
    """
    base, last = history.years[0].year, history.years[-1]
    with exactly():
        years = tuple(_timing(year, discount_rate, year.year - base) for year in history.years)
        left = last.values["carried_forward"] or ZERO
        totals = (_sum(each.tax for each in years), _sum(each.present for each in years))
        return PresentValue(discount_rate, base, years, *totals, left)


def _timing(year: Year, discount_rate: Decimal, distance: int) -> Timing:
    change = (year.values["carried_forward"] or ZERO) - (year.values["brought_forward"] or ZERO)
    rate = single_rate(year)
    tax = _tax_on(change, rate)
    worth = None if tax is None else present(tax, discount_rate, distance)
    return Timing(year.year, change, rate, tax, factor(discount_rate, distance), worth)


def single_rate(year: Year) -> Decimal | None:
    """The rate at which a deduction of the year saves tax; of a small enterprise only where its two rates are one."""
    if year.setting.tax == "small":
        first, rest = year.values["small_first_rate"], year.values["small_rest_rate"]
        return first if first == rest else None
    return year.values["tax_rate"]


def _tax_on(change: Decimal, rate: Decimal | None) -> Decimal | None:
    if not change or rate is None:
        return None if change else ZERO
    tax: Decimal = share(abs(change), rate)
    return tax if change > 0 else -tax


def prepayments(history: History, year: int) -> Prepayments | None:
    """The prepayments of a year and its settlement; None where its tax is unknown or was deemed.

    Each quarter pays what the income so far bears beyond what was paid before.
    """
    computed = history.year(year)
    if computed is None or computed.values["tax"] is None:
        return None
    with exactly():
        paid = (ZERO, *(_tax_to_date(computed, number) for number in QUARTERS))
        first, second, third, fourth = (after - before for before, after in pairwise(paid))
        tax = computed.values["tax"]
        return Prepayments(year, (first, second, third, fourth), paid[-1], tax, tax - paid[-1])


def _tax_to_date(year: Year, quarters: int) -> Decimal:
    """The tax on the income of the first quarters, by the lines of the year."""
    values = dict(year.values)
    income = values["income"] or ZERO
    values["income"] = share(greatest(income, 0), _QUARTER * quarters)
    for line in tax_lines.UNADJUSTED:
        if line.applies(year.setting):
            values[line.name] = line(*(values[name] for name in line.reads))
    return values["tax_unadjusted"] or ZERO


def running(history: History) -> tuple[Running, ...]:
    """The tax year by year with its running totals; from a year of unknown tax on these are unknown.

    A year of deemed collection adds nothing: its tax is not computed from income.
    """
    with exactly():
        return tuple(_running(history))


def _running(history: History) -> Iterator[Running]:
    tax, effect = ZERO, ZERO
    so_far: tuple[Decimal | None, Decimal | None] = (tax, effect)
    for year in history.years:
        own = (year.values["tax"], year.values["tax_effect"])
        if year.setting.collection in BOOKS:
            so_far = (_sum((so_far[0], own[0])), _sum((so_far[1], own[1])))
        yield Running(year.year, *own, *so_far)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, unknown where any of them is."""
    known = tuple(amounts)
    return None if None in known else sum((each for each in known if each is not None), ZERO)
