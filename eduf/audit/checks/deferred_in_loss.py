"""Deferred tax recognised in a year of loss.

The asset may stand only where later profit is likely; a loss is the first sign against it.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.money import ZERO, written


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    found = desk.returns.get(sheet.year.year)
    booked = found.filed.deferred_tax if found else None
    loss = sheet.year.values["year_loss"] or ZERO
    if booked is not None and booked > 0 and loss > 0:
        yield Remark("deferred_tax", booked, None, {"loss": written(loss)})


CHECK = YearCheck("deferred_in_loss", "warning", ("deferred_tax",), _look)
