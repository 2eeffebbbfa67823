"""What the user did, as values: scenarios, and a named log of edits that can all be undone and redone.

The years of the case are the baseline and are never edited: an edit changes the differences of a scenario. Every value
here is immutable; the screen shows one and puts another in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from eduf import cell
from eduf.case import Case, Scenario
from tui.differences import Differences, end, put, without

Scenarios = tuple[Scenario, ...]


class Touched(NamedTuple):
    """A fact of a year that an edit set: what was typed, what was there, and what is there now; "" is unknown.

    Nothing typed: it went back to the baseline.
    """

    fact: str
    year: int
    typed: str
    was: str
    now: str


@dataclass(frozen=True)
class Snapshot:
    """The scenarios, and which of them is shown; "" is the baseline."""

    scenarios: Scenarios
    active: str = ""

    def scenario(self) -> Scenario | None:
        """The scenario that is shown."""
        return next((each for each in self.scenarios if each.name == self.active), None)


@dataclass(frozen=True)
class Edit:
    """An entry of the log. `kind` names its sentence under tui.edits; `name` is the scenario that it changed."""

    kind: str
    when: str  # local time, to the second: 2026-03-01T14:02:09
    name: str
    touched: tuple[Touched, ...]
    before: Snapshot
    after: Snapshot


class Change(NamedTuple):
    """What a cell shall be; a value of None: as in the baseline."""

    fact: str
    year: int
    typed: str
    value: Any


@dataclass(frozen=True)
class Store:
    """The case with its log; `done` edits of it are in force, the rest can be redone. `saved`: what the file has."""

    case: Case
    now: Snapshot
    edits: tuple[Edit, ...] = ()
    done: int = 0
    saved: Scenarios = ()

    @property
    def unsaved(self) -> bool:
        """Whether the file does not have what is shown."""
        return self.now.scenarios != self.saved

    @property
    def log(self) -> tuple[Edit, ...]:
        """The edits in force, the oldest first."""
        return self.edits[: self.done]

    def stated(self) -> Case:
        """The case with the scenarios as they are now."""
        if self.now.scenarios == self.case.scenarios:
            return self.case
        return self.case.model_copy(update={"scenarios": self.now.scenarios})

    def edited(self, kind: str, name: str, after: Snapshot, when: str, touched: Sequence[Touched] = ()) -> "Store":
        """After one more edit; what was undone before can no longer be redone."""
        edit = Edit(kind, when, name, tuple(touched), self.now, after)
        return replace(self, now=after, edits=(*self.log, edit), done=self.done + 1)

    def undone(self) -> "Store":
        """Without the last edit in force; the same where there is none."""
        if not self.done:
            return self
        return replace(self, now=self.edits[self.done - 1].before, done=self.done - 1)

    def redone(self) -> "Store":
        """With the edit that was undone last; the same where there is none."""
        if self.done == len(self.edits):
            return self
        return replace(self, now=self.edits[self.done].after, done=self.done + 1)

    def shown(self, name: str) -> "Store":
        """With another scenario on the screen; no edit."""
        return replace(self, now=replace(self.now, active=name))

    def kept(self) -> "Store":
        """Now that the file has it."""
        return replace(self, saved=self.now.scenarios)

    def last_touched(self, fact: str, year: int) -> tuple[str, Touched] | None:
        """When and how the fact of the year was last set in the scenario that is shown."""
        for edit in reversed(self.log):
            if edit.name == self.now.active:
                found = next((each for each in edit.touched if (each.fact, each.year) == (fact, year)), None)
                if found:
                    return edit.when, found
        return None


def opened(case: Case) -> Store:
    """The store of a case that was just read, its baseline shown."""
    return Store(case, Snapshot(case.scenarios), saved=case.scenarios)


def touching(store: Store, kind: str, changes: Sequence[Change], case: Case, when: str, fresh: str) -> Store:
    """The store after cells were set in the scenario shown; from the baseline, in a new one named `fresh`.

    `case`: what the scenario shown makes of the case, for what was there and which year is the last.
    """
    scenario = store.now.scenario() or Scenario(name=fresh, set=())
    years = {each.year: each for each in case.years}
    last, stated, touched = max(years), scenario.set, list[Touched]()
    for each in changes:
        was = getattr(years[each.year], each.fact) if each.year in years else None
        value = each.value
        made = each.year == last and last > max(year.year for year in store.case.years)
        if value is None and made and _makes(stated, each, last):
            value = getattr(years[last - 1], each.fact)  # it would take the year with it, so it repeats the year before
        stated = _set(stated, each._replace(value=value), last)
        now = _baseline(store.case, each.fact, each.year) if value is None else value
        touched.append(Touched(each.fact, each.year, each.typed, text(each.fact, was), text(each.fact, now)))
    changed = Scenario.model_construct(name=scenario.name, set=stated)
    return store.edited(kind, scenario.name, with_scenario(store.now, changed), when, touched)


def _set(stated: Differences, change: Change, last: int) -> Differences:
    if change.value is None:
        return without(stated, change.fact, change.year, last)
    return put(stated, change.fact, change.year, change.value, last)


def _makes(stated: Differences, change: Change, last: int) -> bool:
    """Whether what is to be taken out is all that makes the last year."""
    return end(stated) == last and end(without(stated, change.fact, change.year, last)) < last


def with_scenario(now: Snapshot, changed: Scenario) -> Snapshot:
    """The snapshot with the scenario of that name changed, or a new one at the end; it is the one shown."""
    there = [each.name for each in now.scenarios]
    if changed.name in there:
        scenarios = tuple(changed if each.name == changed.name else each for each in now.scenarios)
    else:
        scenarios = (*now.scenarios, changed)
    return Snapshot(scenarios, changed.name)


def without_scenario(now: Snapshot) -> Snapshot:
    """The snapshot without the scenario shown; the baseline is shown."""
    return Snapshot(tuple(each for each in now.scenarios if each.name != now.active))


def renamed(now: Snapshot, name: str) -> Snapshot:
    """The snapshot with another name for the scenario shown."""
    scenarios = (each.model_copy(update={"name": name}) if each.name == now.active else each for each in now.scenarios)
    return Snapshot(tuple(scenarios), name)


def text(fact: str, value: Any) -> str:
    """A value of a fact in the log, as it can be typed again."""
    found = cell.plain(fact, value)
    return ", ".join(found) if isinstance(found, list) else str(found)


def _baseline(case: Case, fact: str, year: int) -> Any:
    return next((getattr(each, fact) for each in case.years if each.year == year), None)
