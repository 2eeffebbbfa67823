"""The line in which a cell is typed: keys that leave it are its own."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class Entry(Input):
    """An input that says how it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "go(1,0)", show=False),
        Binding("up", "go(-1,0)", show=False),
        Binding("tab", "go(0,1)", show=False),
        Binding("shift+tab", "go(0,-1)", show=False),
        Binding("escape", "stay", show=False),
    ]

    class Left(Message):
        """The cell was left for the one so many lines and columns on; None: without taking what was typed."""

        def __init__(self, moves: tuple[int, int] | None) -> None:
            super().__init__()
            self.moves = moves

    def action_go(self, rows: int, columns: int) -> None:
        """Take what was typed and go on."""
        self.post_message(self.Left((rows, columns)))

    def action_stay(self) -> None:
        """Do not take it."""
        self.post_message(self.Left(None))
