"""The fund spent beyond what it held.

A debit balance at the end of the year is spending that was never charged to cost; a deduction that the books never
recognised is open to challenge.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.entries import overspent
from eduf.money import ZERO, written


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    opening, closing = sheet.year.values["fund_opening"], sheet.year.values["fund_closing"]
    own = overspent(opening, closing)
    if own > 0:
        yield Remark("fund_closing", closing, ZERO, {"entry": written(own)})


CHECK = YearCheck("fund_overspent", "warning", ("accounting.debit_balance",), _look)
