"""How a figure answers to assumptions: each is varied alone, and the one that moves the figure most stands first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from eduf.case import Case, Scenario
from eduf.change import named
from eduf.history import History, compute
from eduf.law import Law
from eduf.money import exactly
from eduf.problems import Problem, Refused
from eduf.scenario import applied
from eduf.typed import Range, line_of_year, varied
from eduf.version import __version__


class Point(NamedTuple):
    """A value that was put in, what the line then is (None: unknown), and how far that is from the baseline."""

    value: Decimal
    result: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True)
class Varied:
    """An assumption and its points; `swing` is how far apart the line's lowest and highest value lie."""

    range: Range
    years: str
    points: tuple[Point, ...]
    low: Point
    high: Point
    swing: Decimal

    def as_json(self) -> dict[str, Any]:
        """The assumption as JSON."""
        return {
            "fact": self.range.fact,
            "years": self.years,
            "way": self.range.way,
            "low": _texts(self.low),
            "high": _texts(self.high),
            "swing": str(self.swing),
            "points": [_texts(each) for each in self.points],
        }


@dataclass(frozen=True)
class Sensitivity:
    """A line of a year, its value in the case as it stands, and the assumptions, the largest swing first."""

    line: str
    year: int
    baseline: Decimal
    varied: tuple[Varied, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Every point as a flat row."""
        return [
            {"fact": each.range.fact, "years": each.years, "way": each.range.way, **point._asdict()}
            for each in self.varied
            for point in each.points
        ]

    def as_json(self) -> dict[str, Any]:
        """The document of `eduf vary --json`: amounts and rates are text."""
        head = {"format": 1, "eduf": __version__, "line": self.line, "year": self.year, "baseline": str(self.baseline)}
        return {**head, "vary": [each.as_json() for each in self.varied]}


def sensitivity(case: Case, vary: Sequence[str], line: str, by: Law | None = None) -> Sensitivity:
    """What a line of a year (`carried_forward@2028`) becomes as each assumption is varied alone.

    An assumption: `total_wages@2026-=grow -5%..10% step 1%`; without years, the plan years. Raises Refused.

    >>> from eduf import read
    >>> from eduf.sensitivity import sensitivity
    >>> case = read("examples/machinery.toml")
    >>> found = sensitivity(case, ["spent@2026*=90%..110%", "deductible_wages@2026+=-500000..500000"],
    ...                     "carried_forward@2026")
    >>> [(each.range.fact, str(each.swing)) for each in found.varied]
    [('spent', '284000.00'), ('deductible_wages', '80000.00')]
    """
    name, number = line_of_year(line)
    ranges = [varied(each) for each in vary]
    history = compute(case, by)
    before = _result(history, name, number)
    with exactly():
        found = [_varied(history, each, name, number, before) for each in ranges]
    return Sensitivity(name, number, before, tuple(sorted(found, key=lambda each: -each.swing)))


def _result(history: History, name: str, number: int) -> Decimal:
    """The line in the case as it stands. Raises Refused where it is unknown or there is no such year."""
    year = history.year(number)
    if year is None:
        values = {"found": number, "first": history.years[0].year, "last": history.years[-1].year}
        raise Refused([Problem("year_unknown", "error", values=values)])
    value = year.values[name]
    if value is None:
        raise Refused([Problem("solve_unknown", "error", values={"line": named(name), "year": number})])
    return value


def _varied(history: History, each: Range, name: str, number: int, before: Decimal) -> Varied:
    years = each.years or _plan_years(history)
    points = tuple(_point(history, each, years, value, name, number, before) for value in each.values)
    known = [(point.result, point) for point in points if point.result is not None]
    if not known:
        raise Refused([Problem("solve_unknown", "error", values={"line": named(name), "year": number})])
    (least, low), (most, high) = (pick(known, key=lambda pair: pair[0]) for pick in (min, max))
    return Varied(each, years, points, low, high, most - least)


def _plan_years(history: History) -> str:
    first = next((year.year for year in history.years if year.status == "plan"), None)
    if first is None:
        raise Refused([Problem("vary_years", "error")])
    return f"{first}-"


def _point(history: History, each: Range, years: str, value: Decimal, name: str, number: int, before: Decimal) -> Point:
    scenario = Scenario(name=f"{each.fact}@{years}", set=(each.difference(value, years),))
    year = compute(applied(history.case, scenario), history.law, since=history).year(number)
    result = year.values[name] if year else None
    return Point(value, result, None if result is None else result - before)


def _texts(point: Point) -> dict[str, str | None]:
    return {key: None if value is None else str(value) for key, value in point._asdict().items()}
