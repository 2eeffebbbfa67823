"""Lines of text that wrap and scroll; a line may lead somewhere, and Enter or a click follows it."""

from collections.abc import Iterable
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.looks import fitted, wrapped

MOVES = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "space": 10, "home": -99999, "end": 99999}


class Line(NamedTuple):
    """A line; `target` is where it leads, `indent` how many cells it stands in."""

    text: str
    kind: str = ""  # head, wrong, quiet
    target: Any = None
    indent: int = 0


class Lines(Widget, can_focus=True):
    """The lines. ^ and v on the right say that there is more."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{each}" for each in ("text", "head", "wrong", "quiet", "link", "cursor")
    }

    class Followed(Message):
        """A line that leads somewhere was chosen."""

        def __init__(self, target: Any) -> None:
            super().__init__()
            self.target = target

    def __init__(self, lines: Iterable[Line] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.lines = list(lines)
        self.at = 0  # the line of the cursor
        self.top = 0
        self._drawn: list[tuple[int, str]] = []  # each drawn line: the number of its line, its text

    def show(self, lines: Iterable[Line]) -> None:
        """Other lines, from the top."""
        self.lines = list(lines)
        self.top, self.at = 0, self._next(0, 1)
        self._layout()

    def on_mount(self) -> None:
        """The cursor on the first line that leads somewhere."""
        self.at = self._next(0, 1)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._layout()

    def _layout(self) -> None:
        room = max(self.size.width - 2, 8)
        self._drawn = [
            (n, " " * line.indent + part)
            for n, line in enumerate(self.lines)
            for part in wrapped(line.text, max(room - line.indent, 6))
        ]
        self.top = max(min(self.top, len(self._drawn) - self.size.height), 0)
        self.refresh()

    def _next(self, start: int, step: int) -> int:
        """The next line that leads somewhere, from there on; the start where there is none."""
        numbers = range(start, len(self.lines)) if step > 0 else range(start, -1, -1)
        return next((n for n in numbers if self.lines[n].target is not None), self.at)

    def press(self, key: str) -> bool:
        """Take a key that moves or follows; False for any other."""
        if key in MOVES:
            self.move(MOVES[key])
        elif key == "enter":
            self.follow()
        else:
            return False
        return True

    def on_key(self, event: events.Key) -> None:
        """In a dialogue keys come one by one."""
        if self.press(event.key):
            event.stop()

    def move(self, count: int) -> None:
        """The cursor to the next line that leads somewhere, if it is in sight; else scroll."""
        wanted = self._next(self.at + (1 if count > 0 else -1), count) if abs(count) == 1 else self.at
        places = [n for n, (line, _) in enumerate(self._drawn) if line == wanted]
        if wanted != self.at and places and self.top <= places[0] <= self.top + self.size.height:
            self.at = wanted
            self.top = max(self.top, places[-1] - self.size.height + 1)
        else:
            self.top = max(min(self.top + count, len(self._drawn) - self.size.height), 0)
        self.refresh()

    def follow(self) -> None:
        """Follow the line of the cursor."""
        if self.at < len(self.lines) and self.lines[self.at].target is not None:
            self.post_message(self.Followed(self.lines[self.at].target))

    def on_click(self, event: events.Click) -> None:
        """Follow the line that was clicked."""
        drawn = self.top + event.y
        if drawn < len(self._drawn) and self.lines[self._drawn[drawn][0]].target is not None:
            self.at = self._drawn[drawn][0]
            self.refresh()
            self.follow()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Further down."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Further up."""
        event.stop()
        self.move(-3)

    def render_line(self, y: int) -> Strip:
        """A line, with the sign on its right that there is more."""
        row = self.top + y
        number, text = self._drawn[row] if row < len(self._drawn) else (-1, "")
        more = "^" if y == 0 and self.top else " "
        more = "v" if y == self.size.height - 1 and row < len(self._drawn) - 1 else more
        room = max(self.size.width - 2, 0)
        strip = Strip([Segment(fitted(text, room) if cell_len(text) != room else text, self._style(number))])
        rest = Segment(f" {more}", self.get_component_rich_style("lines--quiet"))
        return Strip([*strip, rest]).adjust_cell_length(self.size.width)

    def _style(self, number: int) -> Style:
        line = self.lines[number] if number >= 0 else Line("")
        kind = line.kind or ("text" if line.target is None else "link")
        if line.target is not None and number == self.at and self.has_focus:
            kind = "cursor"
        return self.get_component_rich_style(f"lines--{kind}")
