"""Lines to read; one that leads somewhere can be followed."""

from collections.abc import Callable, Iterable
from typing import Any

from textual.app import ComposeResult

from tui.dialogs.dialog import Dialog
from tui.looks import Looks
from tui.widgets.lines import Line, Lines


class Reader(Dialog[Any]):
    """Lines in a box that fills the screen; gives the target that was chosen.

    `follow`: what the lines of a target are, where it can be read on in the same box; Backspace goes back.
    """

    BINDINGS = [("backspace", "back", "")]  # noqa: RUF012

    def __init__(
        self, looks: Looks, title: str, lines: Iterable[Line], follow: Callable[[Any], Iterable[Line]] | None = None
    ) -> None:
        super().__init__(looks, title)
        self.lines, self.follow = list(lines), follow
        self.path: list[list[Line]] = []
        self.add_class("tall")

    def inside(self) -> ComposeResult:
        """The lines."""
        yield Lines(self.lines, id="lines")
        yield self.hint("follow" if self.follow else "reader")

    def on_lines_followed(self, event: Lines.Followed) -> None:
        """Read on, or leave with the target."""
        event.stop()
        if self.follow is None:
            self.dismiss(event.target)
            return
        self.path.append(self.query_one(Lines).lines)
        self.query_one(Lines).show(self.follow(event.target))

    def action_back(self) -> None:
        """To what was read before."""
        if self.path:
            self.query_one(Lines).show(self.path.pop())
