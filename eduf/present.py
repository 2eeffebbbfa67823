"""Present values: what an amount of a later year is worth in an earlier one, at a stated discount rate."""

from decimal import ROUND_HALF_UP, Context, Decimal

from eduf.money import FEN

_PLACES = Decimal("1e-12")
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)  # (1 + rate)^years has three decimals for each of up to 92 years


def factor(rate: Decimal, years: int) -> Decimal:
    """1 / (1 + rate)^years to twelve decimals, half up: for showing, amounts are not computed with it."""
    return _CONTEXT.divide(Decimal(1), _compounded(rate, years)).quantize(_PLACES, context=_CONTEXT)


def present(amount: Decimal, rate: Decimal, years: int) -> Decimal:
    """The amount / (1 + rate)^years, rounded once, to the fen, half away from zero."""
    return _CONTEXT.divide(amount, _compounded(rate, years)).quantize(FEN, context=_CONTEXT)


def _compounded(rate: Decimal, years: int) -> Decimal:
    """(1 + rate)^years, exactly."""
    if years < 0 or rate < 0:
        raise ValueError("present: a rate or a number of years below zero")
    return _CONTEXT.power(_CONTEXT.add(Decimal(1), rate), Decimal(years))
