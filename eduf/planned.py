"""The facts of the years as a scenario has them, each computed when it is first asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from eduf.case import Year
from eduf.change import WAYS, Change, Product, a_head, checked, times
from eduf.money import Unreadable

HAPPENED_ONCE = (  # booked, paid or allowed in one year: a plan year does not repeat it
    "extracted",
    "booked_in_full",
    "transferred",
    "transferred_because",
    "cap_rate",
    "cap_rate_because",
    "monthly_wages",
    "front_line_spent",
)
_BEING_COMPUTED = object()

Numbered = tuple[int, Change]  # a difference with its position in the scenario


class Wrong(Exception):  # noqa: N818 - it becomes a problem
    """What a difference, by its position, cannot do."""

    def __init__(self, position: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.position, self.code, self.values = position, code, values


class Plan:
    """The facts that differences touch. `years`: what the case states; `by`: the differences to a fact of a year."""

    def __init__(self, years: Mapping[int, Year], by: Mapping[tuple[str, int], Sequence[Numbered]]) -> None:
        self._years, self._by = years, by
        self._first, self._last = min(years), max(years)
        self._values: dict[tuple[str, int], Any] = {}
        self._bases: dict[tuple[str, int], Any] = {}

    def value(self, fact: str, year: int) -> Any:
        """A fact of a year; None where it is unknown. Raises Wrong where a difference cannot be followed."""
        key = (fact, year)
        if key not in self._values:
            self._values[key] = _BEING_COMPUTED
            try:
                self._values[key] = self._computed(fact, year)
            except Wrong as wrong:
                self._values[key] = wrong
        found = self._values[key]
        if isinstance(found, Wrong):
            raise found
        return found

    def _computed(self, fact: str, year: int) -> Any:
        """The base, then what multiplies it, then what is added to it."""
        value = self._base(fact, year)
        for position, change in sorted(self._by.get((fact, year), ()), key=_order):
            if change.way in ("times", "add"):
                if value is None:
                    raise Wrong(position, "scenario_unstated", fact=fact, year=year)
                more = self._amount(position, change, year)
                value = times(value, more) if change.way == "times" else value + more
            value = _possible(position, fact, year, value)
        return value

    def _base(self, fact: str, year: int) -> Any:
        """What is set or grown, else what is stated; a plan year that is not stated repeats the year before."""
        key = (fact, year)
        if key not in self._bases:
            for position, change in self._by.get(key, ()):
                if change.way == "to":
                    self._bases[key] = self._amount(position, change, year)
                elif change.way == "grow":
                    self._bases[key] = times(self._before(position, fact, year), change.value)
        if key not in self._bases:
            repeated = None if fact in HAPPENED_ONCE or year <= self._last else self._base(fact, year - 1)
            self._bases[key] = getattr(self._years[year], fact) if year in self._years else repeated
        return self._bases[key]

    def _before(self, position: int, fact: str, year: int) -> Any:
        """The base of the year before, to grow on."""
        if year == self._first:
            raise Wrong(position, "scenario_grow_first", year=year)
        self.value(fact, year - 1)  # so that what is wrong there is said there
        found = self._base(fact, year - 1)
        if found is None:
            raise Wrong(position, "scenario_unstated", fact=fact, year=year - 1)
        return found

    def _amount(self, position: int, change: Change, year: int) -> Any:
        """The value of a difference: itself, or a product of another fact of the year."""
        if not isinstance(change.value, Product):
            return change.value
        source, by = change.value
        if self._values.get((source, year)) is _BEING_COMPUTED:
            raise Wrong(position, "scenario_circle", fact=source, year=year)
        read = self.value(source, year)
        if read is None:
            raise Wrong(position, "scenario_unstated", fact=source, year=year)
        return a_head(by, read) if source == "staff" else times(read, by)


def _order(numbered: Numbered) -> int:
    return WAYS.index(numbered[1].way)


def _possible(position: int, fact: str, year: int, value: Any) -> Any:
    try:
        return checked(fact, value)
    except Unreadable as error:
        raise Wrong(position, error.code, year=year, **error.values) from error
