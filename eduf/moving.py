"""An amount that moves with one unknown: its value at a point, its slope there, and how far both hold.

The lines run on it as on any number. They are sums, differences, shares, the lesser and the greater, so a figure is
piecewise straight but for the rounding of shares; each comparison that a line makes narrows the stretch of points for
which it comes out the same. So a search can go from piece to piece and miss none.
"""

from decimal import Decimal

from eduf.money import FEN, ZERO, share


class Stretch:
    """The points, as whole steps from the present one, up to which every comparison comes out as here."""

    __slots__ = ("down", "up")

    def __init__(self, down: int, up: int) -> None:
        self.down, self.up = down, up

    def narrow(self, slope: Decimal, room: Decimal, *, strict: bool) -> None:
        """Keep to where a difference that is `room` away from zero, at this slope, does not get there."""
        if room < 0 or (strict and not room):
            self.down = self.up = 0
        elif slope:
            whole, rest = divmod(room, abs(slope))
            steps = int(whole) - (1 if strict and not rest else 0)
            if slope > 0:
                self.up = min(self.up, steps)
            else:
                self.down = min(self.down, steps)


class Moving:
    """A figure: `value` here, `slope` a step, and `error`, by how much it may leave the straight line (yuan)."""

    __slots__ = ("error", "slope", "stretch", "value")

    def __init__(self, value: Decimal, slope: Decimal, error: Decimal, stretch: Stretch) -> None:
        self.value, self.slope, self.error, self.stretch = value, slope, error, stretch

    def __add__(self, other: "Moving | Decimal") -> "Moving":
        if isinstance(other, Moving):
            return Moving(self.value + other.value, self.slope + other.slope, self.error + other.error, self.stretch)
        return Moving(self.value + other, self.slope, self.error, self.stretch)

    __radd__ = __add__

    def __sub__(self, other: "Moving | Decimal") -> "Moving | Decimal":
        if other is self:
            return ZERO
        return self + (-other)

    def __rsub__(self, other: Decimal) -> "Moving":
        return -self + other

    def __neg__(self) -> "Moving":
        return Moving(-self.value, -self.slope, self.error, self.stretch)

    def __lt__(self, other: "Moving | Decimal") -> bool:
        return _below(self - other, self.stretch)

    def __gt__(self, other: "Moving | Decimal") -> bool:
        return _below(other - self, self.stretch)

    def __le__(self, other: "Moving | Decimal") -> bool:
        return not self > other

    def __ge__(self, other: "Moving | Decimal") -> bool:
        return not self < other


def _below(difference: Moving | Decimal, stretch: Stretch) -> bool:
    """Whether a difference is below zero here; the stretch is narrowed to where it surely stays so, or not so."""
    if isinstance(difference, Decimal):
        return difference < 0
    value, slope, error = difference.value, difference.slope, difference.error
    if value < 0:
        stretch.narrow(slope, -value - error, strict=True)
    else:
        stretch.narrow(-slope, value - error, strict=False)
    return value < 0


@share.register
def _share(amount: Moving, rate: Decimal) -> Moving:
    """Between two points the rounding of a share may differ by a fen."""
    moves = rate and (amount.slope or amount.error)
    error = amount.error * rate + FEN if moves else ZERO
    return Moving(share(amount.value, rate), amount.slope * rate, error, amount.stretch)
