"""The days of each tax year: prepayment and settlement, the end of the year, and the periods that run after it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from eduf.deadlines import amounts
from eduf.deadlines.deadline import Deadline, end_of_year, in_force
from eduf.history import History, Year
from eduf.law import Law

Days = Callable[[Law, int], Iterator[tuple[int | None, date]]]  # each day with its part: a quarter, a number of years


def _quarters(law: Law, year: int) -> Iterator[tuple[int, date]]:
    (entry,) = law.cite("time_limits.prepayment", year)
    ends = (date(year, 3, 31), date(year, 6, 30), date(year, 9, 30), end_of_year(year))
    return ((n, entry.terms[0].after(end)) for n, end in enumerate(ends, 1))


def settled(law: Law, year: int) -> date:
    """The last day on which the income tax of a year is settled."""
    (entry,) = law.cite("time_limits.settlement", year)
    return entry.terms[0].after(end_of_year(year))


def _settlement(law: Law, year: int) -> Iterator[tuple[None, date]]:
    yield None, settled(law, year)


def _year_end(law: Law, year: int) -> Iterator[tuple[None, date]]:
    yield None, end_of_year(year)


class Kind(NamedTuple):
    """A kind of deadline: the law that must be in force, its days, the amounts shown, and the years that have it."""

    code: str
    law: tuple[str, ...]
    days: Days
    amounts: tuple[str, ...] = ()
    applies: Callable[[History, Year], object] = lambda history, year: True
    notes: tuple[str, ...] = ()


class Period(NamedTuple):
    """A kind of period after a tax year: its law, the first with the terms, and the day after which it runs."""

    code: str
    law: tuple[str, ...]
    after: Callable[[Law, int], date]
    disputed: bool = False


def _on_books(history: History, year: Year) -> bool:
    return year.setting.collection == "books"


def _extracts(history: History, year: Year) -> bool:
    """For a public institution extraction is a choice."""
    return history.case.enterprise.kind == "enterprise" or bool(year.values["extracted"])


def _has_front_line(history: History, year: Year) -> bool:
    """The share for front-line staff is a rule for enterprises."""
    return history.case.enterprise.kind == "enterprise"


def _spends(history: History, year: Year) -> bool:
    return _on_books(history, year) and bool(year.values["spent"] or year.values["spent_in_full"])


def _defers_tax(history: History, year: Year) -> bool:
    there = year.values["prior_carried_forward"] or year.values["carried_forward"]
    return year.line("deferred_tax") is not None and bool(there)


def _overspends(history: History, year: Year) -> bool:
    return bool(amounts.of_entry(history, year, "debit_balance"))


_END = "time_limits.year_end"
_DUE = ("weekends",)
_SETTLED = ("total_deducted", "total_adjustment", "carried_forward")
_TO_SETTLE = ("time_limits.settlement", "deduction", "carry_forward")
_DUTY = "extraction_duty.vocational_education"

KINDS = (
    Kind("prepayment", ("time_limits.prepayment", "deduction.prepayment"), _quarters, (), _on_books, _DUE),
    Kind("settlement", _TO_SETTLE, _settlement, _SETTLED, _on_books, _DUE),
    Kind("wages_paid", ("wages_base.settlement",), _settlement, ("deductible_wages",), _on_books, _DUE),
    Kind("vouchers", ("time_limits.vouchers",), _settlement, ("spent", "spent_in_full"), _spends, _DUE),
    Kind("extraction", (_END, "accounting.true_up"), _year_end, ("extracted", "december", "true_up"), _extracts),
    Kind("front_line", ("front_line", _END, _DUTY), _year_end, ("front_line_spent", "total"), _has_front_line),
    Kind("overspent", ("accounting.debit_balance", _END), _year_end, ("overspent",), _overspends),
    Kind("deferred_tax", ("deferred_tax", _END), _year_end, ("deferred_tax", "deferred_tax_change"), _defers_tax),
)
_MISSED = ("time_limits.missed_deduction", "time_limits.counting", "time_limits.missed_carry_forward")
PERIODS = (
    Period("missed_from_year_end", _MISSED, lambda law, year: end_of_year(year), disputed=True),
    Period("missed_from_settlement", _MISSED, settled, disputed=True),
    Period("refund", ("time_limits.refund",), settled),
    Period("collection", ("time_limits.collection",), settled),
)


def of(history: History) -> Iterator[Deadline]:
    """The days of every year of a history, and the ends of the periods that are open when its last actual year ends."""
    actual = [each.year for each in history.years if each.status == "actual"]
    for year in history.years:
        for kind in KINDS:
            yield from _due(history, year, kind)
        if year.year in actual and _on_books(history, year):
            yield from _open(history.law, year.year, actual[-1])


def _due(history: History, year: Year, kind: Kind) -> Iterator[Deadline]:
    law = in_force(history.law, kind.law, year.year) if kind.applies(history, year) else ()
    shown = amounts.of(history, year, kind.amounts) if law else ()
    notes = kind.notes if _on_books(history, year) else (*kind.notes, "deemed")
    for part, day in kind.days(history.law, year.year) if law else ():
        yield Deadline(day, kind.code, year.year, law, part, shown, notes=notes)


def _open(law: Law, year: int, last: int) -> Iterator[Deadline]:
    """The periods of a year by the law at the end of the last actual year, as far as they still run then."""
    for period in PERIODS:
        entries = in_force(law, period.law, last)
        for term in entries[0].terms if entries else ():
            day = term.after(period.after(law, year))
            if day > end_of_year(last):
                notes = ("weekends", "periods")
                yield Deadline(day, period.code, year, entries, term.years, (), period.disputed, notes)
