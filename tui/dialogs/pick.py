"""One of many, found by typing a part of it: the palette, a line of the grid."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.dialogs.dialog import Dialog
from tui.looks import Looks


class Pick(Dialog[str]):
    """A list that what is typed narrows; gives the id of the one chosen."""

    def __init__(self, looks: Looks, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(looks, title)
        self.choices = [(key, looks.drawn(label)) for key, label in choices]

    def inside(self) -> ComposeResult:
        """The line to type in and the list."""
        yield Input(id="answer")
        yield OptionList(*self._options(""), markup=False)
        yield self.hint("pick")

    def _options(self, typed: str) -> list[Option]:
        parts = typed.casefold().split()
        return [Option(label, id=key) for key, label in self.choices if all(each in label.casefold() for each in parts)]

    def on_mount(self) -> None:
        """The first of the list is meant."""
        self.query_one(OptionList).highlighted = 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        found = self.query_one(OptionList)
        found.clear_options().add_options(self._options(event.value))
        found.highlighted = 0 if found.option_count else None

    def on_key(self, event: events.Key) -> None:
        """The list moves while the line has the focus."""
        found = self.query_one(OptionList)
        moves: dict[str, Callable[[], None]] = {
            "up": found.action_cursor_up,
            "down": found.action_cursor_down,
            "pageup": found.action_page_up,
            "pagedown": found.action_page_down,
        }
        if event.key in moves and self.query_one(Input).has_focus:
            event.stop()
            moves[event.key]()

    def on_input_submitted(self) -> None:
        """The one that is highlighted."""
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            self.dismiss(found.get_option_at_index(found.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The one that was clicked."""
        self.dismiss(event.option.id)
