"""The fold: a case becomes a History of computed years, from the oldest to the newest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile
from typing import Any

from eduf import doubts, facts, law, lines, losses, money, notices, tax_notices, vintages
from eduf.behind import behind, leading_to
from eduf.case import Case
from eduf.compared import compared, parts
from eduf.facts import Figure
from eduf.line import BOOKS, Line, Number, Setting
from eduf.losses import Lives, Losses
from eduf.problems import Place, Problem, Refused
from eduf.vintages import Vintages

_LINES = frozenset(lines.NAMES)


@dataclass(frozen=True)
class Year:
    """A computed year: the figures that its lines read, and what they gave. None: unknown, or not in such a year.

    `vintages` and `losses` are what is carried out of the year by the year in which it arose; `expired`, the losses
    that expire at its end.
    """

    year: int
    status: str
    position: int
    setting: Setting
    figures: Mapping[str, Figure]
    values: Mapping[str, Decimal | None]
    vintages: Vintages = ()
    losses: Losses = ()
    expired: Losses = ()

    def lines(self) -> dict[str, Decimal | None]:
        """Every line by name, and what they read of the law and of earlier years."""
        return {name: self.values.get(name) for name in lines.SHOWN}

    def line(self, name: str) -> Line | None:
        """The line of that name, as this year has it."""
        return next((each for each in lines.of(self.setting) if each.name == name), None)


@dataclass(frozen=True)
class History:
    """A case, computed."""

    case: Case
    law: law.Law
    years: tuple[Year, ...]
    problems: tuple[Problem, ...] = ()

    def year(self, number: int) -> Year | None:
        """The computed year of that number."""
        return next((each for each in self.years if each.year == number), None)

    def before(self, year: Year) -> Year | None:
        """The year before."""
        return self.year(year.year - 1)

    def rows(self) -> list[dict[str, Any]]:
        """A flat row for each year, as for `pandas.DataFrame(rows)`: its figures and lines; None as in `values`."""
        return [{"year": year.year, "status": year.status, **year.values} for year in self.years]


def compute(case: Case, by: law.Law | None = None, *, since: History | None = None) -> History:
    """Every line of every year of the case. Raises Refused where the figures make no sense together.

    `since`: a history of the same case with other facts; its years are kept up to the first whose facts changed.
    """
    rules = by or law.current()
    with money.exactly():
        if wrong := [
            Problem(each.code, "error", case.places(*each.path), each.values) for each in compared(parts(case), rules)
        ]:
            raise Refused(wrong)
        years = _fold(case, rules, _unchanged(case, rules, since) if since else [])
        left = vintages.remaining(facts.vintages(case), [_movement(each) for each in years])
        traced = tuple(replace(year, vintages=each) for year, each in zip(years, left, strict=True))
        history = History(case, rules, traced)
        problems = (*notices.of(history), *tax_notices.of(history), *doubts.of(history))
    if impossible := [each for each in problems if each.level == "error"]:
        raise Refused(impossible)
    return replace(history, problems=problems)


def _unchanged(case: Case, rules: law.Law, since: History) -> list[Year]:
    """The computed years that still hold: the first ones, as long as their facts are the very same."""
    before = since.case
    if since.law is not rules or before.enterprise is not case.enterprise or before.opening is not case.opening:
        return []
    pairs = zip(since.years, before.in_order(), case.in_order(), strict=False)
    return [year for year, *_ in takewhile(lambda each: each[1][0] == each[2][0] and each[1][1] is each[2][1], pairs)]


def _fold(case: Case, rules: law.Law, known: list[Year]) -> list[Year]:
    openings, until = facts.openings(case), losses.lives(case, rules)
    years = list(known)
    for position, stated in case.in_order()[len(known) :]:
        standing = years[-1].losses if years else losses.standing(case, until)
        setting = facts.setting(case, stated, rules)
        figures = {**openings, **facts.facts(case, position, stated, rules), **facts.losses(standing)}
        last = years[-1].values if years else None
        _check_transfer(stated.year, figures, last)
        values = _year(figures, setting, last)
        year = Year(stated.year, stated.status, position, setting, figures, values)
        living, expired = _losses(year, values, standing, until)
        years.append(replace(year, losses=living, expired=expired))
    return years


def _losses(year: Year, values: Mapping[str, Number], standing: Losses, until: Lives) -> tuple[Losses, Losses]:
    """The losses that a year with these values leaves, and those that expire with it.

    A year of deemed collection makes none up and has none.
    """
    rest = losses.after(standing, year.year, values) if year.setting.collection in BOOKS else standing
    return losses.expiring(rest, year.year, until)


def _check_transfer(year: int, figures: Mapping[str, Figure], last: Mapping[str, Decimal | None] | None) -> None:
    """No more carry-forward is given up than there is."""
    there = last["carried_forward"] if last else figures["opening_carried_forward"].value
    moved = figures["transferred"]
    if there is not None and moved.value is not None and lines.brought_forward(there, moved.value) < 0:
        values = {"year": year, "found": money.written(-moved.value), "there": money.written(there)}
        code = "transferred_over" if there else "transferred_from_nothing"
        raise Refused([Problem(code, "error", moved.place or Place(), values)])


def again(history: History, figures: Mapping[int, Mapping[str, Figure]], name: str, number: int) -> Number:
    """A line of a year of the history as it would be with these figures in its years, on any kind of number.

    Only what the line reads, in that year and before, is computed.
    """
    until = losses.lives(history.case, history.law) if "losses_available" in behind(name) else None
    kept = [year for year in history.years if year.year < min(figures)]
    last: Mapping[str, Number] | None = kept[-1].values if kept else None
    standing = kept[-1].losses if kept else losses.standing(history.case, until) if until else ()
    for year in history.years[len(kept) :]:
        made_up = {"losses_available": Figure(losses.available(standing), "losses")} if until else {}
        put_in = {**year.figures, **made_up, **figures.get(year.year, {})}
        last = _year(put_in, year.setting, last, leading_to(name, year.setting))
        if year.year == number:
            return last[name]
        if until:
            standing, _ = _losses(year, last, standing, until)
    raise KeyError(number)


def _year(
    figures: Mapping[str, Figure],
    setting: Setting,
    last: Mapping[str, Decimal | None] | None,
    among: tuple[Line, ...] = (),
) -> dict[str, Decimal | None]:
    """The lines of one year, or those among them. A line that reads something unknown is unknown."""
    values: dict[str, Decimal | None] = dict.fromkeys(lines.SHOWN)
    values |= {name: figure.value for name, figure in figures.items() if name not in _LINES}
    for line in among or lines.of(setting):
        if line.stated and line.name in figures:
            values[line.name] = figures[line.name].value
            continue
        if line.then and last is not None:
            values[line.name] = last[line.then]
            continue
        read = [values[name] for name in line.reads]
        values[line.name] = None if None in read else line(*read)
    return values


def _movement(year: Year) -> vintages.Movement:
    return vintages.movement(year.year, year.values)
