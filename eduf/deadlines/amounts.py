"""The amounts that stand with a deadline: lines and facts of the year, and what only the deadline asks for."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from eduf import entries, months
from eduf.deadlines.deadline import Amount
from eduf.history import History, Year
from eduf.money import exactly, share


def of(history: History, year: Year, names: tuple[str, ...]) -> tuple[Amount, ...]:
    """These amounts of the year, without those that it does not have."""
    found = ((name, _OF_ITS_OWN[name](history, year) if name in _OF_ITS_OWN else year.values[name]) for name in names)
    return tuple((name, value) for name, value in found if name not in _OPTIONAL or value)


def overspent(year: Year) -> Decimal | None:
    """What the year spent beyond the fund."""
    opening, closing = year.values["fund_opening"], year.values["fund_closing"]
    if opening is None or closing is None:
        return None
    with exactly():
        return Decimal(entries.overspent(opening, closing))


def _december(history: History, year: Year) -> Decimal | None:
    """What is extracted in December, where the wages of the months are stated."""
    found = months.of(history, year)
    return found[-1].extracted if found else None


def _true_up(history: History, year: Year) -> Decimal | None:
    """How far December's extraction is from December's wages times the rate."""
    found, rate = months.of(history, year), year.values["extraction_rate"]
    if not found or rate is None:
        return None
    december = found[-1]
    with exactly():
        return december.extracted - Decimal(share(december.wages, rate))


def _front_line(history: History, year: Year) -> Decimal | None:
    return history.case.years[year.position].front_line_spent


def _total(history: History, year: Year) -> Decimal | None:
    spent, in_full = year.values["spent"], year.values["spent_in_full"]
    if spent is None or in_full is None:
        return None
    with exactly():
        return spent + in_full


_OF_ITS_OWN: Mapping[str, Callable[[History, Year], Decimal | None]] = {
    "december": _december,
    "true_up": _true_up,
    "front_line_spent": _front_line,
    "total": _total,
    "overspent": lambda history, year: overspent(year),
}
_OPTIONAL = ("spent_in_full", "december", "true_up")
