"""What a check is: of a figure that is not right, whether it explains it; of a year, what an auditor should see."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from eduf.audit.form import BALANCES, CELLS, Rule
from eduf.audit.returns import Return
from eduf.audit.sheet import Sheet, Value
from eduf.history import History
from eduf.problems import Level

AMOUNTS = tuple(cell.name for cell in CELLS if not cell.is_rate and cell.name != "cap")
OF_THE_FORM = tuple(name for name in AMOUNTS if name not in BALANCES)


@dataclass(frozen=True)
class Suspect:
    """A figure that is neither right nor follows from the figures beside it.

    `follows` is what the statute's rule gives on the figures as filed; `codes` were found in the same year before it.
    """

    history: History
    returns: Mapping[int, Return]
    sheet: Sheet
    cell: str
    filed: Decimal
    right: Decimal
    follows: Value
    codes: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The tax year."""
        return self.sheet.year.year

    @property
    def edition(self) -> int | None:
        """The edition of the form."""
        return self.sheet.year.setting.edition

    def __getitem__(self, name: str) -> Decimal:
        """Another cell of the year as filed, or as it follows where it was not declared."""
        value = self.sheet.implied[name]
        if value is None:
            raise LookupError(name)
        return value

    def figure(self, name: str) -> Decimal:
        """A line or fact of the computed year."""
        value = self.sheet.year.values[name]
        if value is None:
            raise LookupError(name)
        return value


@dataclass(frozen=True)
class CellCheck:
    """A mistake that explains a wrong figure in one of these cells; `law` are the rules that it goes against.

    A `fallback` is asked only where no other explains the figure. One that is `part_of` the same mistake as another
    hangs under a figure of the same year which that one explains. `rules`: how a cell goes on with this mistake when
    what it reads is corrected; without one it stays at the figure declared.
    """

    code: str
    level: Level
    law: tuple[str, ...]
    cells: tuple[str, ...]
    fits: Callable[[Suspect], bool]
    fallback: bool = False
    part_of: tuple[str, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict, compare=False)


class Remark(NamedTuple):
    """What a check of a year found: the line, the figures where there are any, and what its sentences take."""

    line: str
    filed: Decimal | None = None
    should_be: Decimal | None = None
    values: Mapping[str, object] = {}
    gap: Callable[[Mapping[int, Sheet]], Decimal] | None = None  # what the mistake that is the reason opens


@dataclass(frozen=True)
class Desk:
    """What the checks of a year see: the history, the returns, and every sheet as filed."""

    history: History
    returns: Mapping[int, Return]
    sheets: Mapping[int, Sheet]
    filed: Mapping[int, Mapping[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class YearCheck:
    """What an auditor should see of a year, whatever single figure it stands in."""

    code: str
    level: Level
    law: tuple[str, ...]
    look: Callable[[Desk, Sheet], Iterator[Remark]]


Check = CellCheck | YearCheck


def always(suspect: Suspect) -> bool:
    """That the figure is not right is all there is to say."""
    return True
