"""What is typed into a cell, as the fact of a year: an amount, a sum, so many per cent more, a rate, a word."""

import re
from decimal import Decimal
from typing import Any

from eduf import money
from eduf.case import Difference
from eduf.change import AMOUNTS, CHOICES, RATES, REASONS, SIGNED, checked, growth, not_chosen, times
from eduf.files import shape
from eduf.money import Unreadable
from eduf.sums import worked

_MORE = re.compile(r"[+-] ?[0-9]+(\.[0-9]+)? ?%")


def value(fact: str, typed: str, now: Any = None) -> Any:
    """The value that is meant, `now` standing in the cell. Raises Unreadable, with the code of the problem.

    >>> value("spent", "=1000*1.05"), value("spent", "+5%", Decimal("1000.00")), value("cap_rate", "8%")
    (Decimal('1050.00'), Decimal('1050.00'), Decimal('0.080'))
    """
    text = money.folded(typed)
    if fact in (*AMOUNTS, *SIGNED):
        with money.exactly():
            return checked(fact, _amount(text, now))
    if fact in RATES:
        return money.rate(text)
    if fact == "staff":
        return _staff(text)
    if fact in CHOICES:
        return _words(fact, text)
    if fact in REASONS:
        return typed.strip()
    raise Unreadable("change_fact", found=fact)


def _amount(text: str, now: Any) -> Decimal:
    if text.startswith("="):
        return worked(text[1:])
    if _MORE.fullmatch(text):
        if now is None:
            raise Unreadable("cell_empty", found=money.shown(text))
        return times(now, growth(text.replace(" ", "")))
    return money.amount(text)


def _staff(text: str) -> int:
    digits = text.replace(",", "")
    if not re.fullmatch("[0-9]{1,9}", digits):
        raise Unreadable("not_a_whole_number", found=money.shown(text))
    found: int = checked("staff", int(digits))
    return found


def _words(fact: str, text: str) -> Any:
    """One of the words of the fact, or, of qualifications, several; by key or by label in either language."""
    if fact == "qualifications":
        if text in ("none", "无"):
            return ()
        return tuple(dict.fromkeys(_word(fact, each) for each in re.split(r"[,、+，]", text)))
    return _word(fact, text) == "true" if fact == "restricted_industry" else _word(fact, text)


def _word(fact: str, text: str) -> str:
    found = shape.choices(fact).get(shape.plain(text))
    if found is None:
        raise not_chosen(fact, text)
    return found


def plain(fact: str, value: Any) -> Any:
    """The value as a difference states it, and as it can be typed again; empty for what is unknown."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return money.percent(value) if fact in RATES else money.plain(value)
    if isinstance(value, tuple):
        return list(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def difference(fact: str, year: int, value: Any) -> Difference:
    """The difference that sets the fact of a year to a value."""
    return Difference.model_validate({"fact": fact, "years": str(year), "to": plain(fact, value)})
