"""F4: the scenarios, each with what it changes; another one is shown, made, renamed, copied, taken away."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from eduf import planning
from tui.dialogs.dialog import Dialog
from tui.looks import Looks
from tui.store import Snapshot

Answer = tuple[str, str]  # what to do, with which scenario


class Scenarios(Dialog[Answer]):
    """The list, the baseline first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"act('{what}')", show=False)
        for key, what in (("n", "new"), ("r", "rename"), ("d", "copy"), ("delete", "remove"))
    ]

    def __init__(self, looks: Looks, now: Snapshot) -> None:
        super().__init__(looks, looks.word("scenarios.title"))
        self.now = now
        self.names = ["", *(each.name for each in now.scenarios)]

    def inside(self) -> ComposeResult:
        """The list, and what the one that is highlighted changes."""
        labels = [self.looks.word(".scenario.baseline"), *self.names[1:]]
        marks = ("> " if name == self.now.active else "  " for name in self.names)
        yield OptionList(
            *(Option(self.looks.drawn(f"{m}{n}")) for m, n in zip(marks, labels, strict=True)), markup=False
        )
        yield self.text("")
        yield self.hint("scenarios")

    def on_mount(self) -> None:
        """The one that is shown is meant."""
        self.query_one(OptionList).highlighted = self.names.index(self.now.active)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """What it changes."""
        scenario = next((each for each in self.now.scenarios if each.name == self.names[event.option_index]), None)
        said = [planning.change(each, self.looks.lang) for each in scenario.set] if scenario else []
        text = "\n".join(said) or self.looks.word("scenarios.no_change")
        self.query_one("#text", Static).update(self.looks.drawn(text))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Show it."""
        self.dismiss(("show", self.names[event.option_index]))

    def action_act(self, what: str) -> None:
        """Do something with the one that is highlighted; the baseline can only be copied."""
        at = self.query_one(OptionList).highlighted or 0
        if at or what in ("new", "copy"):
            self.dismiss((what, self.names[at]))
