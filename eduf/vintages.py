"""Of which year what is carried forward arose: overlaps on a cumulative scale, in closed form.

Vintages are a convention for tracing and change no total. What arose lies end to end, oldest first; what was used
covers the scale from its start; what sticks out of a vintage remains.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from eduf.money import ZERO, greatest, least


@dataclass(frozen=True)
class Movement:
    """What arose in a year and what was used in it, both from 0 up (yuan)."""

    year: int
    arose: Decimal
    used: Decimal


Vintages = tuple[tuple[int | None, Decimal], ...]


def movement(year: int, values: Mapping[str, Decimal | None], order: str) -> Movement:
    """A year's movement from its lines. A transfer in arises, one out uses the oldest; a deemed year has only these.

    current_first: the excess arises and earlier excess is used; oldest_first: all spending arises, all deduction uses.
    """
    moved = values["transferred"] or ZERO
    arose, used = greatest(moved, 0), greatest(-moved, 0)
    spent, deducted = values["deductible_spent"], values["deducted"]
    if spent is not None and deducted is not None:
        at_once = (values["deducted_current"] or ZERO) if order == "current_first" else ZERO
        arose, used = arose + spent - at_once, used + deducted - at_once
    return Movement(year, arose, used)


def remaining(opening: Mapping[int | None, Decimal], movements: Iterable[Movement]) -> tuple[Vintages, ...]:
    """What is left of every vintage at the end of each year, the oldest first, nothing where nothing is left.

    `opening`: the vintages at the start, oldest first. What remains of vintage v after year y is
    greatest(0, least(A_v, cumA_v − cumD_y)), A what arose and D what was used.
    """
    moves = tuple(movements)
    arose = [*opening.items(), *((each.year, each.arose) for each in moves)]
    ends = list(accumulate(amount for _, amount in arose))
    used = list(accumulate(each.used for each in moves))
    known = len(opening)
    return tuple(
        tuple(
            (label, left)
            for (label, amount), end in zip(arose[: known + n + 1], ends, strict=False)
            if (left := greatest(least(amount, end - used[n]), 0))
        )
        for n in range(len(moves))
    )
