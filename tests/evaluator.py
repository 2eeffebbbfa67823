"""Two more kinds of number that the tests run the lines on: Excel's doubles and Z3's integers."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from math import floor
from typing import Any

import z3  # type: ignore[import-untyped]

from eduf.line import Number
from eduf.money import greatest, least, share, when_at_most

Round = Callable[[float, float], float]

SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def excel(text: str, figures: Mapping[str, float], rounded: Round) -> float:
    """An Excel formula of +, −, *, /, brackets, numbers, names, ROUND, INT, MIN, MAX and IF with <=, on doubles.

    So far Excel's grammar is Python's; all else is refused, above all ^, a sign and %, which bind otherwise there.
    """
    functions: Mapping[str, Callable[..., float]] = {"ROUND": rounded, "MIN": min, "MAX": max, "INT": floor}

    def value(node: ast.expr) -> float:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return float(number)
            case ast.Name(id=name):
                return figures[name]
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
                return OPERATORS[type(sign)](value(left), value(right))
            case ast.Call(
                func=ast.Name(id="IF"),
                args=[ast.Compare(left=left, ops=[ast.LtE()], comparators=[right]), then, otherwise],
                keywords=[],
            ):
                return value(then) if value(left) <= value(right) else value(otherwise)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in functions:
                return functions[name](*map(value, args))
        raise ValueError(f"not in a formula that eduf writes: {ast.unparse(node)}")

    return value(parsed(text))


@cache
def parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


# How Excel rounds a double that no decimal number is equal to is written nowhere. Here are the two things it can
# sensibly do. What comes out the same under both does not hang on it.


def by_value(number: float, places: float) -> float:
    """ROUND of what the double is: =ROUND(2.675,2) is 2.67, for the double lies a little below. The result is the
    double next to the decimal number, which is also what a cell holds into which that number is typed."""
    return _half_up(Decimal(number), places)


def by_fifteen_digits(number: float, places: float) -> float:
    """ROUND of the fifteen digits that Excel shows: =ROUND(2.675,2) is 2.68."""
    return _half_up(SHOWN.create_decimal(number), places)


def _half_up(number: Decimal, places: float) -> float:
    return float(number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))  # half away from zero


# Amounts in fen, rates in per mille, as in the judge. Z3's division by a positive number rounds down.


@share.register(z3.ArithRef)
def _share(amount: Number, rate: Number) -> Number:
    return (amount * rate + 500) / 1000


@least.register(z3.ArithRef)
def _least(a: Number, b: Number) -> Number:
    return z3.If(a <= b, a, b)


@greatest.register(z3.ArithRef)
def _greatest(a: Number, b: Number) -> Number:
    return z3.If(a >= b, a, b)


@when_at_most.register(z3.ArithRef)
def _when_at_most(a: Number, b: Number, x: Number, y: Number) -> Number:
    return z3.If(a <= b, x, y)


def integer(number: Any) -> int:
    """A Z3 integer without unknowns, as Python's."""
    return int(z3.simplify(number).as_long())
