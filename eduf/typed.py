"""What is typed for a plan: differences, what to change, what is wanted, and what to vary.

A difference is FACT@YEARS, then = (set), += (add), *= (multiply) or =grow and a rate a year. The dash belongs to the
years (2026, 2026-2028, 2026-), so what is taken away is added with a minus. Facts and lines go by name or label.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from eduf import money
from eduf.case import Difference, Scenario
from eduf.change import AMOUNTS, RATES, growth, signed_rate
from eduf.look_up import fact_name, line_name
from eduf.problems import Place, Problem, Refused
from eduf.search import Relation

_SPAN = r"[0-9]{4}(?:-(?:[0-9]{4})?)?"
_AT = rf"\s*(.+?)\s*@\s*({_SPAN})\s*"
_GROW = r"(?:grow|增长)"
_DIFFERENCE = re.compile(rf"{_AT}(\+=|\*=|=)\s*({_GROW}\s*)?(\S.*?)\s*")
_UNKNOWN = re.compile(rf"{_AT}(=?\s*{_GROW})?\s*")
_WANTED = re.compile(r"\s*(.+?)\s*@\s*([0-9]{4})\s*(<=|>=|≤|≥|=)\s*(\S.*?)\s*")
_RANGE = re.compile(
    rf"\s*(\S.*?)\s*(?:@\s*({_SPAN}))?\s*(\+=|\*=|=)?\s*({_GROW})?\s*"
    r"([+-]?[^\s=@]+?)\s*\.\.\s*([+-]?\S+)(?:\s*(?:step|步长)\s*(\S+))?\s*"
)
MOST_VALUES = 1000
_WAYS = {"=": "to", "+=": "add", "*=": "times"}
_RELATIONS: dict[str, Relation] = {"=": "=", "<=": "<=", "≤": "<=", ">=": ">=", "≥": ">="}


class Unknown(NamedTuple):
    """What a goal seek may change: a fact over some years, to one amount, or by one rate of growth a year."""

    fact: str
    years: str
    grows: bool


class Range(NamedTuple):
    """What to vary: a fact over some years ("": the plan years), in one way, from one value to another in steps."""

    fact: str
    years: str
    way: str
    values: tuple[Decimal, ...]
    rates: bool

    def difference(self, value: Decimal, years: str) -> Difference:
        """The difference that puts a value in."""
        return changed_to(self.fact, years, self.way, self.shown(value))

    def shown(self, value: Decimal) -> str:
        """A value as it is typed: a rate with %, an amount in digits."""
        return money.percent(value) if self.rates else money.plain(value)


class Wanted(NamedTuple):
    """A line of a year, and what it should be."""

    line: str
    year: int
    relation: Relation
    target: Decimal

    def text(self) -> str:
        """`carried_forward@2028<=0.00`."""
        return f"{self.line}@{self.year}{self.relation}{self.target}"


def scenario(typed: Sequence[str], name: str) -> Scenario:
    """The scenario of these differences. Raises Refused with every one that cannot be read."""
    found: list[Difference] = []
    problems: list[Problem] = []
    for each in typed:
        try:
            found.append(difference(each))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return Scenario(name=name, set=tuple(found))


def difference(typed: str) -> Difference:
    """A difference such as `spent@2027+=5000` or `total_wages@2026-=grow 5%`. Raises Refused."""
    match = _DIFFERENCE.fullmatch(money.folded(typed))
    if match is None or (match[4] and match[3] != "="):
        raise _unreadable("set_unreadable", typed)
    fact, years, sign, grows, value = match.groups()
    return changed_to(fact_name(fact), _years(years, typed), "grow" if grows else _WAYS[sign], value)


def changed_to(fact: str, years: str, way: str, value: str) -> Difference:
    """The difference that a value makes; qualifications stand joined by commas, or `none`."""
    held = () if value in ("none", "无") else tuple(re.split(r"\s*[,、+]\s*", value))
    stated: object = list(held) if fact == "qualifications" and way == "to" else value
    return Difference.model_validate({"fact": fact, "years": years, way: stated})


def unknown(typed: str) -> Unknown:
    """What to change: `spent@2026`, `spent@2026-2028`, `total_wages@2026- grow`. Raises Refused."""
    match = _UNKNOWN.fullmatch(money.folded(typed))
    if match is None:
        raise _unreadable("change_unreadable", typed)
    return Unknown(fact_name(match[1]), _years(match[2], typed), bool(match[3]))


def ends(between: tuple[str, str], looked_for: Unknown) -> tuple[Decimal, Decimal]:
    """The ends of a search: amounts, or rates where a growth is looked for. Raises Refused."""
    try:
        low, high = (_end(each, looked_for) for each in between)
    except money.Unreadable as error:
        raise Refused([Problem(error.code, "error", Place("--between"), error.values)]) from error
    if low > high:
        raise _unreadable("between_order", " ".join(between))
    return low, high


def _end(each: str, looked_for: Unknown) -> Decimal:
    if looked_for.grows:
        return growth(each) - 1
    amount = money.amount(each)
    if amount < 0 and looked_for.fact in AMOUNTS:
        raise money.Unreadable("change_out_of_range", found=each, least="0.00", most=money.written(money.LIMIT))
    return amount


def wanted(typed: str) -> Wanted:
    """What is wanted: `carried_forward@2028=0`, `adjustment@2027<=100,000.00`. Raises Refused."""
    match = _WANTED.fullmatch(money.folded(typed))
    if match is None:
        raise _unreadable("so_that_unreadable", typed)
    line, year, relation, target = match.groups()
    try:
        return Wanted(line_name(line), int(year), _RELATIONS[relation], money.amount(target))
    except money.Unreadable as error:
        raise Refused([Problem(error.code, "error", Place(money.shown(typed)), error.values)]) from error


def span(typed: str) -> tuple[int, int | None]:
    """Years: `2027`, `2027-2029`, or `2027-`, which has no end. Raises Refused."""
    text = re.sub(r"\s*[-–—~至]+\s*", "-", money.folded(typed))
    if not re.fullmatch(_SPAN, text) or (text[5:] and text[5:] < text[:4]):
        raise _unreadable("years_form", typed)
    begin, dash, end = text.partition("-")
    return int(begin), int(end) if end else None if dash else int(begin)


def line_of_year(typed: str) -> tuple[str, int]:
    """A line of a year: `carried_forward@2028`. Raises Refused."""
    match = re.fullmatch(r"\s*(.+?)\s*@\s*([0-9]{4})\s*", money.folded(typed))
    if match is None:
        raise _unreadable("line_unreadable", typed)
    return line_name(match[1]), int(match[2])


def varied(typed: str) -> Range:
    """What to vary: `total_wages@2026-=grow -5%..10% step 1%`, `spent@2026=400000..600000 step 50000`. Raises Refused.

    Without a step only the two ends are put in.
    """
    match = _RANGE.fullmatch(money.folded(typed))
    if match is None or match[3] not in (("=", None) if match[4] else tuple(_WAYS)):
        raise _unreadable("vary_unreadable", typed)
    fact, way = fact_name(match[1]), "grow" if match[4] else _WAYS[match[3]]
    rates = way in ("grow", "times") or fact in RATES
    try:
        low, high, step = (_number(each, rates=rates) for each in (match[5], match[6], match[7] or "0"))
    except money.Unreadable as error:
        raise Refused([Problem(error.code, "error", Place(money.shown(typed)), error.values)]) from error
    return Range(fact, _years(match[2] or "", typed), way, _between(low, high, step, typed), rates)


def _number(typed: str, *, rates: bool) -> Decimal:
    return signed_rate(typed) if rates else money.amount(typed)


def _between(low: Decimal, high: Decimal, step: Decimal, typed: str) -> tuple[Decimal, ...]:
    """The values from low to high; an end that no step meets is not among them."""
    if low >= high or step < 0:
        raise _unreadable("vary_order", typed)
    with money.exactly():
        count = int((high - low) // step) if step else 1
        if count > MOST_VALUES:
            raise _unreadable("vary_too_many", typed)
        return tuple(low + (step or high - low) * n for n in range(count + 1))


def _years(typed: str, whole: str) -> str:
    if typed[5:] and typed[5:] < typed[:4]:
        raise Refused([Problem("years_form", "error", Place(money.shown(whole)), {"found": typed})])
    return typed


def _unreadable(code: str, typed: str) -> Refused:
    return Refused([Problem(code, "error", values={"found": money.shown(typed)})])
