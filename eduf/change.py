"""What one difference of a scenario says: how a fact of a year becomes another, read against that fact.

A fact has a base, the value set by `to` or grown from the year before, else what the case states; `times` and `add`
then change it for their own years only, so that a growth of later years builds on the base.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, get_args

from eduf import money
from eduf.case import Difference, Qualification, Year
from eduf.law import Text
from eduf.money import LIMIT, ZERO, Unreadable, share, written
from eduf.reading import LAST_YEAR
from eduf.reading import text as reason
from eduf.words import word

FACTS = tuple(name for name in Year.model_fields if name not in ("year", "status"))
WAYS = ("to", "grow", "times", "add")
AMOUNTS = ("total_wages", "deductible_wages", "spent", "spent_in_full", "booked_in_full", "front_line_spent", "assets")
SIGNED = ("extracted", "transferred", "income")
RATES = ("extraction_rate", "cap_rate", "tax_rate", "deferred_rate")
CHOICES = {
    "qualifications": get_args(Qualification),
    "collection": get_args(Year.model_fields["collection"].annotation),
    "restricted_industry": ("true", "false"),
}
REASONS = ("cap_rate_because", "transferred_because")
MOST_STAFF = 10_000_000
_MOST_TIMES = Decimal(10)  # 1,000 %

_FACTOR = re.compile(r"([+-]?)([0-9]+(?:\.[0-9]+)?) ?(%?)")
_PRODUCT = re.compile(r"([a-z_]+) ?[×*] ?(.+)")


class Product(NamedTuple):
    """A rate of another fact of the year, or so much a head of staff."""

    fact: str
    by: Decimal


@dataclass(frozen=True)
class Change:
    """A difference that was read: the years it covers, and its value as the fact needs it."""

    fact: str
    way: str
    begin: int
    end: int | None  # None: to the last year
    value: Any


def change(stated: Difference) -> Change:
    """What a difference says. Raises Unreadable, with the code of the problem, for what its fact cannot be."""
    way = next(each for each in WAYS if getattr(stated, each) is not None)
    begin, dash, end = stated.years.partition("-")
    last = int(end) if end else None if dash else int(begin)
    return Change(stated.fact, way, int(begin), last, _value(stated.fact, way, getattr(stated, way)))


def _value(fact: str, way: str, typed: Any) -> Any:
    if way in ("grow", "times"):
        if fact not in (*AMOUNTS, *SIGNED):
            raise Unreadable("change_way", ways="to, add" if fact in (*RATES, "staff") else "to")
        return growth(typed) if way == "grow" else factor(typed)
    if fact in (*AMOUNTS, *SIGNED):
        return _product(typed) or money.amount(typed)
    if fact in RATES:
        return signed_rate(typed) if way == "add" else money.rate(typed)
    if fact == "staff":
        return _whole(typed)
    return _chosen(fact, way, typed)


def _chosen(fact: str, way: str, typed: Any) -> Any:
    """A word, a list of words, or a reason; nothing can be added to them."""
    if way == "add":
        raise Unreadable("change_way", ways="to")
    if fact in REASONS:
        return reason(typed)
    if fact not in CHOICES:
        raise Unreadable("change_fact", found=fact)
    wrong = [each for each in ((typed,) if isinstance(typed, str) else typed) if each not in CHOICES[fact]]
    if wrong:
        raise not_chosen(fact, wrong[0])
    return typed == "true" if fact == "restricted_industry" else typed


def not_chosen(fact: str, typed: str) -> Unreadable:
    """That a word is none of those that the fact can be."""
    expected = "、".join(f"{each}（{word(f'values.{each}', 'zh')}）" for each in CHOICES[fact])
    text = Text(zh=expected, en=", ".join(CHOICES[fact]))
    return Unreadable("choice_unknown", found=money.shown(typed), expected=text)  # type: ignore[arg-type]


def growth(typed: object) -> Decimal:
    """What `5%` or `-2.5%` a year makes of an amount: 1.050, 0.975. Raises Unreadable."""
    text = money.folded(typed)
    if "%" not in text and re.fullmatch(r"[+-]?[0-9]*[1-9][0-9]*(\.[0-9]+)?", text):
        raise Unreadable("rate_without_percent", found=money.shown(typed))
    return 1 + _multiple(typed, least=-1, most=_MOST_TIMES - 1)


def factor(typed: object) -> Decimal:
    """What an amount is multiplied by, `110%` or `1.1`. Raises Unreadable."""
    return _multiple(typed, least=0, most=_MOST_TIMES)


def _multiple(typed: object, least: Decimal | int, most: Decimal | int) -> Decimal:
    match = _FACTOR.fullmatch(money.folded(typed))
    if match is None:
        raise Unreadable("factor_unreadable", found=money.shown(typed))
    number = Decimal(match[1] + match[2]).scaleb(-2 if match[3] else 0)
    if not least <= number <= most:
        bounds = {"least": money.percent(Decimal(least)), "most": money.percent(Decimal(most))}
        raise Unreadable("factor_range", found=money.shown(typed), **bounds)
    if number % money.PER_MILLE:
        raise Unreadable("factor_step", found=money.shown(typed))
    return number.quantize(money.PER_MILLE)


def signed_rate(typed: object) -> Decimal:
    """A rate with its sign: `-5%`, `0.5%`; up to 1,000 % either way. Raises Unreadable."""
    return _multiple(typed, least=-_MOST_TIMES, most=_MOST_TIMES)


def _whole(typed: Any) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", str(typed)):
        raise Unreadable("not_a_whole_number", found=money.shown(typed))
    return int(typed)


def _product(typed: Any) -> Product | None:
    """`total_wages × 2%`, `staff × 1,200.00`; None for what is no product."""
    match = _PRODUCT.fullmatch(money.folded(typed))
    if match is None:
        return None
    if match[1] == "staff":
        return Product("staff", money.amount(match[2]))
    if match[1] not in (*AMOUNTS, *SIGNED):
        raise Unreadable("product_fact", found=match[1], known=", ".join(("staff", *AMOUNTS, *SIGNED)))
    return Product(match[1], money.rate(match[2]))


def times(amount: Decimal, rate: Decimal) -> Decimal:
    """The amount times a rate of 0 % or more, to the fen, half up; a negative amount as its positive, negative."""
    found: Decimal = share(abs(amount), rate)
    return found if amount >= 0 else -found


def a_head(amount: Decimal, staff: int) -> Decimal:
    """So much for each of the staff: exact."""
    return amount * Decimal(staff)


def checked(fact: str, value: Any) -> Any:
    """The value that a fact would have. Raises Unreadable where it cannot be one."""
    if fact in RATES and not 0 <= value <= 1:
        raise Unreadable("change_out_of_range", found=money.percent(value), least="0%", most="100%")
    if fact == "staff" and not 0 <= value <= MOST_STAFF:
        raise Unreadable("change_out_of_range", found=f"{value:,}", least="0", most=f"{MOST_STAFF:,}")
    if fact in (*AMOUNTS, *SIGNED):
        least = ZERO if fact in AMOUNTS else -LIMIT
        if not least <= value <= LIMIT:
            bounds = {"least": written(least), "most": written(LIMIT)}
            raise Unreadable("change_out_of_range", found=written(value), **bounds)
    return value


def last_covered(changes: tuple[Change, ...], last: int) -> int:
    """The last year of a case after these changes: those that end later make the plan years up to there."""
    return min(max([last, *(each.end for each in changes if each.end is not None)]), LAST_YEAR)


def named(name: str) -> Text:
    """A fact or a line by its label, for a problem."""
    return Text(zh=word(f"names.{name}", "zh"), en=word(f"names.{name}", "en"))
