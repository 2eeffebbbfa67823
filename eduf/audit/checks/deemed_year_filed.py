"""A schedule filed for a year of deemed collection.

In such a year there is no cap and no deduction; what was deducted all the same was deducted without a base.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.form import BALANCES
from eduf.audit.sheet import Sheet
from eduf.line import BOOKS
from eduf.money import ZERO


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    declared = desk.returns[sheet.year.year].figures() if sheet.year.year in desk.returns else {}
    if sheet.year.setting.collection in BOOKS:
        return
    rows = {name: value for name, value in declared.items() if name not in BALANCES and not name.startswith("row1")}
    first = next((name for name in ("row5_deducted", "row6_deducted", "row4_deducted") if rows.get(name)), None)
    first = first or next((name for name, value in rows.items() if value), None)
    if first:
        yield Remark(first, rows[first], None if first.endswith("_rate") else ZERO)


CHECK = YearCheck("deemed_year_filed", "error", ("collection.deemed",), _look)
