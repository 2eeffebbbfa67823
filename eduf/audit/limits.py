"""What time does to a wrong return: the late fee on too little tax, and until when too much can be had back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from eduf.deadlines.deadline import end_of_year
from eduf.deadlines.years import settled
from eduf.law import Entry, Law
from eduf.money import share

_A_DAY = Decimal("0.0005")  # time_limits.late_fee.2008 is a text; this is its figure
_FEE = "time_limits.late_fee"
_CLAIM = ("time_limits.missed_deduction", "time_limits.counting")
_REFUND = "time_limits.refund"


@dataclass(frozen=True)
class LateFee:
    """What late tax bears: so much a day (yuan) from this day on."""

    since: date
    a_day: Decimal


@dataclass(frozen=True)
class Claim:
    """Until when too much tax can be had back: a missed deduction claimed (how the years are counted is disputed, so
    both days), and a refund asked for. A day is None where the law has no such term."""

    from_year_end: date | None
    from_settlement: date | None
    refund: date | None


def late_fee(law: Law, year: int, tax: Decimal) -> LateFee:
    """The late fee on the tax of a year that was not paid with its settlement."""
    return LateFee(settled(law, year) + timedelta(days=1), share(tax, _A_DAY))


def claim(law: Law, year: int, last: int) -> Claim:
    """The periods for a year by the law at the end of the last actual year."""
    missed, refund = _first(law, _CLAIM[0], last), _first(law, _REFUND, last)
    ends = [missed.terms[0].after(day) if missed else None for day in (end_of_year(year), settled(law, year))]
    return Claim(ends[0], ends[1], refund.terms[0].after(settled(law, year)) if refund else None)


def entries(law: Law, last: int, *, fee: bool, claims: bool) -> Iterator[Entry]:
    """The entries of the law that these rest on."""
    for said in ((_FEE,) if fee else ()) + ((*_CLAIM, _REFUND) if claims else ()):
        yield from law.cite(said, last)


def _first(law: Law, said: str, year: int) -> Entry | None:
    return next(iter(law.cite(said, year)), None)
