"""A scenario, applied: a list of differences to a case makes another case, which is computed like any other.

A range that ends after the last year makes the plan years up to there; each repeats the facts of the year before,
without what was booked or happened once. The order in which the differences stand changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from eduf.case import Case, Places, Scenario, Year
from eduf.change import WAYS, Change, change, last_covered, named
from eduf.money import Unreadable, exactly
from eduf.planned import HAPPENED_ONCE, Numbered, Plan, Wrong
from eduf.problems import Path, Place, Problem, Refused
from eduf.reading import LAST_YEAR

BASES = ("to", "grow")
PARTS = {"total_wages": "monthly_wages", "spent": "front_line_spent", "spent_in_full": "front_line_spent"}

By = dict[tuple[str, int], list[Numbered]]


class Changed(NamedTuple):
    """A fact of a year that a scenario changed; None: unknown, or not stated."""

    year: int
    fact: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Applied:
    """The case that a scenario makes, and what it changed; the facts of plan years that it made are not among them."""

    scenario: Scenario
    case: Case
    changed: tuple[Changed, ...]


def applied(case: Case, scenario: Scenario, until: int = 0) -> Case:
    """The case that the scenario makes of a case. Raises Refused with all that is wrong with the differences.

    `until`: plan years are made up to there, whatever the differences cover.
    """
    return application(case, scenario, until).case


def application(case: Case, scenario: Scenario, until: int = 0) -> Applied:
    """The same, with what was changed."""
    years = {year.year: year for year in case.years}
    with exactly():
        changes, last = _read(case, scenario, min(years), max(*years, until))
        by = _by_fact_and_year(case, scenario, changes, last)
        fresh = range(max(years) + 1, last + 1)
        made = _years(years, _values(case, scenario, Plan(years, by), by, fresh), fresh)
    changed = tuple(_changed(years, made))
    return Applied(scenario, _case(case, _above(case, scenario), made, by), changed)


def _read(case: Case, scenario: Scenario, first: int, end: int) -> tuple[list[Numbered], int]:
    """Every difference, read against its fact and the years that there are; and the last of these."""
    found: list[Numbered] = []
    problems: list[Problem] = []
    for position, stated in enumerate(scenario.set):
        way = next((each for each in WAYS if getattr(stated, each) is not None), "")
        try:
            found.append((position, change(stated)))
        except Unreadable as error:
            problems.append(_problem(case, scenario, position, way, error.code, error.values))
    last = last_covered(tuple(each for _, each in found), end)
    for position, each in found:
        if code := _outside(each, first, last):
            values = {"found": scenario.set[position].years, "first": first, "last": last, "next": last + 3}
            problems.append(_problem(case, scenario, position, "years", code, values))
    if problems:
        raise Refused(problems)
    return found, last


def _outside(each: Change, first: int, last: int) -> str | None:
    """What is wrong with the years of a difference."""
    if (each.end or each.begin) > LAST_YEAR:
        return "scenario_after_2100"
    return "scenario_touches_nothing" if each.begin < first or each.begin > last else None


def _by_fact_and_year(case: Case, scenario: Scenario, changes: list[Numbered], last: int) -> By:
    """The differences to each fact of each year. Raises Refused for those that contradict each other."""
    by: By = {}
    firsts: dict[tuple[str, int, str], int] = {}
    clashes: dict[int, tuple[int, int]] = {}  # the first that each contradicts, and the year
    for position, each in changes:
        for year in range(each.begin, (each.end or last) + 1):
            by.setdefault((each.fact, year), []).append((position, each))
            if once := _once(each.way):
                other = firsts.setdefault((each.fact, year, once), position)
                if other != position:
                    clashes.setdefault(position, (other, year))
    if clashes:
        raise Refused(
            _problem(case, scenario, position, "", "scenario_contradiction", {"year": year, "other": other + 1})
            for position, (other, year) in clashes.items()
        )
    return by


def _once(way: str) -> str:
    """What a fact may be only once: set or grown, and multiplied, as two roundings would hang on their order."""
    return "base" if way in BASES else way if way == "times" else ""


def _values(case: Case, scenario: Scenario, plan: Plan, by: By, fresh: range) -> dict[int, dict[str, Any]]:
    """The facts that the scenario gives to each year, to `fresh` ones all. Raises Refused with all that is wrong."""
    found: dict[int, dict[str, Any]] = {}
    wrong: dict[int, Wrong] = {}
    made = {(fact, year) for fact, _ in by for year in fresh}
    for fact, year in sorted({*by, *made}, key=lambda key: key[::-1]):
        try:
            found.setdefault(year, {})[fact] = plan.value(fact, year)
        except Wrong as error:
            wrong.setdefault(error.position, error)
    if wrong:
        raise Refused(
            _problem(case, scenario, position, "", each.code, each.values) for position, each in sorted(wrong.items())
        )
    return found


def _years(years: Mapping[int, Year], values: Mapping[int, dict[str, Any]], fresh: range) -> dict[int, Year]:
    """The years with these facts, in the order of the case, and behind them the plan years that are made."""
    made = {number: _with(year, values.get(number, {})) for number, year in years.items()}
    for number in fresh:
        begun = {"year": number, "status": "plan", **dict.fromkeys(HAPPENED_ONCE)}
        made[number] = made[number - 1].model_copy(update=begun | values.get(number, {}))
    return made


def _with(year: Year, values: Mapping[str, Any]) -> Year:
    """The year with these facts. A part of a total that changed is unknown, unless it is stated as well."""
    update = {fact: value for fact, value in values.items() if getattr(year, fact) != value}
    parts = {PARTS[fact]: None for fact in update if fact in PARTS and PARTS[fact] not in values}
    return year.model_copy(update=parts | update) if update else year


def _changed(before: Mapping[int, Year], after: Mapping[int, Year]) -> Iterator[Changed]:
    for number in sorted(before):
        old, new = before[number], after[number]
        if new is not old:
            pairs = ((fact, getattr(old, fact), getattr(new, fact)) for fact in Year.model_fields)
            yield from (Changed(number, fact, was, now) for fact, was, now in pairs if was != now)


def _case(case: Case, above: Path, made: Mapping[int, Year], by: By) -> Case:
    """The case with these years and no scenarios; a fact that was changed stands where its difference does, below."""
    numbers = list(made)
    new = case.model_copy(update={"years": tuple(made.values()), "scenarios": ()})
    stands: dict[tuple[str, int], Path] = {key: (*above, found[0][0]) for key, found in by.items()} if above else {}
    places: dict[Path, Path] = {("year", numbers.index(year), fact): path for (fact, year), path in stands.items()}
    for number in numbers[len(case.years) :]:
        repeated: Path = above or ("year", numbers.index(max(year.year for year in case.years)))
        at = next((path for (_, year), path in stands.items() if year == number), repeated)
        places[("year", numbers.index(number))] = at
    return new.at(_standing(case.places, places, tuple(numbers)))


def _standing(places: Places, spots: Mapping[Path, Path], numbers: tuple[int, ...]) -> Places:
    """The places of the case, some facts standing where other paths do."""
    lines = {path: places.lines[at] for path, at in spots.items() if at in places.lines}
    cells = {path: places.cells[at] for path, at in spots.items() if at in places.cells}
    return replace(places, lines={**places.lines, **lines}, cells={**places.cells, **cells}, years=numbers)


def _above(case: Case, scenario: Scenario) -> Path:
    """The path of the scenario's differences, where it stands in the case."""
    at = next((n for n, each in enumerate(case.scenarios) if each is scenario), None)
    return () if at is None else ("scenario", at, "set")


def _problem(
    case: Case, scenario: Scenario, position: int, key: str, code: str, values: Mapping[str, object]
) -> Problem:
    """A problem of a difference: at its line, or, where the case has no such scenario, by the scenario's name."""
    above, stated = _above(case, scenario), scenario.set[position]
    path = (*(above or ("set",)), position, *filter(None, (key,)))
    where = case.places(*path) if above else Place(scenario.name, path=path[1:])
    return Problem(code, "error", where, {"label": named(stated.fact), **_labelled(values), "scenario": scenario.name})


def _labelled(values: Mapping[str, object]) -> dict[str, object]:
    """The values, a fact among them by its label."""
    return {key: named(str(value)) if key == "fact" else value for key, value in values.items()}
