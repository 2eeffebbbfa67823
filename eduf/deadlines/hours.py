"""The study hours of professional staff: declared in the year, filed by the city bureau at the end of each month."""

from collections.abc import Iterator

from eduf.deadlines.deadline import Deadline, end_of_year, in_force
from eduf.law import Law

_DECLARED = ("time_limits.hours_declared", "time_limits.hours_make_up")
_FILED = ("time_limits.hours_filing",)


def of(law: Law, year: int) -> Iterator[Deadline]:
    """The days of a year, of its monthly filings the last; none before the rule was in force."""
    if declared := in_force(law, _DECLARED, year):
        yield Deadline(end_of_year(year), "hours_declared", year, declared, notes=("hours",))
    if filed := in_force(law, _FILED, year):
        yield Deadline(end_of_year(year), "hours_filing", year, filed, notes=("hours",))
