"""Searching a range of whole steps for the first point, from one end, at which a figure is as it should be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from eduf.line import Number
from eduf.money import FEN, ZERO
from eduf.moving import Moving, Stretch
from eduf.problems import Problem, Refused

Relation = Literal["=", "<=", ">="]
MOST_PIECES = 10_000  # where two roundings stay as near as a fen to each other, every point is a piece
PERIOD = 1000  # steps after which the rounding of shares at multiples of 0.1 % begins again

Figure = Callable[[Number], Number]  # the line, for the amount that is looked for


def holds(value: Decimal, relation: Relation, target: Decimal) -> bool:
    """Whether a figure is as it should be."""
    return {"=": value == target, "<=": value <= target, ">=": value >= target}[relation]


@dataclass
class Search:
    """A search in fen from `low` to `high`. `seen`: the figure at the ends of every piece and where it may hold."""

    figure: Figure
    relation: Relation
    target: Decimal
    low: int
    high: int
    seen: dict[int, Decimal | None] = field(default_factory=dict)

    def first(self, *, downwards: bool) -> int | None:
        """The largest or the smallest point at which it holds; None where it holds at none.

        Raises Refused where the figure is made of too many pieces.
        """
        at, step = (self.high, -1) if downwards else (self.low, 1)
        pieces = 0
        while self.low <= at <= self.high:
            pieces += 1
            if pieces > MOST_PIECES:
                raise Refused([Problem("solve_too_fine", "error")])
            piece, room = self._piece(at, step)
            self.seen[at] = piece.value
            self.seen.setdefault(at + step * room)
            if (found := self._within(piece, at, step, room)) is not None:
                return found
            at += step * (room + 1)
        return None

    def nearest(self) -> int:
        """The smallest of the points at which the figure comes closest, after a search that found none."""
        known = {at: self._exact(at) if value is None else value for at, value in self.seen.items()}
        return min(sorted(known), key=lambda at: abs(known[at] - self.target))

    def _exact(self, at: int) -> Decimal:
        found: Decimal = self.figure(_yuan(at))
        return found

    def _piece(self, at: int, step: int) -> tuple[Moving, int]:
        """The figure at a point, with the steps in this direction for which it stays straight."""
        stretch = Stretch(at - self.low, self.high - at)
        found = self.figure(Moving(_yuan(at), FEN, ZERO, stretch))
        piece = found if isinstance(found, Moving) else Moving(found, ZERO, ZERO, stretch)
        return piece, stretch.up if step > 0 else stretch.down

    def _within(self, piece: Moving, at: int, step: int, room: int) -> int | None:
        """The first point of a piece at which it holds."""
        if holds(piece.value, self.relation, self.target):
            return at
        for steps in self._candidates(piece, step, room):
            point = at + step * steps
            value = self.seen[point] = self._exact(point)
            if holds(value, self.relation, self.target):
                return point
        return None

    def _candidates(self, piece: Moving, step: int, room: int) -> Iterator[int]:
        """The steps after which it may hold, nearest first: where the straight line, give or take its error, does."""
        missing, slope = self.target - piece.value, piece.slope * step
        if not slope:
            yield from range(1, min(room, PERIOD) + 1 if abs(missing) <= piece.error else 1)
            return
        ahead = missing if slope > 0 else -missing
        if ahead + piece.error < 0:
            return
        near = max(int((ahead - piece.error) // abs(slope)), 1)
        far = int((ahead + piece.error) // abs(slope)) + 1
        yield from range(near, min(far, room) + 1)


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
