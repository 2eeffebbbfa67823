"""A year without a return between two that have one.

The carry-forward passes through every year; a year that is not there cannot be followed.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.line import BOOKS


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    number = sheet.year.year
    between = desk.returns and min(desk.returns) < number < max(desk.returns)
    if between and number not in desk.returns and sheet.year.setting.collection in BOOKS:
        yield Remark("year")


CHECK = YearCheck("return_missing", "error", ("carry_forward", "time_limits.settlement"), _look)
