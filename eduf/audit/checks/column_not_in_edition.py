"""A column that the edition does not have.

The edition of 2014 has no column for what was spent. A figure in it comes from another form, or the columns slipped;
it is not compared with anything.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.form import OLDEST
from eduf.audit.sheet import Sheet

COLUMNS = ("row5_spent", "row6_spent", "row4_spent")


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    declared = desk.returns[sheet.year.year].figures() if sheet.year.year in desk.returns else {}
    if sheet.year.setting.edition == OLDEST:
        yield from (Remark(each, declared[each]) for each in COLUMNS if each in declared)


CHECK = YearCheck("column_not_in_edition", "warning", ("form",), _look)
