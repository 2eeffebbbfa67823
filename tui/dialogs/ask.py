"""One line of text, checked while it is typed."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Input, Static

from tui.dialogs.dialog import Dialog
from tui.looks import Looks


class Ask(Dialog[str]):
    """A question that is answered in a line; `check` says what is wrong with it, "" for nothing."""

    def __init__(self, looks: Looks, title: str, text: str, value: str, check: Callable[[str], str]) -> None:
        super().__init__(looks, title)
        self.question, self.value, self.check = text, value, check

    def inside(self) -> ComposeResult:
        """The question and the line."""
        if self.question:
            yield self.text(self.question)
        yield Input(self.value, select_on_focus=True, id="answer")
        yield Static("", id="wrong", markup=False)
        yield self.hint("ask")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong with it so far."""
        self.query_one("#wrong", Static).update(
            self.looks.drawn(self.check(event.value.strip()) if event.value else "")
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The answer, where nothing is wrong with it."""
        wrong = self.check(event.value.strip())
        if wrong:
            self.query_one("#wrong", Static).update(self.looks.drawn(wrong))
        else:
            self.dismiss(event.value.strip())
