"""What is shown and how: screens, explanation, panels, search, help, language, unit, theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from eduf.lines import NAMES
from tui import explaining, settings
from tui.dialogs.choice import Choice
from tui.dialogs.pick import Pick
from tui.dialogs.reader import Reader
from tui.themes import THEMES
from tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from tui.app import Eduf

SCREENS = ("calc", "compare", "chart", "law", "ledger")
STEPS = 5  # of the tour
PANELS = ("explanation", "notices", "log")


def show(app: Eduf, name: str) -> None:
    """Another screen."""
    app.turn_to(name)


def next_screen(app: Eduf, step: int = 1) -> None:
    """The screen beside."""
    app.turn_to(SCREENS[(SCREENS.index(app.screen_name) + step) % len(SCREENS)])


def explain(app: Eduf) -> None:
    """F3: into the panel where there is one, else in a dialogue; Enter there goes to an operand."""
    at = app.pointed()
    if at is None:
        return
    if app.has_panel:
        app.panel_shows = "explanation"
        app.paint()
        app.screen.set_focus(app.query_one("#panel"))
        return
    lines = explaining.explanation(app.desk.shown, *at, app.looks)
    app.ask(Reader(app.looks, app.looks.word("panel.explanation"), lines), app.follow)


def notices(app: Eduf) -> None:
    """F9: what wants to be looked at."""
    _panel(app, "notices", explaining.notices(app.desk.shown, app.looks))


def log(app: Eduf) -> None:
    """The log of edits."""
    _panel(app, "log", explaining.log(app.desk.shown, app.looks))


def _panel(app: Eduf, which: str, lines: Iterator[Line]) -> None:
    if app.has_panel:
        app.panel_shows = which
        app.paint()
        app.screen.set_focus(app.query_one("#panel"))
    else:
        app.ask(Reader(app.looks, app.looks.word(f"panel.{which}"), lines), app.follow)


def next_panel(app: Eduf) -> None:
    """F5: another panel beside the screen."""
    app.panel_shows = PANELS[(PANELS.index(app.panel_shows) + 1) % len(PANELS)]
    if not app.has_panel:
        app.say(app.looks.word("messages.no_panel"))
    app.paint()


def find(app: Eduf) -> None:
    """Ctrl+F: a line of the grid by a part of its name."""

    def done(key: str | None) -> None:
        if key:
            app.turn_to("calc")
            app.calc.go(key, app.calc.columns[app.calc.window.column].key)

    rows = [(each.key, f"{each.mark} {each.label}") for each in app.calc.rows if not each.heading]
    app.ask(Pick(app.looks, app.looks.word("actions.find"), rows), done)


def choose_line(app: Eduf) -> None:
    """The line that is compared."""

    def done(key: str | None) -> None:
        if key:
            app.compare.chosen(key)
            app.paint()

    app.ask(Pick(app.looks, app.looks.word("compare.choose"), [(each, app.looks.name(each)) for each in NAMES]), done)


def language(app: Eduf) -> None:
    """Chinese or English."""
    _look(app, "lang", {"zh": "en", "en": "zh"}[app.looks.lang])


def unit(app: Eduf) -> None:
    """元 or 万元."""
    _look(app, "unit", {"yuan": "wan", "wan": "yuan"}[app.looks.unit])


def _look(app: Eduf, key: str, value: str) -> None:
    app.desk.looks = replace(app.desk.looks, **{key: value})  # type: ignore[arg-type]
    settings.prefer(key, value)
    app.paint()


def theme(app: Eduf) -> None:
    """Dark, light or high contrast."""

    def done(name: str | None) -> None:
        if name:
            app.theme = THEMES[name].name
            settings.prefer("theme", name)

    looks = app.looks
    app.ask(
        Choice(looks, looks.word("actions.theme"), "", [(each, looks.word(f"themes.{each}")) for each in THEMES]), done
    )


def all_facts(app: Eduf) -> None:
    """Every fact of a year, or only those that are stated."""
    app.calc.all_facts = not app.calc.all_facts
    app.paint()


def palette(app: Eduf) -> None:
    """Ctrl+P: every action by its name."""

    def done(action: str | None) -> None:
        if action:
            app.run_action_of(action)

    app.ask(Pick(app.looks, app.looks.word("actions.palette"), app.palette_entries()), done)


def tour(app: Eduf, step: int = 1) -> None:
    """Five short steps; they come by themselves only once."""
    settings.prefer("tour", "done")
    looks = app.looks

    def done(answer: str) -> None:
        if answer == "next":
            tour(app, step + 1)

    answers = [(each, looks.word(f"tour.{each}")) for each in ("next", "end")[step // STEPS :]]
    app.ask(Choice(looks, looks.says("tour.title", step=step), looks.word(f"tour.{step}"), answers), done)


def help_(app: Eduf) -> None:
    """F1: what has the focus, then every action with its key and its command."""
    topic = app.panel_shows if isinstance(app.focused, Lines) and app.focused.id == "panel" else app.screen_name
    app.ask(Reader(app.looks, app.looks.word("actions.help"), _help(app, topic)), lambda _: None)


def _help(app: Eduf, topic: str) -> Iterator[Line]:
    looks = app.looks
    yield Line(looks.word(f"screens.{topic}" if topic in SCREENS else f"panel.{topic}"), "head")
    yield from (Line(each) for each in looks.word(f"help.{topic}").split("\n"))
    yield Line("")
    yield Line(looks.word("help.actions"), "head")
    for action, key in app.keys_of_actions():
        twin = looks.drawn(f"  [{action.twin}]") if action.twin else ""
        yield Line(f"{key:10} {looks.word(f'actions.{action.id}')}{twin}")


to_screen = {name: partial(show, name=name) for name in SCREENS}
