"""Less than 60 % for front-line staff, where it is known.

It is a condition on the use of the fund; the tax deduction does not hang on it.
"""

from collections.abc import Iterator
from decimal import Decimal

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.money import ZERO, share

_LEAST = Decimal("0.600")  # front_line.2010 is a text; this is its figure


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    year = sheet.year
    known = desk.history.case.years[year.position].front_line_spent
    total = (year.values["spent"] or ZERO) + (year.values["spent_in_full"] or ZERO)
    least = share(total, _LEAST)
    if known is not None and known < least and desk.history.law.on("front_line", year.year):
        yield Remark("front_line_spent", known, least)


CHECK = YearCheck("front_line_low", "warning", ("front_line",), _look)
