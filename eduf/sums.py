"""A sum as it is typed into a cell: `1000*1.05`, `12万+3,500.00`, `(480000-20000)*110%`; worked out exactly."""

import re
from collections.abc import Iterator
from decimal import Decimal, DecimalException

from eduf import money
from eduf.money import Unreadable, exactly, share

LONGEST = 200  # characters
DEEPEST = 20  # brackets within brackets
_TOKEN = re.compile(r" ?(?:((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(%|亿元?|万元?|元)?|([-+*×()]))")
_UNITS = {"%": -2, "亿": 8, "万": 4, "": 0}


def worked(typed: str) -> Decimal:
    """The result in yuan, to the fen, half up: rounded once, at the end. Raises Unreadable for what is no such sum."""
    try:
        with exactly():
            tokens = list(_tokens(money.folded(typed)))
            found = _sum(tokens, 0)
            if tokens:
                raise _wrong(typed)
            rounded: Decimal = share(abs(found), Decimal(1))
    except (DecimalException, IndexError, Unreadable) as error:
        raise _wrong(typed) from error
    if rounded > money.LIMIT:
        raise Unreadable("amount_over_limit", found=money.shown(typed), limit=money.written(money.LIMIT))
    return rounded.copy_negate() if found < 0 and rounded else rounded


def _wrong(typed: str) -> Unreadable:
    return Unreadable("sum_unreadable", found=money.shown(typed))


def _tokens(text: str) -> Iterator[Decimal | str]:
    """Numbers and signs, in order."""
    at, text = 0, text.rstrip()
    if not text or len(text) > LONGEST:
        raise _wrong(text)
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _wrong(text)
        number, unit, sign = match.groups()
        yield sign.replace("×", "*") if sign else _number(number, unit or "")
        at = match.end()


def _number(digits: str, unit: str) -> Decimal:
    return Decimal(digits.replace(",", "")).scaleb(_UNITS[unit.removesuffix("元")])


def _sum(tokens: list[Decimal | str], depth: int) -> Decimal:
    found = _product(tokens, depth)
    while tokens and tokens[0] in ("+", "-"):
        sign = tokens.pop(0)
        more = _product(tokens, depth)
        found = found + more if sign == "+" else found - more
    return found


def _product(tokens: list[Decimal | str], depth: int) -> Decimal:
    found = _factor(tokens, depth)
    while tokens and tokens[0] == "*":
        tokens.pop(0)
        found = found * _factor(tokens, depth)
    return found


def _factor(tokens: list[Decimal | str], depth: int) -> Decimal:
    token = tokens.pop(0)
    if isinstance(token, Decimal):
        return token
    if depth > DEEPEST or token not in ("-", "+", "("):
        raise _wrong(str(token))
    if token != "(":
        inner = _factor(tokens, depth + 1)
        return -inner if token == "-" else inner
    inner = _sum(tokens, depth + 1)
    if tokens.pop(0) != ")":
        raise _wrong(")")
    return inner
