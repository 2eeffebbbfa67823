"""Scenarios, plan years and goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eduf.case import Scenario
from eduf.change import AMOUNTS, SIGNED
from eduf.solution import Solution
from tui.desk import now
from tui.dialogs.ask import Ask
from tui.dialogs.goal import Goal
from tui.dialogs.scenarios import Answer, Scenarios
from tui.differences import longer, shorter, without
from tui.store import Change, renamed, with_scenario, without_scenario

if TYPE_CHECKING:
    from tui.app import Eduf


def scenarios(app: Eduf) -> None:
    """F4: show, make, rename, copy or take away a scenario."""

    def done(answer: Answer | None) -> None:
        if answer:
            _ACTS[answer[0]](app, answer[1])

    app.ask(Scenarios(app.looks, app.desk.store.now), done)


def show(app: Eduf, name: str) -> None:
    """Another scenario on the screen."""
    app.put(app.desk.store.shown(name), "shown")


def new(app: Eduf, name: str = "") -> None:
    """An empty scenario, or a copy."""
    like = next((each for each in app.desk.store.now.scenarios if each.name == name), None)

    def done(typed: str | None) -> None:
        if typed:
            made = Scenario(name=typed, set=like.set if like else ())
            _put(app, "scenario_copied" if like else "scenario_added", made)

    fresh = app.desk.fresh_name()
    app.ask(Ask(app.looks, app.looks.word("scenarios.new"), "", fresh, lambda typed: _wrong_name(app, typed)), done)


def rename(app: Eduf, name: str) -> None:
    """Another name."""

    def done(typed: str | None) -> None:
        store = app.desk.store.shown(name)
        if typed:
            app.put(store.edited("scenario_renamed", typed, renamed(store.now, typed), now()), "done")

    app.ask(Ask(app.looks, app.looks.word("scenarios.rename"), "", name, lambda typed: _wrong_name(app, typed)), done)


def remove(app: Eduf, name: str) -> None:
    """Take a scenario away; undo brings it back."""
    store = app.desk.store.shown(name)
    app.put(store.edited("scenario_removed", name, without_scenario(store.now), now()), "removed")


_ACTS = {"show": show, "new": lambda app, _: new(app), "copy": new, "rename": rename, "remove": remove}


def _wrong_name(app: Eduf, typed: str) -> str:
    """What is wrong with a name: none, or one that there is."""
    there = {each.name.casefold() for each in app.desk.store.now.scenarios}
    if not typed or len(typed) > 60:
        return app.looks.word("scenarios.no_name")
    return app.looks.word("scenarios.name_taken") if typed.casefold() in there else ""


def _put(app: Eduf, kind: str, changed: Scenario) -> None:
    store = app.desk.store
    app.put(store.edited(kind, changed.name, with_scenario(store.now, changed), now()), "done")


def insert_year(app: Eduf) -> None:
    """One more plan year, which repeats the last."""
    scenario = app.desk.store.now.scenario() or Scenario(name=app.desk.fresh_name(), set=())
    last = app.desk.model.history.years[-1].year
    _put(app, "year_added", scenario.model_copy(update={"set": longer(scenario.set, last)}))
    app.calc.go("spent", last + 1)


def remove_year(app: Eduf) -> None:
    """Without the last year, where the scenario made it."""
    scenario, last = app.desk.store.now.scenario(), app.desk.model.history.years[-1].year
    if scenario is None or app.desk.model.baseline.year(last):
        app.say(app.looks.word("messages.no_year_to_remove"))
        return
    _put(app, "year_removed", scenario.model_copy(update={"set": shorter(scenario.set, last - 1)}))


def goal(app: Eduf) -> None:
    """F7: seek, and take the answer as one edit."""
    fact, year = app.calc.fact() or ("spent", 0)
    if fact not in (*AMOUNTS, *SIGNED):
        fact = "spent"
    plans = [each.year for each in app.desk.model.history.years if each.status == "plan"] or list(app.desk.years)
    change = f"{app.looks.name(fact)}@{year or plans[0]}"
    so_that = f"{app.looks.name('carried_forward')}@{app.desk.years[-1]}=0"

    def done(found: Solution | None) -> None:
        if found:
            _take(app, found)

    app.ask(Goal(app.looks, app.desk.model.case, change, so_that), done)


def _take(app: Eduf, found: Solution) -> None:
    """The answer in the scenario shown."""
    difference, last = found.difference(), app.desk.years[-1]
    begin, dash, end = found.change.years.partition("-")
    years = range(int(begin), int(end or (last if dash else begin)) + 1)
    if found.answer is None or difference is None:
        return
    if not found.change.grows:
        app.edit("goal", [Change(found.change.fact, year, found.so_that.text(), found.answer) for year in years])
        return
    scenario = app.desk.store.now.scenario() or Scenario(name=app.desk.fresh_name(), set=())
    stated = scenario.set
    for year in years:
        stated = without(stated, found.change.fact, year, last)
    _put(app, "goal", scenario.model_copy(update={"set": (*stated, difference)}))
