"""A case beside what its scenarios make of it: line by line, year by year, and what it comes to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from eduf import lines
from eduf.case import Case, Difference, Scenario
from eduf.history import History, Year, compute
from eduf.law import Law
from eduf.money import ZERO, exactly
from eduf.problems import Place, Problem, Refused
from eduf.scenario import Changed, application

_TENTHS = 1000  # tenths of a per cent in the whole


class Compared(NamedTuple):
    """A line of a year beside the baseline; None: unknown, or not in such a year; no per cent of nothing."""

    year: int
    line: str
    value: Decimal | None
    baseline: Decimal | None
    difference: Decimal | None
    percent: Decimal | None


class Dated(NamedTuple):
    """An amount and the first year that has it."""

    year: int
    amount: Decimal


@dataclass(frozen=True)
class Outcome:
    """A scenario, computed; the baseline has no name and no differences."""

    name: str
    set: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    history: History


class Summary(NamedTuple):
    """What an outcome comes to in the years that are compared.

    `clears`: the year in which what was carried forward comes to an end; None where nothing is, or something remains.
    `tax`: of those years together that every outcome has; None where that of any is unknown.
    """

    clears: int | None
    largest_carried_forward: Dated
    lowest_fund: Dated
    tax: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """The baseline, which is the case as it stands, and the scenarios, in their order."""

    case: Case
    outcomes: tuple[Outcome, ...]

    @property
    def baseline(self) -> Outcome:
        """The case as it stands."""
        return self.outcomes[0]

    def compared(self, outcome: Outcome, names: Sequence[str] = ()) -> tuple[Compared, ...]:
        """These lines, or every line, of every year beside the baseline."""
        before = {year.year: year for year in self.baseline.history.years}
        with exactly():
            return tuple(
                _compared(year, before.get(year.year), name)
                for name in names or tuple(self.baseline.history.years[0].lines())
                for year in outcome.history.years
            )

    def rows(self, names: Sequence[str] = ()) -> list[dict[str, Any]]:
        """The comparison as flat rows, as for `pandas.DataFrame(rows)`: a row for a line of a year of a scenario."""
        return [
            {"scenario": outcome.name or None, **each._asdict()}
            for outcome in self.outcomes
            for each in self.compared(outcome, names)
        ]

    @cached_property
    def years(self) -> range:
        """The years in which anything differs, and those after them; all where nothing does.

        A year that all outcomes have is always among them, so that each has something to compare.
        """
        first = self.baseline.history.years[0].year
        last = max(each.history.years[-1].year for each in self.outcomes)
        differ = (
            each.year
            for outcome in self.outcomes[1:]
            for each in self.compared(outcome)
            if each.value != each.baseline or each.year > self.baseline.history.years[-1].year
        )
        return range(min(min(differ, default=first), self.last_shared), last + 1)

    def summary(self, outcome: Outcome) -> Summary:
        """What an outcome comes to in the years in which anything differs, and those after them."""
        among = [year for year in outcome.history.years if year.year in self.years]
        largest = max(_dated(among, "carried_forward"), key=lambda each: each.amount)
        lowest = min(_dated(among, "fund_closing"), key=lambda each: each.amount)
        shared = [year for year in among if year.year <= self.last_shared]
        return Summary(_clears(among), largest, lowest, _sum_of_tax(shared))

    @property
    def last_shared(self) -> int:
        """The last year that every outcome has: sums over years compare only up to there."""
        return min(each.history.years[-1].year for each in self.outcomes)


def _clears(years: Sequence[Year]) -> int | None:
    carries = [year.year for year in years if year.values["prior_carried_forward"] or year.values["carried_forward"]]
    return carries[-1] if carries and not years[-1].values["carried_forward"] else None


def _dated(years: Sequence[Year], line: str) -> list[Dated]:
    known = ((year.year, year.values[line]) for year in years)
    return [Dated(year, amount) for year, amount in known if amount is not None]


def _sum_of_tax(years: Sequence[Year]) -> Decimal | None:
    known = [tax for year in years if (tax := year.values.get("tax")) is not None]
    with exactly():
        return sum(known, ZERO) if len(known) == len(years) else None


def compare(case: Case, scenarios: Sequence[Scenario] | None = None, by: Law | None = None) -> Comparison:
    """The case as it stands and each scenario, or each of these; all computed.

    Raises Refused with what is wrong with any of them.

    >>> from eduf import compare, read
    >>> comparison = compare(read("examples/machinery.toml"))
    >>> {each.name: comparison.summary(each).clears for each in comparison.outcomes}
    {'': 2027, 'B 多培训': 2030, 'C 项目分两年': None, 'D 订单下滑': 2027}
    """
    chosen = case.scenarios if scenarios is None else tuple(scenarios)
    baseline = Outcome("", (), (), compute(case, by))
    found: list[Outcome] = []
    problems = list(_twice(case, chosen))
    for scenario in chosen:
        try:
            found.append(_outcome(case, scenario, baseline.history))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return Comparison(case, (baseline, *found))


def _outcome(case: Case, scenario: Scenario, since: History) -> Outcome:
    made = application(case, scenario)
    return Outcome(scenario.name, scenario.set, made.changed, compute(made.case, since.law, since=since))


def _twice(case: Case, scenarios: Sequence[Scenario]) -> Iterator[Problem]:
    for name, count in Counter(each.name for each in scenarios).items():
        if count > 1:
            yield Problem("scenario_twice", "error", Place(case.places.file), {"found": name})


def _compared(year: Year, before: Year | None, name: str) -> Compared:
    value, base = year.values.get(name), before.values.get(name) if before else None
    difference = None if value is None or base is None else value - base
    share = None if name in lines.RATES else percent_of(difference, base)
    return Compared(year.year, name, value, base, difference, share)


def percent_of(difference: Decimal | None, baseline: Decimal | None) -> Decimal | None:
    """How many per cent of the baseline the difference is, to one decimal, half up; only for display."""
    if difference is None or not baseline:
        return None
    fen, whole = int(abs(difference).scaleb(2)), int(abs(baseline).scaleb(2))
    tenths = (2 * fen * _TENTHS + whole) // (2 * whole)
    return Decimal(tenths if difference > 0 else -tenths).scaleb(-1)
