"""F7: what may be changed so that a line is as it should be; the answer with its proof."""

from textual.app import ComposeResult
from textual.widgets import Input, Static

from eduf.case import Case
from eduf.goal import solve
from eduf.problems import Refused
from eduf.solution import Solution
from tui.dialogs.dialog import Dialog
from tui.looks import Looks


class Goal(Dialog[Solution]):
    """Two lines, as on the command line; Enter seeks, Enter once more takes the answer."""

    def __init__(self, looks: Looks, case: Case, change: str, so_that: str) -> None:
        super().__init__(looks, looks.word("goal.title"))
        self.case, self.change, self.so_that = case, change, so_that
        self.solution: Solution | None = None

    def inside(self) -> ComposeResult:
        """The two lines and the answer."""
        yield Static(self.looks.word("goal.change"), markup=False)
        yield Input(self.change, id="change", select_on_focus=False)
        yield Static(self.looks.word("goal.so_that"), markup=False)
        yield Input(self.so_that, id="so_that", select_on_focus=False)
        yield Static("", id="wrong", markup=False)
        yield self.text("")
        yield self.hint("goal")

    def on_mount(self) -> None:
        """The end of what is asked for is what one changes first."""
        self.query_one("#so_that", Input).focus()

    def key_tab(self) -> None:
        """To the other line."""
        there = "#so_that" if self.query_one("#change", Input).has_focus else "#change"
        self.query_one(there, Input).focus()

    key_down = key_up = key_tab

    def on_input_changed(self) -> None:
        """The answer no longer belongs to it."""
        self.solution = None
        self.query_one("#text", Static).update("")

    def on_input_submitted(self) -> None:
        """Seek, or take what was found."""
        if self.solution and self.solution.answer is not None:
            self.dismiss(self.solution)
            return
        change, so_that = (self.query_one(f"#{each}", Input).value for each in ("change", "so_that"))
        wrong, said = "", ""
        try:
            self.solution = solve(self.case, change, so_that)
            said = "\n".join(self.solution.text(self.looks.lang))
        except Refused as refused:
            wrong = "\n".join(f"{each.says(self.looks.lang)} {each.do(self.looks.lang)}" for each in refused.problems)
        self.query_one("#wrong", Static).update(self.looks.drawn(wrong))
        self.query_one("#text", Static).update(self.looks.drawn(said))
