"""The tie between books and return.

The adjustment of the return is the change of the fund in the ledger plus the change of the carry-forward. Where the
declared figures break it, one of them is wrong; this finding hangs under the one that is.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.line import BOOKS
from eduf.money import ZERO

_BALANCES = ("fund_balance", "row5_carried_forward")
_ADJUSTMENT = "row4_adjustment"


def _is_declared(desk: Desk, year: int, names: tuple[str, ...]) -> bool:
    return year in desk.returns and desk.returns[year].figures().keys() >= set(names)


def _tied(sheet: Sheet) -> Decimal:
    """What the balances say that the adjustment is."""
    fund, carried, fund_before, carried_before, old, transferred = (
        value or ZERO
        for value in (
            *(sheet.read(name) for name in _BALANCES),
            *(sheet.read(f"last_{name}") for name in _BALANCES),
            *(sheet.year.values[name] for name in ("from_before_2008", "transferred")),
        )
    )
    return fund - fund_before + old + carried - carried_before - transferred


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    number = sheet.year.year
    before = sheet.last is None or _is_declared(desk, number - 1, _BALANCES)
    if sheet.year.setting.collection not in BOOKS or not before:
        return
    if not _is_declared(desk, number, (_ADJUSTMENT, *_BALANCES)):
        return

    def gap(sheets: Mapping[int, Sheet]) -> Decimal:
        return (sheets[number].read(_ADJUSTMENT) or ZERO) - _tied(sheets[number])

    if gap(desk.sheets):
        yield Remark(_ADJUSTMENT, sheet.read(_ADJUSTMENT), _tied(sheet), gap=gap)


CHECK = YearCheck("tie", "error", ("deduction.added_back", "fund.balance", "carry_forward"), _look)
