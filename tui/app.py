"""The app: it shows the desk, turns keys into actions, and asks; what each does stands elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.widgets import ContentSwitcher, Static

from eduf.change import FACTS
from eduf.problems import Problem
from tui import explaining, painting, settings
from tui.actions import ACTIONS, BY_ID, Action, shown_key
from tui.desk import Desk
from tui.dialogs.dialog import Dialog
from tui.dialogs.reader import Reader
from tui.doing import copying, editing
from tui.looks import Looks
from tui.screens.calc import Calc
from tui.screens.chart import Chart
from tui.screens.compare import Compare
from tui.screens.law import Law
from tui.screens.ledger import Ledger
from tui.store import Change, Edit, Store
from tui.themes import THEMES
from tui.widgets.draft import Draft
from tui.widgets.keys import Keys
from tui.widgets.lines import Lines
from tui.widgets.sheet import Sheet

WIDE = 100  # columns from which on there is a panel beside the screen
LEAST = (80, 24)


class _Plain(ScrollBarRender):
    """Scroll bars without the characters that are half a cell."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class Desktop(Screen[None], inherit_bindings=False):
    """The screen below all dialogues; every key of it is one of ours."""


class Eduf(App[None], inherit_bindings=False):
    """What-if on a case."""

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, desk: Desk | None, looks: Looks, chosen: settings.Settings) -> None:
        super().__init__()
        self.first_looks, self.settings = looks, chosen
        self.opened = desk is not None
        if desk is not None:
            self.desk = desk
        self.screen_name, self.panel_shows = "calc", "explanation"
        self.calc, self.compare = Calc(id="calc"), Compare(id="compare")
        self.draft: Draft | None = None  # the cell that is open
        self.message: tuple[str, bool] = ("", False)
        self.by_key = {self.key_of(each): each.id for each in ACTIONS} | {"question_mark": "explain"}
        self.bind(self.key_of(BY_ID["leave"]), "act('leave')")  # the only one that a dialogue lets through

    @property
    def looks(self) -> Looks:
        """How the screen speaks and draws."""
        return self.desk.looks if self.opened else self.first_looks

    @property
    def view(self) -> Calc | Compare | Chart | Law | Ledger:
        """The screen that is shown."""
        return self.query_one(f"#{self.screen_name}")  # type: ignore[return-value]

    @property
    def editing(self) -> bool:
        """Whether a cell is open."""
        return self.draft is not None

    @property
    def has_panel(self) -> bool:
        """Whether there is a panel beside the screen: where there is room, and a figure that the cursor is on."""
        return self.size.width >= WIDE and self.screen_name in ("calc", "ledger")

    def get_default_screen(self) -> Screen[None]:
        """The screen below all others."""
        return Desktop(id="_default")

    def compose(self) -> ComposeResult:
        """Title, names of the screens, the screen with its panel, the cell, the status, the keys."""
        yield Static(id="title", markup=False)
        yield Keys(id="tabs")
        with Horizontal(id="body"):
            with ContentSwitcher(id="views", initial="calc"):
                yield from (self.calc, self.compare, Chart(id="chart"), Law(id="law"), Ledger(id="ledger"))
            yield Lines(id="panel")
        yield Static(id="address", markup=False)
        yield Static(id="status", markup=False)
        yield Keys(id="keys")
        yield Static(id="small", markup=False)

    def on_mount(self) -> None:
        """The theme, the first picture, and, without a file, the start page."""
        ScrollBar.renderer = _Plain
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = THEMES[self.settings.theme].name
        if self.settings.wrong:
            self.say(self.looks.says("messages.settings", keys=", ".join(self.settings.wrong)), wrong=True)
        self.calc.focus()
        self.paint()
        from tui.doing import opening

        opening.begin(self)

    def on_resize(self, event: events.Resize) -> None:
        """One line where there is too little room."""
        size = event.size
        self.screen_stack[0].set_class(size.width < LEAST[0] or size.height < LEAST[1], "small")
        self.call_after_refresh(self.paint)

    def paint(self) -> None:
        """Draw what lies on the desk."""
        painting.all_of_it(self)

    def key_of(self, action: Action) -> str:
        """The key of an action, remapped or not."""
        return self.settings.keys.get(action.id, action.key)

    def keys_of_actions(self) -> Iterator[tuple[Action, str]]:
        """Every action with its key as it is shown."""
        return ((each, shown_key(self.key_of(each))) for each in ACTIONS)

    def palette_entries(self) -> list[tuple[str, str]]:
        """Every action by its name and its key."""
        return [(each.id, f"{self.looks.word(f'actions.{each.id}')}  {key}") for each, key in self.keys_of_actions()]

    def action_act(self, name: str) -> None:
        """Do what an action does; an open cell is committed first, and stays open where it is wrong."""
        if isinstance(self.screen, Dialog):
            if name == "leave":
                self.screen.dismiss(None)
            return
        if not self.opened:
            return
        if self.editing and name != "undo" and not editing.commit(self, 0, 0):
            return
        if name not in ("undo", "help"):
            self.message = ("", False)
        BY_ID[name].run(self)
        if not isinstance(self.screen, Dialog) and self.is_running:
            self.paint()

    def run_action_of(self, name: str) -> None:
        """Do what an action does, chosen from the palette."""
        self.call_later(self.action_act, name)

    def ask(self, dialog: Dialog[Any], done: Callable[[Any], None]) -> None:
        """Show a dialogue and go on with its answer, None where there is none."""

        def answered(answer: Any) -> None:
            if answer is not None:
                done(answer)

        self.push_screen(dialog, answered)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """A message on the status line."""
        self.message = (text, wrong)
        painting.status(self)

    def complain(self, problems: Sequence[Problem]) -> None:
        """What is wrong, on the status line; nothing wrong takes it back."""
        said = " / ".join(f"{each.says(self.looks.lang)} {each.do(self.looks.lang)}" for each in problems[:3])
        self.say(self.looks.drawn(f"!! {said}" if said else ""), wrong=bool(said))

    def edit(self, kind: str, changes: list[Change]) -> bool:
        """One edit of cells; False where it cannot be computed, and then nothing has changed."""
        fresh = not self.desk.store.now.active
        problems = self.desk.put(self.desk.touched(kind, changes))
        self.complain(problems)
        if fresh and not problems:
            self.say(self.looks.says("messages.fresh", name=self.desk.store.now.active))
        self.paint()
        return not problems

    def put(self, store: Store, message: str, edit: Edit | None = None) -> None:
        """Another store, with what is then said; or what keeps it from being computed."""
        problems = self.desk.put(store)
        if problems:
            self.complain(problems)
        else:
            what = self.looks.says(f"edits.{edit.kind}", name=edit.name) if edit else self.desk.store.now.active
            name = what or self.looks.word(".scenario.baseline")
            self.say(self.looks.says(f"messages.{message}", what=name))
        self.paint()

    def turn_to(self, name: str) -> None:
        """Another screen."""
        at = self.calc.at()
        law = self.query_one(Law)
        law.year = int(at[1].key) if at and name == "law" else law.year
        self.screen_name = name
        self.query_one("#views", ContentSwitcher).current = name
        self.screen_stack[0].set_focus(self.view)
        self.paint()

    def pointed(self) -> tuple[str, int] | None:
        """The figure and the year at the cursor."""
        at = self.view.at() if isinstance(self.view, Sheet) else None
        if at is None or self.screen_name == "compare":
            return None
        row, column = at
        pair = (column.key, row.key) if self.screen_name == "ledger" else (row.key, column.key)
        name = "carried_forward" if str(pair[0]).startswith("vintage") else str(pair[0])
        return name, int(pair[1])

    def follow(self, target: tuple[str, int]) -> None:
        """Go to a figure of a year in the grid; one that it does not show is explained."""
        self.turn_to("calc")
        if not self.calc.go(*target):
            if target[0] in FACTS:
                self.calc.all_facts = True
                self.paint()
            if not self.calc.go(*target):
                lines = explaining.explanation(self.desk.shown, *target, self.looks)
                self.ask(Reader(self.looks, self.looks.word("panel.explanation"), lines), self.follow)
        self.paint()

    async def on_event(self, event: events.Event) -> None:
        """Keys on the desk are taken here, one after the other, so that none overtakes another."""
        ours = self.opened and len(self.screen_stack) == 1
        if ours and isinstance(event, events.Key):
            self._take(event)
        elif ours and isinstance(event, events.Paste):
            copying.paste_text(self, event.text)
        else:
            await super().on_event(event)

    def _take(self, event: events.Key) -> None:
        """The open cell first, then the actions, then the table or the panel; what is typed on a cell opens it."""
        key, typed = event.key, event.character if event.is_printable else None
        if self.draft is not None and editing.press(self, key, typed):
            return
        if key in self.by_key:
            self.action_act(self.by_key[key])
        elif isinstance(self.focused, Sheet | Lines) and self.focused.press(key):
            if isinstance(self.focused, Compare):
                self.paint()
        elif key == "escape":
            self.screen.set_focus(self.view)
        elif typed and typed.strip() and isinstance(self.focused, Calc):
            editing.begin(self, typed)

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        """What the cell, the panel and the status say belongs to the cursor."""
        if not self.editing:
            self.message = self.message if event.led else ("", False)
            painting.cell(self)

    def on_sheet_opened(self) -> None:
        """Enter: edit the fact, or explain the figure; in the comparison, another line."""
        if self.screen_name == "compare":
            self.action_act("compare_line")
        else:
            self.action_act("edit" if self.screen_name == "calc" and self.calc.fact() else "explain")

    def on_lines_followed(self, event: Lines.Followed) -> None:
        """A line of the panel or of the chart leads into the grid."""
        self.follow(event.target)

    def on_keys_pressed(self, event: Keys.Pressed) -> None:
        """A word above or below was clicked."""
        self.action_act(event.action)
