"""对比: the baseline and the scenarios side by side, years down, one line at a time; below, what each comes to."""

from collections.abc import Sequence
from decimal import Decimal

from eduf import planning
from eduf.case import Scenario
from eduf.comparison import Compared, Comparison, Outcome, compare
from eduf.lines import NAMES
from eduf.problems import Problem, Refused
from tui.desk import Desk
from tui.looks import Looks
from tui.widgets.sheet import Cell, Column, Row, Sheet

MODES = ("values", "differences", "percent")
SUMMARY = ("clears", "largest_carried_forward", "largest year", "lowest_fund", "lowest year", "tax")


class Compare(Sheet):
    """The comparison of a line; Enter chooses another line, + and - another way to show it."""

    line = "carried_forward"
    mode = "values"
    problems: Sequence[Problem] = ()

    def show_desk(self, desk: Desk) -> None:
        """Every scenario of the desk; without those that cannot be computed."""
        looks = desk.looks
        found, self.problems = _computed(desk)
        columns = [Column(n, looks.drawn(planning.title(each, looks.lang))) for n, each in enumerate(found.outcomes)]
        table = [{each.year: each for each in found.compared(outcome, (self.line,))} for outcome in found.outcomes]
        sums = [_sums(found, each, looks) for each in found.outcomes]

        def cell(row: Row, column: Column) -> Cell:
            number = int(column.key)
            if row.key in SUMMARY:
                return Cell(sums[number][SUMMARY.index(row.key)])
            return _cell(self.line, self.mode, table[number].get(int(row.key)), looks, first=number == 0)

        title = f"{looks.name(self.line)} ({looks.word(f'compare.{self.mode}')})"
        self.show(_rows(found, looks, title), columns, cell, title)

    def press(self, key: str) -> bool:
        """+ and - show the line in another way."""
        if key in ("plus", "minus"):
            self._turn(1 if key == "plus" else -1)
            return True
        return super().press(key)

    def _turn(self, step: int) -> None:
        self.mode = MODES[(MODES.index(self.mode) + step) % len(MODES)]

    def chosen(self, line: str) -> None:
        """Another line."""
        if line in NAMES:
            self.line = line


def _computed(desk: Desk) -> tuple[Comparison, tuple[Problem, ...]]:
    """The comparison of every scenario that can be computed, and what is wrong with the others."""
    stated = desk.shown.store.stated()
    try:
        return compare(stated), ()
    except Refused:
        fine, problems = list[Scenario](), list[Problem]()
        for each in stated.scenarios:
            try:
                compare(stated, (each,))
                fine.append(each)
            except Refused as refused:
                problems += refused.problems
        return compare(stated, fine), tuple(problems)


def _rows(found: Comparison, looks: Looks, title: str) -> list[Row]:
    plans = {year.year for each in found.outcomes for year in each.history.years if year.status == "plan"}
    plan = f" {looks.word('.values.plan')}"
    years = sorted({year.year for each in found.outcomes for year in each.history.years})
    rows = [Row(str(year), f"{year}{plan if year in plans else ''}", "=") for year in years]
    labels = [Row(each, _label(each, found, looks), "=") for each in SUMMARY]
    period = looks.says("compare.sums", first=found.years[0], last=found.years[-1])
    return [Row("sums", period), *labels, Row("years", title), *rows]


def _label(key: str, found: Comparison, looks: Looks) -> str:
    return looks.word("compare.year") if " " in key else looks.says(f".scenario.{key}", year=found.last_shared)


def _cell(line: str, mode: str, each: Compared | None, looks: Looks, *, first: bool) -> Cell:
    if each is None:
        return Cell(looks.drawn("—"), "", "idle")
    kind = ("~", "differs") if each.difference else ("", "")
    if mode == "values" or first:
        return Cell(looks.figure(line, each.value), *kind)
    if mode == "percent":
        return Cell(f"{each.percent:+}%" if each.percent is not None else looks.drawn("—"), *kind)
    return Cell(signed(line, each.difference, looks), *kind)


def signed(line: str, value: Decimal | None, looks: Looks) -> str:
    """A difference with its sign; 0 has none."""
    return ("+" if value and value > 0 else "") + looks.figure(line, value)


def _sums(found: Comparison, outcome: Outcome, looks: Looks) -> list[str]:
    """The year in which the carry-forward clears, the extremes with their years, the tax."""
    sums = found.summary(outcome)
    if sums.clears is None:
        nothing = not sums.largest_carried_forward.amount
        last = outcome.history.years[-1].year
        clears = looks.drawn("—") if nothing else looks.says(".scenario.not_by", year=last)
    else:
        clears = str(sums.clears)
    dated = (sums.largest_carried_forward, sums.lowest_fund)
    amounts = [text for each in dated for text in (looks.amount(each.amount), str(each.year))]
    return [clears, *amounts, looks.figure("tax", sums.tax)]
