"""From the number of a row to the line of its file, also where texts run over several lines or lines are blank."""

import csv
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from eduf.files.content import refused
from eduf.ledger.source import Source
from eduf.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from _csv import Reader

_MOST = 20  # problems of one kind
_LONGEST = 1 << 24  # characters of a field


class Rows:
    """Where the rows of a source stand. `rows` is how many the database read.

    Raises Refused where the lines of a text do not make these rows: a quotation mark that was never closed may have
    swallowed lines.
    """

    def __init__(self, source: Source, rows: int) -> None:
        self.source = source
        self._plain = source.seen.lines is None or source.seen.lines - source.before == rows
        if not self._plain:
            self._check(rows)

    def lines(self, wanted: Collection[int]) -> Mapping[int, int]:
        """The line of each of these rows."""
        if self._plain:
            return {n: n + self.source.before for n in wanted}
        numbers = frozenset(wanted)
        return {n: first for n, first, _ in self._records() if n in numbers}

    def _check(self, rows: int) -> None:
        swallowed, count, separator = [], 0, self.source.headings.separator
        for _, first, cells in self._records():
            count += 1
            if any("\n" in cell and separator in cell for cell in cells):
                swallowed.append(first)
        if swallowed:
            places = (Place(str(self.source.path), line) for line in swallowed[:_MOST])
            raise Refused(Problem("ledger_swallowed", "error", place, {"count": len(swallowed)}) for place in places)
        if count != rows:
            raise refused("ledger_rows", self.source.path, found=count, expected=rows)

    def _records(self) -> Iterator[tuple[int, int, list[str]]]:
        """Every row with its number, its first line and its cells."""
        csv.field_size_limit(_LONGEST)
        with self.source.path.open(encoding=self.source.seen.encoding, newline="") as text:
            for _ in range(self.source.before):
                text.readline()
            yield from self._counted(csv.reader(text, delimiter=self.source.headings.separator))

    def _counted(self, reader: "Reader") -> Iterator[tuple[int, int, list[str]]]:
        n, before = 0, self.source.before
        try:
            for cells in reader:
                if cells:
                    n += 1
                    yield n, before + 1, cells
                before = self.source.before + reader.line_num
        except csv.Error as error:
            raise refused("ledger_damaged", self.source.path, before + 1, reason=str(error)) from error
