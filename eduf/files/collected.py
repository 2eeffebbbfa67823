"""The tables of a book as they are collected from its sheets, with the cell of every path."""

from collections.abc import Mapping
from typing import Any

from eduf.files import shape
from eduf.files.grid import Found, Grid, Spot, Unread, address
from eduf.problems import Path

Table = dict[str, Any]


class Collected:
    """What was read so far. `told` are the paths whose absence is explained already."""

    def __init__(self, found: Found, answers: Mapping[str, str]) -> None:
        self.found = found
        self.answers = dict(answers)
        self.by_user = "unit" in answers
        self.raw: Table = {"format": 1}
        self.cells: dict[Path, tuple[str, str]] = {}
        self.told: set[Path] = set()

    def stands(self, grid: Grid, path: Path, at: Spot = (1, 1)) -> None:
        """A table begins at that cell, unless it began before."""
        self.cells.setdefault(path, (grid.sheet.title, address(*at)))

    def cell(self, grid: Grid, key: str, path: Path, at: Spot, fact: str = "") -> object:
        """The value of a cell, whose place is kept even where it is empty."""
        self.cells[path] = (grid.sheet.title, address(*at))
        return grid.value(key, at, fact)

    def put(self, grid: Grid, table: Table, key: str, path: Path, at: Spot, fact: str = "") -> None:
        """A fact into its table, unless its cell is empty or cannot be read."""
        value = self.cell(grid, key, path, at, fact)
        if value is Unread:
            self.told.add(path)
        elif value is not None:
            table[key] = value

    def record(self, grid: Grid, spots: Mapping[str, Spot], path: Path, fact: str = "") -> Table:
        """A table of the facts in these cells."""
        self.stands(grid, path, (next(iter(spots.values()))[0], 1) if spots else (1, 1))
        table: Table = {}
        self.told |= {(*path, key) for key in grid.form.required if key not in spots}
        for key, at in spots.items():
            self.put(grid, table, key, (*path, key), at, fact)
        return table

    def rows(self, grid: Grid, path: Path) -> list[Table]:
        """A table for every row that is to be read."""
        rows: list[Table] = []
        for record in grid.records():
            spots = {key: at for key, at in record.cells.items() if key != shape.MARK}
            rows.append(self.record(grid, spots, (*path, len(rows))))
        return rows

    def wrong(self, grid: Grid, code: str, at: Spot, **values: object) -> None:
        """An error at a cell."""
        self.found.wrong(code, grid.sheet.title, address(*at), **values)
