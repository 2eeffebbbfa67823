"""What the screen shows, computed: the baseline, the scenario beside it, and what that changed."""

from dataclasses import dataclass
from decimal import Decimal

from eduf.case import Case
from eduf.history import History, compute
from eduf.scenario import Changed, application
from tui.store import Store


@dataclass(frozen=True)
class Model:
    """A store, computed. `history` is that of the scenario shown, or the baseline itself."""

    store: Store
    baseline: History
    history: History
    changed: tuple[Changed, ...] = ()

    @property
    def case(self) -> Case:
        """The case that the scenario shown makes."""
        return self.history.case

    def is_changed(self, fact: str, year: int) -> bool:
        """Whether the scenario shown states the fact of the year otherwise than the baseline, or made the year."""
        if (fact, year) in self._touched:
            return True
        return self.baseline.year(year) is None

    def differs(self, name: str, year: int) -> bool:
        """Whether a computed figure is not as in the baseline; never for a year that the baseline does not have."""
        here, there = self.history.year(year), self.baseline.year(year)
        return bool(here and there and here.values.get(name) != there.values.get(name))

    def value(self, name: str, year: int) -> Decimal | None:
        """A figure of a year."""
        found = self.history.year(year)
        return found.values.get(name) if found else None

    @property
    def _touched(self) -> frozenset[tuple[str, int]]:
        return frozenset((each.fact, each.year) for each in self.changed)


def model(store: Store, before: Model | None = None) -> Model:
    """The store, computed; as much of `before` as still holds is kept. Raises Refused."""
    baseline = before.baseline if before and before.baseline.case is store.case else compute(store.case)
    scenario = store.now.scenario()
    if scenario is None:
        return Model(store, baseline, baseline)
    applied = application(store.case, scenario)
    return Model(store, baseline, compute(applied.case, since=baseline), applied.changed)
