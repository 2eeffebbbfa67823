"""What a ledger comes to: by year, class and front-line share, by rule; and the facts of each year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from eduf.ledger import classes
from eduf.money import ZERO

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CREDITED = (classes.EXTRACTION,)  # counted on the credit side


@dataclass(frozen=True)
class Total:
    """The lines of a class in a year. `amount` is debit less credit, of an extraction credit less debit.

    `front`, `other` and `unknown` part it by whether it was for front-line staff.
    """

    year: int
    name: str
    lines: int
    debit: Decimal
    credit: Decimal
    front: Decimal
    other: Decimal
    unknown: Decimal
    unknown_lines: int

    @property
    def amount(self) -> Decimal:
        """What the class comes to."""
        return self.credit - self.debit if self.name in CREDITED else self.debit - self.credit


@dataclass(frozen=True)
class Year:
    """A year of a ledger: its classes in order, and the first and last day of its lines."""

    year: int
    first: date
    last: date
    totals: tuple[Total, ...]

    def sum_of(self, names: Sequence[str]) -> Decimal:
        """What these classes come to together."""
        return sum((each.amount for each in self.totals if each.name in names), ZERO)

    def has(self, names: Sequence[str]) -> bool:
        """Whether any line is of these classes."""
        return any(each.name in names for each in self.totals)

    @property
    def spent(self) -> Decimal:
        """What was spent on permitted uses, under the cap."""
        return self.sum_of(classes.uses())

    @property
    def front(self) -> Decimal:
        """What is known to be for front-line staff, of all spending."""
        return sum((each.front for each in self.spending), ZERO)

    @property
    def front_unknown(self) -> Decimal:
        """Spending of which it is unknown whether it was for front-line staff."""
        return sum((each.unknown for each in self.spending), ZERO)

    @property
    def front_known(self) -> bool:
        """Whether every line of spending says or is told whether it was for front-line staff."""
        return not any(each.unknown_lines for each in self.spending)

    def facts(self) -> dict[str, Decimal]:
        """The facts of the year that the ledger knows; what it does not know is not there."""
        if self.has((classes.WAGES, classes.WAGES_NOT_DEDUCTIBLE)):
            wages = self.sum_of((classes.WAGES,))
            return {
                "total_wages": wages + self.sum_of((classes.WAGES_NOT_DEDUCTIBLE,)),
                "deductible_wages": wages,
            }
        found: dict[str, Decimal] = {}
        if self.has((classes.EXTRACTION,)):
            found["extracted"] = self.sum_of((classes.EXTRACTION,))
        if self.spending:
            found["spent"] = self.spent
        if self.has((classes.IN_FULL,)):
            found["spent_in_full"] = self.sum_of((classes.IN_FULL,))
        if self.spending and self.front_known:
            found["front_line_spent"] = self.front
        return found

    @property
    def spending(self) -> list[Total]:
        """The classes that are spending, under the cap or deductible in full."""
        return [each for each in self.totals if each.name in (*classes.uses(), classes.IN_FULL)]


@dataclass(frozen=True)
class RuleTotal:
    """The lines that a rule assigned, and their debits less credits."""

    name: str
    assigned: str
    lines: int
    net: Decimal


def years(connection: "DuckDBPyConnection") -> tuple[Year, ...]:
    """Every year with a line that was accepted."""
    found = connection.execute(
        "select year(day) as y, class, count(*), sum(debit)::decimal(38,2), sum(credit)::decimal(38,2), "
        "coalesce(sum(net) filter (where front), 0)::decimal(38,2), "
        "coalesce(sum(net) filter (where not front), 0)::decimal(38,2), "
        "coalesce(sum(net) filter (where front is null), 0)::decimal(38,2), "
        "count(*) filter (where front is null and net <> 0), min(day), max(day) from final group by all"
    ).fetchall()
    return tuple(
        Year(
            year,
            min(row[9] for row in found if row[0] == year),
            max(row[10] for row in found if row[0] == year),
            tuple(sorted((Total(*row[:9]) for row in found if row[0] == year), key=_order)),
        )
        for year in sorted({row[0] for row in found})
    )


def _order(total: Total) -> tuple[int, int]:
    return classes.order(total.name)


def rules(connection: "DuckDBPyConnection") -> tuple[RuleTotal, ...]:
    """Every rule in its order, with what it assigned, also where that is nothing."""
    found = connection.execute(
        "select r.name, r.assigned, count(l.n), coalesce(sum(l.net), 0)::decimal(38,2) "
        "from rule r left join line l on l.rule = r.rule group by r.rule, r.name, r.assigned order by r.rule"
    ).fetchall()
    return tuple(RuleTotal(*row) for row in found)
