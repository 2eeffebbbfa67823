"""Amounts and rates: reading them, writing them, and the one place where an amount is rounded.

An amount is a Decimal of yuan with two places; a rate is a Decimal with three places (0.080 = 8 %).
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    FloatOperation,
    Inexact,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import singledispatch
from typing import Any

FEN = Decimal("0.01")
PER_MILLE = Decimal("0.001")
_TENTH = Decimal("0.1")
ZERO = Decimal("0.00")
LIMIT = Decimal("1000000000000.00")

_TRAPS = [Inexact, InvalidOperation, DivisionByZero, Overflow, FloatOperation]
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP, traps=_TRAPS)
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)

_AMOUNT = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<comma>[, ])[0-9]{3}(?:(?P=comma)[0-9]{3})*|[0-9]+)"
    r"(?P<part>\.[0-9]+)? ?(?P<unit>[亿万]?元?)"
)
_UNITS = {"亿": 8, "万": 4, "": 0}  # the places by which a unit moves the point
_HUGE = 10**100
_RATE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?) ?(?P<percent>%)?")
_PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)} | {0xFFE5: 0xA5} | dict.fromkeys(map(ord, "−–—"), ord("-"))


class Typed(str):
    """A number as a file states it, still as text, without underscores: no float ever stands for it."""

    __slots__ = ()

    def __new__(cls, typed: str) -> "Typed":
        """The number as the file has it."""
        return super().__new__(cls, typed.replace("_", ""))


class Unreadable(ValueError):  # noqa: N818 - it says what the text is
    """What was typed is not an amount or a rate; `code` names the problem in the words of eduf."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@singledispatch
def share(amount: Any, rate: Any) -> Any:
    """An amount times a rate, to the fen, half up: the only product and the only rounding of eduf.

    The amount (yuan) and the rate are never negative; anything but Decimal is refused.
    """
    raise TypeError(f"share takes Decimal, not {type(amount).__name__}")


@share.register
def _share(amount: Decimal, rate: Decimal) -> Decimal:
    if not isinstance(rate, Decimal):
        raise TypeError(f"share takes Decimal, not {type(rate).__name__}")
    if amount < 0 or rate < 0:
        raise ValueError("share: an amount or a rate below zero")
    return (_EXACT.multiply(amount, rate)).quantize(FEN, context=_ROUNDING)


@singledispatch
def least(a: Any, b: Any) -> Any:
    """The lesser of two amounts."""
    return min(a, b)


@singledispatch
def greatest(a: Any, b: Any) -> Any:
    """The greater of two amounts; `greatest(a, 0)` is a, but never below zero."""
    return max(a, b if isinstance(b, Decimal) else b + ZERO)


@singledispatch
def when_at_most(a: Any, b: Any, x: Any, y: Any) -> Any:
    """x where a is at most b, else y: the one branch that a line may have, where the law itself is a cliff."""
    return x if a <= b else y


@contextmanager
def exactly() -> Iterator[None]:
    """Sums and differences inside are exact whatever decimal context the caller has set; an inexact one raises."""
    with localcontext(_EXACT):
        yield


def amount(typed: object) -> Decimal:
    """Read an amount in yuan as a person states it: 1234.5, `1,234.50`, `１２３４.５`, `12.3万元`, `(500.00)`.

    Raises Unreadable for floats, more than two decimals, exponents, NaN and what is over LIMIT.
    """
    text, negative = _signed(folded(typed))
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Unreadable("amount_unreadable", found=shown(typed))
    places = _UNITS[match["unit"].removesuffix("元")]
    typed_number = Decimal(re.sub("[, ]", "", match["whole"]) + (match["part"] or ""))
    if typed_number > _EXACT.scaleb(LIMIT, -places):
        raise Unreadable("amount_over_limit", found=shown(typed), limit=written(LIMIT))
    step = typed_number.quantize(_EXACT.scaleb(FEN, -places), context=_ROUNDING)
    if step != typed_number:
        raise Unreadable("amount_decimals", found=shown(typed))
    number = _EXACT.scaleb(step, places)
    return number.copy_negate() if negative and number else number


def rate(typed: object) -> Decimal:
    """Read a rate: `8%`, `2.5 %` or a number below 1 (0.08). Rates are multiples of 0.1 %, from 0 to 100 %.

    Raises Unreadable for anything else; a number of 1 or more without % is ambiguous and refused.
    """
    match = _RATE.fullmatch(folded(typed))
    if match is None:
        raise Unreadable("rate_unreadable", found=shown(typed))
    number, percent = Decimal(match["number"]), match["percent"]
    if not percent and number >= 1:
        raise Unreadable("rate_without_percent", found=shown(typed))
    if number > 100:
        raise Unreadable("rate_over_100", found=shown(typed))
    step = number.quantize(_TENTH if percent else PER_MILLE, context=_ROUNDING)
    if number != step:
        raise Unreadable("rate_step", found=shown(typed))
    return _EXACT.scaleb(step, -2) if percent else step


def written(number: Decimal) -> str:
    """An amount for a person: `-1,234.50`."""
    return f"{number:,.2f}"


def plain(number: Decimal) -> str:
    """A number in digits alone, without zeros that say nothing: `1234.5`, `5000`."""
    return f"{number.normalize(_EXACT):f}" if number else "0"


def significant(number: Decimal, digits: int) -> Decimal:
    """A number in so many significant digits: what a spreadsheet keeps of it, without binary dust behind."""
    return Context(prec=digits, rounding=ROUND_HALF_UP).plus(number)


def percent(number: Decimal) -> str:
    """A rate for a person: `8%`, `2.5%`."""
    return f"{_EXACT.scaleb(number, 2).normalize(_EXACT):f}%"


def shown(typed: object) -> str:
    """What was typed, short enough for a message and without characters that would move a terminal's cursor."""
    if isinstance(typed, int) and typed.bit_length() > 200:
        return "…"
    if isinstance(typed, bool):
        return "true" if typed else "false"
    text = "[…]" if isinstance(typed, list) else "{…}" if isinstance(typed, dict) else visible(str(typed))
    return text if len(text) <= 40 else text[:39] + "…"


def visible(text: str) -> str:
    """The text with a � for what is no character: controls, halves of surrogate pairs, code points without meaning."""
    return "".join(" " if c in "\t\r\n" else "�" if unicodedata.category(c) in ("Cc", "Cs", "Cn") else c for c in text)


def folded(typed: object) -> str:
    """The characters typed, in their plain forms. Raises Unreadable but for text and whole or decimal numbers."""
    if isinstance(typed, bool) or not isinstance(typed, str | int | Decimal):
        raise Unreadable("not_a_number", found=shown(typed))
    if isinstance(typed, int):
        typed = max(min(typed, _HUGE), -_HUGE)  # Python refuses to write thousands of digits
    return re.sub(r"\s+", " ", str(typed).translate(_PLAIN)).strip()


def _signed(text: str) -> tuple[str, bool]:
    """The text without its sign and currency mark, and whether it is negative."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip().removeprefix("¥").strip(), True
    negative = text.startswith("-")
    text = text.removeprefix("-") if negative else text.removeprefix("+")
    return text.strip().removeprefix("¥").strip(), negative
