"""A carry-forward dropped after 5 years.

Losses expire, the carry-forward of the education fund does not; software written for losses drops it all the same.
"""

from collections.abc import Iterator
from decimal import Decimal

from eduf import facts
from eduf.audit.check import CellCheck, Suspect
from eduf.money import ZERO
from eduf.vintages import Vintages

_LIFE = (5, 6)  # years, counted from the year of origin or from the next


def _vintages(suspect: Suspect) -> tuple[Vintages, int]:
    """What stands to be deducted by year of origin, and the year that would deduct it."""
    if suspect.cell == "row5_carried_forward":
        return suspect.sheet.year.vintages, suspect.year + 1
    before = suspect.history.year(suspect.year - 1)
    return (before.vintages if before else tuple(facts.vintages(suspect.history.case).items())), suspect.year


def _old(suspect: Suspect) -> Iterator[Decimal]:
    vintages, year = _vintages(suspect)
    for life in _LIFE:
        yield sum((amount for arose, amount in vintages if arose is None or year - arose >= life), ZERO)


def _fits(suspect: Suspect) -> bool:
    follows = suspect.follows
    return follows is not None and any(old and suspect.filed == follows - old for old in _old(suspect))


_CELLS = ("row5_brought_forward", "row5_carried_forward")
CHECK = CellCheck("dropped_after_5_years", "warning", ("carry_forward",), _CELLS, _fits)
