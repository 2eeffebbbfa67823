"""What the app draws around its screens: title, screens' names, cell, status, keys, panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Static

from tui import explaining
from tui.actions import BY_ID, FOOT, shown_key
from tui.doing.viewing import SCREENS
from tui.looks import fitted, shortened, wrapped
from tui.screens.compare import signed
from tui.widgets import bars
from tui.widgets.keys import Item, Keys
from tui.widgets.lines import Line, Lines

MOST_LINES = 3  # of what is wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.app import Eduf


def all_of_it(app: Eduf) -> None:
    """Everything, from what lies on the desk."""
    below = app.screen_stack[0]
    below.query_one("#small", Static).update(app.looks.word("messages.small"))
    if not app.opened:
        return
    below.set_class(app.has_panel, "wide")
    app.view.show_desk(app.desk)
    if app.screen_name == "compare" and app.compare.problems:
        app.complain(app.compare.problems)
    _title(app)
    looks = app.looks
    tabs = [Item(name, "", looks.word(f"screens.{name}"), name == app.screen_name) for name in SCREENS]
    below.query_one("#tabs", Keys).show(tabs)
    foot = [Item(each, shown_key(app.key_of(BY_ID[each])), looks.word(f"foot.{each}")) for each in FOOT]
    below.query_one("#keys", Keys).show(foot)
    cell(app)


def _title(app: Eduf) -> None:
    desk, looks = app.desk, app.looks
    active = looks.drawn(desk.shown.store.now.active) or looks.word(".scenario.baseline")
    marks = f"{' *' if desk.store.unsaved else ''}"
    right = f" {looks.word('title.scenario')}: {active}{marks}  {looks.word(f'title.{looks.unit}')} "
    left = f" eduf  {looks.drawn(desk.store.case.enterprise.name)}"
    room = max(app.size.width - cell_len(right), 0)
    app.screen_stack[0].query_one("#title", Static).update(fitted(left, room) + fitted(right, app.size.width - room))


def cell(app: Eduf) -> None:
    """What belongs to the cursor: the cell, the status, the panel."""
    if not app.opened:
        return
    head = _address(app)
    address = app.screen_stack[0].query_one("#address", Static)
    address.update(app.draft.shown(head) if app.draft else fitted(head, app.size.width))
    status(app)
    if app.has_panel:
        app.screen_stack[0].query_one("#panel", Lines).show(_panel(app))


def _address(app: Eduf) -> str:
    """The cell in words: year, name, figure, and how far it is from the baseline."""
    pointed, looks, model = app.pointed(), app.looks, app.desk.shown
    if pointed is None:
        return looks.word(f"help.{app.screen_name}_short")
    name, year = pointed
    head = f" {looks.says('.explain.in_year', line=looks.name(name), year=year)}"
    if app.editing:
        return f"{head} ({looks.word('title.yuan')}): "
    there = model.baseline.year(year)
    value, base = model.value(name, year), there.values.get(name) if there else None
    if value is None or base is None or value == base:
        return head
    difference = signed(name, value - base, looks).strip()
    return f"{head}   {looks.word('.scenario.baseline')} {looks.figure(name, base).strip()}   {difference}"


def status(app: Eduf) -> None:
    """The message, else how many notices there are, the first warning before all."""
    text, wrong = app.message
    if not text and app.opened:
        text, wrong = _notices(app), False
    found = app.screen_stack[0].query_one("#status", Static)
    found.set_class(wrong, "wrong")
    lines = wrapped(text, max(app.size.width - 2, 8))[: MOST_LINES if wrong else 1]
    rest = text if len(lines) == 1 else text[text.rindex(lines[-1]) :] if lines[-1] in text else lines[-1]
    found.styles.height = len(lines)
    found.update("\n".join(shortened(f" {each}", app.size.width) for each in (*lines[:-1], rest)))


def _notices(app: Eduf) -> str:
    problems, looks = app.desk.shown.history.problems, app.looks
    warnings = [each for each in problems if each.level != "notice"]
    said = looks.says("title.notices", warnings=len(warnings), notices=len(problems) - len(warnings))
    new = [each for each in warnings if each not in app.desk.shown.baseline.problems]
    first = next(iter(new or warnings), None)
    return f"{said}  {explaining.said(first, looks)}" if first else said


def _panel(app: Eduf) -> Iterator[Line]:
    """The panel: what was asked for, and below the explanation the bars of the years around."""
    looks, model, pointed = app.looks, app.desk.shown, app.pointed()
    shows = app.panel_shows if pointed or app.panel_shows == "log" else "notices"
    yield Line(f"[{looks.word(f'panel.{shows}')}]", "quiet")
    if shows == "notices":
        yield from explaining.notices(model, looks)
    elif shows == "log":
        yield from explaining.log(model, looks)
    elif pointed:
        yield from explaining.explanation(model, *pointed, looks)
        yield Line("")
        yield from _bars(app, pointed[1])


def _bars(app: Eduf, year: int) -> Iterator[Line]:
    """Five years of the chart, the one of the cursor among them."""
    looks, model, years = app.looks, app.desk.shown, app.desk.years
    at = years.index(year) if year in years else 0
    start = max(min(at - 2, len(years) - 5), 0)
    cells = max(app.screen_stack[0].query_one("#panel").size.width - 3, 20)
    yield Line(looks.name("carried_forward"), "quiet")
    for each in bars.lines(model, years[start : start + 5], cells, looks):
        yield Line(each)
    yield Line(bars.legend(looks), "quiet")
