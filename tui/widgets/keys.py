"""One line of words that can be clicked: the screens above, the keys below."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Item(NamedTuple):
    """A word of the line: what it does, its key, its label."""

    action: str
    key: str
    label: str
    chosen: bool = False


class Keys(Widget):
    """The line; only as many words as fit wholly."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label", "keys--chosen"}

    class Pressed(Message):
        """A word was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Other words."""
        if items != self.items:
            self.items = items
            self.refresh()

    def _fitting(self) -> list[tuple[int, Item]]:
        """The words that fit, each with where it begins."""
        found, x = list[tuple[int, Item]](), 0
        for item in self.items:
            width = _width(item)
            if x + width > self.size.width:
                break
            found.append((x, item))
            x += width
        return found

    def render_line(self, y: int) -> Strip:
        """The line."""
        segments = []
        for _, item in self._fitting() if y == 0 else ():
            kind = "chosen" if item.chosen else "label"
            if item.key:
                segments.append(Segment(f" {item.key}", self.get_component_rich_style("keys--key")))
            before, after = ("[", "]") if item.chosen else (" ", "" if item.key else " ")
            segments.append(Segment(f"{before}{item.label}{after}", self.get_component_rich_style(f"keys--{kind}")))
        return Strip(segments).adjust_cell_length(self.size.width, self.get_component_rich_style("keys--label"))

    def on_click(self, event: events.Click) -> None:
        """The word that was clicked."""
        for x, item in self._fitting():
            if x <= event.x < x + _width(item):
                self.post_message(self.Pressed(item.action))


def _width(item: Item) -> int:
    return (len(item.key) if item.key else 0) + cell_len(item.label) + 2
