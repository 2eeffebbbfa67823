"""One of a few answers."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.dialogs.dialog import Dialog
from tui.looks import Looks


class Choice(Dialog[str]):
    """A question with its answers; gives the id of the one chosen."""

    def __init__(self, looks: Looks, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__(looks, title)
        self.question, self.answers = text, answers

    def inside(self) -> ComposeResult:
        """The question and the answers."""
        if self.question:
            yield self.text(self.question)
        yield OptionList(*(Option(self.looks.drawn(label), id=key) for key, label in self.answers), markup=False)
        yield self.hint("choice")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The answer."""
        self.dismiss(event.option.id)
