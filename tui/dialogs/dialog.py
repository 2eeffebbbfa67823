"""What all dialogs are: a box with a head, keys of their own, and Esc, which answers nothing."""

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.looks import Looks

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T], inherit_bindings=False):
    """A dialog; `inside` gives its parts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    AUTO_FOCUS = "Input, OptionList, Lines"

    def __init__(self, looks: Looks, title: str) -> None:
        super().__init__()
        self.looks, self.heading = looks, title
        self.set_class(looks.plain, "plain")

    def compose(self) -> ComposeResult:
        """The head and what is inside."""
        with Vertical(id="box"):
            yield Static(f" {self.looks.drawn(self.heading)}", id="head", markup=False)
            yield from self.inside()

    def inside(self) -> ComposeResult:
        """The parts of the dialog."""
        yield from ()

    def hint(self, key: str) -> Static:
        """The line that says which keys do what."""
        return Static(self.looks.word(f"hints.{key}"), id="hint", markup=False)

    def text(self, text: str) -> Static:
        """A text."""
        return Static(self.looks.drawn(text), id="text", markup=False)

    def action_leave(self) -> None:
        """Without an answer."""
        self.dismiss(None)
