"""Where the cursor of a table stands, what is selected, and which part is in sight. Pure numbers, no drawing."""

from collections.abc import Callable, Sequence


class Window:
    """The cursor, the other corner of the block, and the first line and column in sight."""

    def __init__(self) -> None:
        self.row = self.column = self.top = self.left = 0
        self.anchor: tuple[int, int] | None = None
        self._headings: Sequence[bool] = ()
        self._columns = 0

    def limit(self, headings: Sequence[bool], columns: int) -> None:
        """What there is: which lines are headings, and how many columns."""
        self._headings, self._columns = headings, columns
        self.column = max(min(self.column, columns - 1), 0)
        self.row = self._beside(max(min(self.row, len(headings) - 1), 0), 1)

    def go(self, row: int, column: int) -> None:
        """The cursor to a cell; nothing else selected."""
        self.row, self.column, self.anchor = row, column, None

    def move(self, rows: int, columns: int, *, block: bool) -> None:
        """The cursor so many lines and columns on, past headings; `block` selects on the way."""
        self.anchor = (self.anchor or (self.row, self.column)) if block else None
        self.column = max(min(self.column + columns, self._columns - 1), 0)
        wanted = max(min(self.row + rows, len(self._headings) - 1), 0)
        if rows:
            self.row = self._beside(wanted, 1 if rows > 0 else -1)

    def _beside(self, row: int, step: int) -> int:
        """The next line that is no heading, that way or, at the edge, the other."""
        lines = range(len(self._headings))
        ahead = lines[row:] if step > 0 else lines[row::-1] if lines else lines
        behind = lines[row::-1] if step > 0 else lines[row:]
        return next((n for each in (ahead, behind) for n in each if not self._headings[n]), 0)

    def block(self) -> tuple[int, int, int, int]:
        """The top, left, bottom and right of what is selected."""
        row, column = self.anchor or (self.row, self.column)
        return min(row, self.row), min(column, self.column), max(row, self.row), max(column, self.column)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in a block of more than one."""
        top, left, bottom, right = self.block()
        return self.anchor is not None and top <= row <= bottom and left <= column <= right

    def look(self, height: int, visible: Callable[[int], list[tuple[int, int]]]) -> None:
        """Bring the cursor in sight: whole lines, whole columns; a heading just above comes along."""
        if height <= 0:
            return
        first = self.row - 1 if self.row and self._headings[self.row - 1] else self.row
        self.top = min(self.top, first)
        if self.row >= self.top + height:
            self.top = self.row - height + 1
        self.top = max(min(self.top, len(self._headings) - height), 0)
        self.left = min(self.left, self.column)
        while self.left < self.column and self.column not in (n for n, _ in visible(self.left)):
            self.left += 1
