"""What is due when: the days of a case, each with its law, and whether that was checked."""

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from eduf import law
from eduf.case import Case
from eduf.deadlines import hours, years
from eduf.deadlines.deadline import Deadline
from eduf.history import compute
from eduf.law import Entry, Law
from eduf.notices import SAID_ONCE
from eduf.problems import Problem, Refused

__all__ = ["Calendar", "Deadline", "of"]


@dataclass(frozen=True)
class Calendar:
    """The deadlines of a case from the earliest on, and what its computing wants somebody to look at."""

    case: Case
    law: Law
    deadlines: tuple[Deadline, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the law that the deadlines rest on, in the order in which they come up."""
        return tuple({entry.id: entry for each in self.deadlines for entry in each.law}.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said about some of the deadlines, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(each.notes for each in self.deadlines)))

    def of_year(self, year: int) -> "Calendar":
        """Only what is due for, and to look at in, that tax year. Raises Refused where the case does not have it."""
        numbers = [each.year for each in self.case.years]
        if year not in numbers:
            values = {"found": year, "first": min(numbers), "last": max(numbers)}
            raise Refused([Problem("year_unknown", "error", values=values)])
        deadlines = tuple(each for each in self.deadlines if each.year == year)
        said = (each for each in self.problems if each.where.year in (None, year) or each.code in SAID_ONCE)
        return replace(self, deadlines=deadlines, problems=tuple(said))


def of(case: Case, by: Law | None = None) -> Calendar:
    """What is due when. An administrative organ has only study hours; of any other the amounts are computed.

    Raises Refused where the facts make no sense together.
    """
    rules = by or law.current()
    declared = chain.from_iterable(map(partial(hours.of, rules), (each.year for each in case.years)))
    if case.enterprise.kind == "administrative_organ":
        return Calendar(case, rules, tuple(sorted(declared, key=Deadline.order)))
    history = compute(case, rules)
    found = sorted([*declared, *years.of(history)], key=Deadline.order)
    return Calendar(case, rules, tuple(found), history.problems)
