"""How a fact is read from what was typed: each kind of fact with its limits, and eduf's own codes for what is wrong."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from eduf import money

FIRST_YEAR, LAST_YEAR = 2008, 2100
LONGEST_TEXT = 200


def _reading(read: Callable[[object], Any]) -> BeforeValidator:
    """A validator that says in eduf's own codes what it could not read."""

    def validate(typed: object) -> Any:
        try:
            return read(typed)
        except money.Unreadable as error:
            raise PydanticCustomError(error.code, "{found}", error.values) from error

    return BeforeValidator(validate)


def text(typed: object) -> str:
    """A text that is one, on one line, with something in it."""
    if not isinstance(typed, str) or isinstance(typed, money.Typed):
        raise money.Unreadable("not_a_text", found=money.shown(typed))
    found = typed.strip()
    if not found:
        raise money.Unreadable("text_empty", found="")
    if len(found) > LONGEST_TEXT or money.visible(found) != found:
        raise money.Unreadable("text_form", found=money.shown(found), most=str(LONGEST_TEXT))
    return found


def _whole(least: int, most: int, form: str = "d") -> BeforeValidator:
    """A whole number within bounds, which a message writes in that form: a year has no thousands separator."""

    def read(typed: object) -> int:
        if not isinstance(typed, int) or isinstance(typed, bool):
            raise money.Unreadable("not_a_whole_number", found=money.shown(typed))
        if not least <= typed <= most:
            bounds = {"least": format(least, form), "most": format(most, form)}
            raise money.Unreadable("out_of_range", found=money.shown(typed), **bounds)
        return typed

    return _reading(read)


def _change(typed: object) -> Any:
    """What a difference sets a fact to or changes it by: an amount, a rate or a word as text, or a list of words."""
    if isinstance(typed, list):
        fits = all(isinstance(each, str) and not isinstance(each, money.Typed) for each in typed)
        return _fitting(typed, fits=fits)
    fits = isinstance(typed, str | int) and not isinstance(typed, bool)
    text = _fitting(typed, fits=fits)
    is_number = isinstance(typed, int | money.Typed) and re.fullmatch(r"[+-]?[0-9_]{1,30}(\.[0-9_]{1,30})?", str(typed))
    return money.plain(Decimal(str(typed))) if is_number else str(text)


def _fitting(typed: Any, *, fits: bool) -> Any:
    if not fits:
        raise money.Unreadable("change_form", found=money.shown(typed))
    return typed


def _span(typed: object) -> str:
    """The years of a difference: 2026, 2026-2028 or 2026- (a number is one year)."""
    text = money.shown(typed) if isinstance(typed, int | str) and not isinstance(typed, bool) else ""
    if not re.fullmatch(r"[0-9]{4}(-([0-9]{4})?)?", text) or (text[5:] and text[5:] < text[:4]):
        raise money.Unreadable("years_form", found=money.shown(typed))
    return text


def _format(typed: object) -> object:
    if isinstance(typed, bool) or typed != 1:
        raise money.Unreadable("format_unknown", found=money.shown(typed))
    return typed


def _not_negative(typed: object) -> Decimal:
    amount = money.amount(typed)
    if amount < 0:
        raise money.Unreadable("amount_negative", found=money.written(amount))
    return amount


def year_number(typed: object) -> int:
    """A year that eduf covers. Raises Unreadable for anything else."""
    text = money.shown(typed).strip() if isinstance(typed, int | str) and not isinstance(typed, bool) else ""
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise money.Unreadable("year_unreadable", found=money.shown(typed))
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise money.Unreadable("year_before_2008" if int(text) < FIRST_YEAR else "year_after_2100", found=text)
    return int(text)


def _in_schema(says: str, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"description": says, "type": ["number", "string"], **more})


def _vintage(typed: object) -> int:
    try:
        return year_number(typed)
    except money.Unreadable as error:
        early = error.code == "year_before_2008"
        raise money.Unreadable("vintage_before_2008" if early else error.code, **error.values) from error


Signed = Annotated[Decimal, _reading(money.amount), _in_schema("yuan, at most two decimals")]
Amount = Annotated[Decimal, _reading(_not_negative), _in_schema("yuan, at most two decimals, not negative")]
Rate = Annotated[Decimal, _reading(money.rate), _in_schema('a multiple of 0.1 %: "8%" or 0.08')]
YearNumber = Annotated[
    int, _reading(year_number), _in_schema("a year", type="integer", minimum=FIRST_YEAR, maximum=LAST_YEAR)
]
VintageYear = Annotated[int, _reading(_vintage), _in_schema("a year", type="integer", minimum=FIRST_YEAR)]
FoundedYear = Annotated[int, _whole(1800, LAST_YEAR)]
LossYear = Annotated[int, _whole(1990, LAST_YEAR)]
Name = Annotated[str, _reading(text)]
Count = Annotated[int, _whole(0, 10_000_000, ",")]
Change = Annotated[
    str | tuple[str, ...] | None,
    _reading(_change),
    WithJsonSchema({"description": 'an amount, a rate such as "5%", a word, or a list of qualifications'}),
]
Span = Annotated[str, _reading(_span)]
Format = Annotated[Literal[1], _reading(_format)]
