"""Of which year what is carried forward arose: overlaps on a cumulative scale, in closed form.

Vintages are a convention for tracing and change no total. What arose lies end to end, oldest first; what was used
covers the scale from its start; what sticks out of a vintage remains.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from eduf.line import Number
from eduf.money import greatest, least


@dataclass(frozen=True)
class Movement:
    """What arose in a year and what was used in it, both from 0 up (yuan)."""

    year: int
    arose: Number
    used: Number


Vintages = tuple[tuple[int | None, Decimal], ...]


def movement(year: int, values: Mapping[str, Number]) -> Movement:
    """A year's movement from its lines: the excess over what is deducted of it arises, deducted earlier excess is used.

    A transfer in arises, one out uses the oldest; a deemed year has only these. Where the oldest is deducted first,
    this year's own spending is touched only when nothing earlier is left, so one rule serves both orders.
    """
    moved = values["transferred"]
    arose, used = greatest(moved, 0), greatest(moved, 0) - moved
    if values["deducted"] is not None:
        arose = arose + values["deductible_spent"] - values["deducted_current"]
        used = used + values["deducted_earlier"]
    return Movement(year, arose, used)


def left(amount: Number, end: Number, used: Number) -> Number:
    """What is left of a vintage of this amount that ends there on the scale, when so much in all was used."""
    return greatest(least(amount, end - used), 0)


def remaining(opening: Mapping[int | None, Number], movements: Iterable[Movement]) -> tuple[Vintages, ...]:
    """What is left of every vintage at the end of each year, the oldest first, nothing where nothing is left.

    `opening`: the vintages at the start, oldest first.
    """
    moves = tuple(movements)
    arose = [*opening.items(), *((each.year, each.arose) for each in moves)]
    ends = list(accumulate(amount for _, amount in arose))
    used = list(accumulate(each.used for each in moves))
    known = len(opening)
    return tuple(
        tuple(
            (label, rest)
            for (label, amount), end in zip(arose[: known + n + 1], ends, strict=False)
            if (rest := left(amount, end, used[n]))
        )
        for n in range(len(moves))
    )
