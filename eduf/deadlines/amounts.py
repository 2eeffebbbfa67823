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
    return tuple((name, value) for name, value in found if _is_there(name, value))


def _is_there(name: str, value: Decimal | None) -> bool:
    """Row 6 where there is one, the months where they are stated; anything else even where it is unknown."""
    return bool(value) if name == "spent_in_full" else value is not None or name not in ("december", "true_up")


def of_entry(history: History, year: Year, name: str) -> Decimal | None:
    """The amount of a kind of journal entry."""
    kind = next(each for each in entries.kinds(history.case) if each.name == name)
    with exactly():
        found: Decimal | None = kind.of(year.values)
    return found


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


_OF_ITS_OWN: Mapping[str, Callable[[History, Year], Decimal | None]] = {
    "december": _december,
    "true_up": _true_up,
    "front_line_spent": _front_line,
    "total": lambda history, year: of_entry(history, year, "use"),
    "overspent": lambda history, year: of_entry(history, year, "debit_balance"),
}
