"""The tie between books and return.

The adjustment of the return is the change of the fund in the ledger plus the change of the carry-forward. Where the
declared figures break it, one of them is wrong; this finding hangs under the one that is.
"""

from collections.abc import Iterator
from decimal import Decimal

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.line import BOOKS

_BALANCES = ("fund_balance", "row5_carried_forward")
_ADJUSTMENT = "row4_adjustment"


def _declared(desk: Desk, year: int, name: str) -> Decimal | None:
    found = desk.returns.get(year)
    return found.figures().get(name) if found else None


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    year = sheet.year
    number, values = year.year, year.values
    adjustment = _declared(desk, number, _ADJUSTMENT)
    closing = [_declared(desk, number, each) for each in _BALANCES]
    opening = [_declared(desk, number - 1, each) for each in _BALANCES]
    if sheet.last is None:
        opening = [values["fund_opening"], values["prior_carried_forward"]]
    figures = [adjustment, *closing, *opening, values["from_before_2008"], values["transferred"]]
    if year.setting.collection not in BOOKS or any(each is None for each in figures):
        return
    declared, fund, carried, fund_before, carried_before, old, transferred = (each or Decimal(0) for each in figures)
    tied = fund - fund_before + old + carried - carried_before - transferred
    if declared != tied:
        cells = [(number - 1, each) for each in _BALANCES]
        cells += [(number, each) for each in (_ADJUSTMENT, *_BALANCES)]
        yield Remark(_ADJUSTMENT, declared, tied, because=tuple(cells))


CHECK = YearCheck("tie", "error", ("deduction.added_back", "fund.balance", "carry_forward"), _look)
