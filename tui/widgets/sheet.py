"""A table that is drawn line by line, only what is visible: lines down, whole columns across, a cursor on a cell."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.looks import figure_in, fitted, tail
from tui.widgets.window import Window

PAGE = 1000  # a move by so many lines is one by a page
MOVES = {
    "up": (-1, 0),
    "down": (1, 0),
    "left": (0, -1),
    "right": (0, 1),
    "pageup": (-PAGE, 0),
    "pagedown": (PAGE, 0),
}
EDGES = {"home": (0, -1), "end": (0, 1), "ctrl+home": (-1, -1), "ctrl+end": (1, 1)}


class Row(NamedTuple):
    """A line of the table; `mark` says what it is: > a fact, = computed, nothing for a heading."""

    key: str
    label: str
    mark: str = ""

    @property
    def heading(self) -> bool:
        """Whether it only stands above others."""
        return not self.mark


class Column(NamedTuple):
    """A column: its key and its head."""

    key: int | str
    head: str


class Cell(NamedTuple):
    """What stands in a cell; the mark behind it says in a character what the kind says in colour."""

    text: str
    mark: str = ""
    kind: str = ""  # changed, differs, wrong, idle


class Sheet(Widget, can_focus=True):
    """The table. What is typed on a cell is for others."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"sheet--{each}"
        for each in ("head", "label", "heading", "changed", "differs", "wrong", "idle", "cursor", "picked")
    }

    class Moved(Message):
        """The cursor stands elsewhere; `led` there, not moved by hand."""

        def __init__(self, *, led: bool = False) -> None:
            super().__init__()
            self.led = led

    class Opened(Message):
        """The cell at the cursor was entered or double-clicked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.columns: Sequence[Column] = ()
        self.corner = ""
        self.draft: str | None = None  # what is being typed into the cell
        self.window = Window()
        self._cell: Callable[[Row, Column], Cell] = lambda row, column: Cell("")
        self._cells: dict[tuple[int, int], Cell] = {}
        self._widths: dict[int, int] = {}

    def show(
        self, rows: Sequence[Row], columns: Sequence[Column], cell: Callable[[Row, Column], Cell], corner: str
    ) -> None:
        """Other contents; the cursor stays on its line and column where they are still there."""
        at, other = self.at(), self._keys_of(self.window.anchor)
        self.rows, self.columns, self._cell, self.corner = rows, columns, cell, corner
        self._cells.clear()
        self._widths.clear()
        if at:
            self.window.go(self._row_of(at[0].key), self._column_of(at[1].key))
        if other:
            self.window.anchor = self._row_of(other[0]), self._column_of(other[1])
        self._settle()

    def at(self) -> tuple[Row, Column] | None:
        """The line and the column of the cursor."""
        row, column = self.window.row, self.window.column
        if row < len(self.rows) and column < len(self.columns):
            return self.rows[row], self.columns[column]
        return None

    def go(self, row: str, column: int | str) -> bool:
        """Put the cursor on a cell; False where there is no such line."""
        if row not in (each.key for each in self.rows):
            return False
        self.window.go(self._row_of(row), self._column_of(column))
        self._settle()
        self.post_message(self.Moved(led=True))
        return True

    def picked(self) -> tuple[list[Row], list[Column]]:
        """The lines, without headings, and the columns of the block that is selected."""
        top, left, bottom, right = self.window.block()
        rows = [each for each in self.rows[top : bottom + 1] if not each.heading]
        return rows, list(self.columns[left : right + 1])

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell, asked for when it is first drawn."""
        key = (row, column)
        if key not in self._cells:
            self._cells[key] = self._cell(self.rows[row], self.columns[column])
        return self._cells[key]

    def _keys_of(self, place: tuple[int, int] | None) -> tuple[str, int | str] | None:
        if place is None or place[0] >= len(self.rows) or place[1] >= len(self.columns):
            return None
        return self.rows[place[0]].key, self.columns[place[1]].key

    def _row_of(self, key: str) -> int:
        return next((n for n, each in enumerate(self.rows) if each.key == key), self.window.row)

    def _column_of(self, key: int | str) -> int:
        return next((n for n, each in enumerate(self.columns) if each.key == key), self.window.column)

    def _settle(self) -> None:
        """The cursor on a line that is no heading, and in sight."""
        self.window.limit([each.heading for each in self.rows], len(self.columns))
        self.window.look(self.size.height - 1, self.across_from)
        self.refresh()

    def label_width(self) -> int:
        """The cells that the labels take: no more than two fifths of the table."""
        longest = max((cell_len(each.label) for each in self.rows), default=0)
        return max(min(longest + 2, self.size.width * 2 // 5), 0)

    def across_from(self, left: int) -> list[tuple[int, int]]:
        """The whole columns from there on that fit, each with its width; one at least."""
        room, found = self.size.width - self.label_width(), list[tuple[int, int]]()
        for column in range(left, len(self.columns)):
            cells = min(self._width(column), room) if not found else self._width(column)
            if cells > room:
                break
            found.append((column, cells))
            room -= cells
        return found

    def _width(self, column: int) -> int:
        """The width that a column needs: its widest text, a gap before it and a mark behind it."""
        if column not in self._widths:
            texts = (self.cell(n, column).text for n, row in enumerate(self.rows) if not row.heading)
            head = cell_len(self.columns[column].head)
            self._widths[column] = max([head, *map(cell_len, texts)]) + 2
        return self._widths[column]

    def render_line(self, y: int) -> Strip:
        """A line of the table: the heads, then a row."""
        if y == 0:
            return self._drawn(self.corner, "head", self._heads())
        row = self.window.top + y - 1
        if row >= len(self.rows):
            return Strip.blank(self.size.width, self._style("label"))
        stated = self.rows[row]
        if stated.heading:
            return Strip([Segment(fitted(stated.label, self.size.width), self._style("heading"))])
        cells = [self._shown(row, column, width) for column, width in self._across()]
        return self._drawn(f"{stated.mark} {stated.label}", "label", cells)

    def _across(self) -> list[tuple[int, int]]:
        return self.across_from(self.window.left)

    def _heads(self) -> list[Segment]:
        """The heads of the columns in sight; < and > say that there are more."""
        across = self._across()
        heads = [fitted(self.columns[n].head, width - 1, right=True) + " " for n, width in across]
        if heads and across[0][0] > 0:
            heads[0] = "<" + heads[0][1:]
        if heads and across[-1][0] < len(self.columns) - 1:
            heads[-1] = heads[-1][:-1] + ">"
        return [Segment(each, self._style("head")) for each in heads]

    def _shown(self, row: int, column: int, width: int) -> Segment:
        """A cell in so many: a gap, the figure, its mark."""
        text, mark, kind = self.cell(row, column)
        if (row, column) == (self.window.row, self.window.column):
            kind = "cursor"
            text = text if self.draft is None else tail(self.draft, width - 2)
        elif self.window.holds(row, column):
            kind = "picked"
        return Segment(f" {figure_in(text, width - 2)}{mark or ' '}", self._style(kind or "label"))

    def _drawn(self, label: str, kind: str, cells: Sequence[Segment]) -> Strip:
        """A line of exactly the table's width."""
        strip = Strip([Segment(fitted(label, self.label_width()), self._style(kind)), *cells])
        return strip.adjust_cell_length(self.size.width, self._style(kind))

    def _style(self, kind: str) -> Style:
        return self.get_component_rich_style(f"sheet--{kind}")

    def press(self, key: str) -> bool:
        """Take a key that moves the cursor or enters the cell; False for any other."""
        block, plain = key.startswith("shift+") and key != "shift+tab", key.removeprefix("shift+")
        if key in EDGES:
            self.edge(*EDGES[key])
        elif plain in MOVES and (block or key in MOVES):
            self.move(*MOVES[plain], block=block)
        elif key in ("tab", "shift+tab"):
            self.move(0, 1 if key == "tab" else -1)
        elif key == "enter":
            self.post_message(self.Opened())
        else:
            return False
        return True

    def move(self, rows: int, columns: int, *, block: bool = False) -> None:
        """Move the cursor so many lines and columns, or pages where the number says so."""
        page = max(self.size.height - 2, 1)
        self.window.move(rows if abs(rows) < PAGE else page * (rows // PAGE), columns, block=block)
        self._settle()
        self.post_message(self.Moved())

    def edge(self, rows: int, columns: int) -> None:
        """To the first or last line or column."""
        far = len(self.rows) + len(self.columns)
        self.window.move(rows * far, columns * far, block=False)
        self._settle()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """The cursor to the cell; a second click enters it. A cell that is open is left by a key."""
        if self.draft is not None:
            return
        row, x = self.window.top + event.y - 1, self.label_width()
        for column, width in self._across():
            if x <= event.x < x + width and event.y > 0 and row < len(self.rows):
                self.window.go(row, column)
            x += width
        self._settle()
        self.post_message(self.Opened() if event.chain > 1 else self.Moved())

    def _scroll(self, rows: int) -> None:
        if self.draft is None:
            self.move(rows, 0)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Lines further down."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Lines further up."""
        event.stop()
        self._scroll(-3)

    def on_resize(self) -> None:
        """What was in sight stays in sight."""
        self._settle()
