"""What was declared: the filed returns of a case or of a file, each figure with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from eduf.audit.form import BALANCES, ROWS
from eduf.case import Case, Filed, Places
from eduf.files.filed_csv import FiledFile
from eduf.problems import Place, Problem, Refused

COLUMNS = ("booked", "spent", "rate", "brought_forward", "deducted", "adjustment", "carried_forward")


@dataclass(frozen=True)
class Return:
    """The return of a year, and where it stood."""

    filed: Filed
    places: Places
    position: int

    @property
    def year(self) -> int:
        """The tax year."""
        return self.filed.year

    def figures(self) -> dict[str, Decimal]:
        """Every figure that was declared, by the name of its cell; what was left out is not there."""
        balances = ((name, getattr(self.filed, name)) for name in BALANCES)
        return {name: value for name, value in (*self._of_rows(), *balances) if value is not None}

    def _of_rows(self) -> Iterator[tuple[str, Decimal | None]]:
        for row in ROWS:
            declared = getattr(self.filed, row)
            yield from ((f"{row}_{column}", getattr(declared, column)) for column in COLUMNS if declared)

    def at(self, cell: str) -> Place:
        """Where a cell stood."""
        row, _, column = cell.partition("_")
        path = (row, column) if row in ROWS else (cell,)
        return self.places("filed", self.position, *path)


def of(case: Case, file: FiledFile | None = None) -> tuple[Return, ...]:
    """The returns of a case and of a file, by year. Raises Refused where both state the same year."""
    found = [Return(each, case.places, n) for n, each in enumerate(case.filed)]
    if file:
        stated = {each.year for each in found}
        more = [Return(each, file.places, n) for n, each in enumerate(file.filed)]
        if twice := [each for each in more if each.year in stated]:
            raise Refused(Problem("filed_twice", "error", each.at("year"), {"found": each.year}) for each in twice)
        found += more
    return tuple(sorted(found, key=lambda each: each.year))
