"""The year's extraction month by month and cost centre by cost centre, with the true-up in December."""

from decimal import Decimal
from typing import NamedTuple

from eduf.entries import ends, parts, sides
from eduf.history import History, Year
from eduf.money import ZERO, exactly, share


class Month(NamedTuple):
    """A month: its wages, what is extracted on them, and the part of each cost centre."""

    wages: Decimal
    extracted: Decimal
    parts: tuple[Decimal, ...]


def wages(history: History, year: Year) -> tuple[Decimal, ...]:
    """The wages of January to December; none where the year does not state them."""
    return history.case.years[year.position].monthly_wages or ()


def of(history: History, year: Year) -> tuple[Month, ...]:
    """The twelve months; none where the year does not state its monthly wages.

    January to November are the month's wages times the rate, spread over the cost centres. December is what is then
    missing, in all and at each centre, to the year's extraction: twelve rounded months need not sum to it, and more
    or less than the rate may have been extracted. It may be negative.
    """
    stated, rate, whole = wages(history, year), year.values["extraction_rate"], year.values["extracted"]
    if not stated or rate is None or whole is None:
        return ()
    with exactly():
        before = [_month(each, rate, ends(history.case)) for each in stated[:-1]]
        return (*before, _december(stated[-1], whole, before, of_year(whole, ends(history.case))))


def _month(paid: Decimal, rate: Decimal, upto: tuple[Decimal, ...]) -> Month:
    extracted = share(paid, rate)
    return Month(paid, extracted, parts(extracted, upto))


def _december(paid: Decimal, whole: Decimal, before: list[Month], of_centers: tuple[Decimal, ...]) -> Month:
    missing = whole - sum((each.extracted for each in before), ZERO)
    split = (part - sum((each.parts[n] for each in before), ZERO) for n, part in enumerate(of_centers))
    return Month(paid, missing, tuple(split))


def of_year(extracted: Decimal, upto: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """The year's extraction by cost centre, as its journal entry has it; a reversal is negative."""
    there, back = (parts(side, upto) for side in sides(extracted))
    return tuple(debit - credit for debit, credit in zip(there, back, strict=True))
