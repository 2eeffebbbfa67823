"""A year of the returns as they stand: every cell with what it implies, declared or following from others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from eduf.audit.form import BY_NAME, Cell, Rule, cells
from eduf.history import History, Year

Value = Decimal | None  # None is unknown, or not in such a year
_WHOLE = Decimal("1.000")  # the rate of row 6
_AT_THE_START = {"row5_carried_forward": "prior_carried_forward", "fund_balance": "fund_opening"}


@dataclass(frozen=True)
class Sheet:
    """A year: `implied` is what each cell comes to; `last` the year before, None for the first."""

    year: Year
    last: "Sheet | None"
    implied: dict[str, Value] = field(default_factory=dict)

    def right(self, name: str) -> Value:
        """What the case gives for a cell, or for a figure of the year."""
        cell = BY_NAME.get(name)
        if name == "row6_rate":
            return _WHOLE
        if name == "deferred_tax" and self.year.setting.deferred == "none":
            return self.by(dict(cells(self.year.setting))[BY_NAME[name]][0])
        return self.year.values[cell.right if cell else name]

    def read(self, name: str) -> Value:
        """What a rule reads: a cell, last year's, or what is right."""
        if name.startswith("right_"):
            return self.right(name.removeprefix("right_"))
        if not name.startswith("last_"):
            return self.implied[name]
        cell = name.removeprefix("last_")
        return self.last.implied[cell] if self.last else self.year.values[_AT_THE_START[cell]]

    def by(self, rule: Rule, read: Callable[[str], Value] | None = None) -> Value:
        """What a rule gives on this sheet; unknown where it reads something unknown."""
        figures = [(read or self.read)(name) for name in rule.reads]
        return None if None in figures else rule.function(*figures)

    def rightly(self, rule: Rule) -> Value:
        """What a rule gives on the right figures."""
        return self.by(rule, self._right)

    def _right(self, name: str) -> Value:
        if not name.startswith("last_"):
            return self.right(name.removeprefix("right_"))
        return self.last.right(name.removeprefix("last_")) if self.last else self.read(name)

    def wrong(self, name: str) -> bool:
        """Whether what a rule reads is not what is right."""
        if name.startswith("right_"):
            return False
        if name.startswith("last_"):
            return self.last is not None and self.last.wrong(name.removeprefix("last_"))
        return self.implied[name] != self.right(name)


Sheets = Mapping[int, Sheet]
Choose = Callable[[Sheet, Cell, tuple[Rule, ...]], Value]


def replay(history: History, choose: Choose) -> dict[int, Sheet]:
    """Every year of the history from the oldest on, each cell as it is chosen from those before it."""
    sheets: dict[int, Sheet] = {}
    last: Sheet | None = None
    for year in history.years:
        sheet = Sheet(year, last)
        for cell, rules in cells(year.setting):
            sheet.implied[cell.name] = choose(sheet, cell, rules)
        sheets[year.year] = last = sheet
    return sheets
