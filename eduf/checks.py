"""What the facts of a case must be to each other. A check that compares facts which could not be read says nothing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from eduf.case import Difference, Enterprise, Opening, Year
from eduf.law import Law
from eduf.money import ZERO, percent, written
from eduf.problems import Path
from eduf.reading import FIRST_YEAR

_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Found(NamedTuple):
    """A problem between facts: where in its table, its code, the values of its sentences, and the facts compared."""

    path: Path
    code: str
    values: dict[str, object]
    reads: tuple[str, ...] = ()


def enterprise(stated: Enterprise) -> Iterator[Found]:
    """The credit code's check character, the kind, and that the shares of the cost centres make a whole."""
    code = stated.credit_code
    if code is not None and not _is_credit_code(code):
        yield Found(("credit_code",), "credit_code", {"found": code})
    if stated.kind == "administrative_organ":
        yield Found(("kind",), "administrative_organ", {})
    shares = [center.share for center in stated.cost_centers or ()]
    if shares and sum(shares) != 1:
        yield Found(("cost_centers",), "cost_centers_sum", {"found": percent(sum(shares, ZERO))})


def opening(stated: Opening, first: int | None, founded: int | None) -> Iterator[Found]:
    """Vintages and losses lie before the first year; the balance from before 2008 is a part of the fund."""
    vintages = [vintage.arose for vintage in stated.carried_forward or ()]
    yield from _from_the_future("carried_forward", vintages, "vintage_from_the_future", first)
    losses = [loss.arose for loss in stated.losses or ()]
    yield from _from_the_future("losses", losses, "loss_from_the_future", first)
    for position, arose in enumerate(vintages):
        if founded is not None and arose is not None and arose < founded:
            values: dict[str, object] = {"found": arose, "founded": founded}
            yield Found(("carried_forward", position, "from"), "vintage_before_founded", values)
    old, fund = stated.before_2008_balance or ZERO, stated.fund_balance
    if old and fund is None:
        yield Found(("before_2008_balance",), "before_2008_without_fund", {"found": written(old)}, ("fund_balance",))
    elif old and fund is not None and old > fund:
        yield Found(("before_2008_balance",), "before_2008_over_fund", {"found": written(old), "fund": written(fund)})
    if old and founded is not None and founded >= FIRST_YEAR:
        yield Found(("before_2008_balance",), "before_2008_not_founded", {"found": written(old), "founded": founded})


def _from_the_future(key: str, years: Sequence[int | None], code: str, first: int | None) -> Iterator[Found]:
    for position, arose in enumerate(years):
        if first is not None and arose is not None and arose >= first:
            yield Found((key, position, "from"), code, {"found": arose, "first": first})


def year(stated: Year, qualifications: Sequence[str] | None, law: Law) -> Iterator[Found]:
    """What a year states must hold together."""
    yield from _reasons(stated)
    yield from _full_deduction(stated, qualifications, law)
    months = stated.monthly_wages
    if months and stated.total_wages is not None and sum(months) != stated.total_wages:
        values: dict[str, object] = {"found": written(sum(months, ZERO)), "expected": written(stated.total_wages)}
        yield Found(("monthly_wages",), "monthly_wages_sum", values)
    if stated.front_line_spent is not None and stated.spent is not None:
        total = stated.spent + (stated.spent_in_full or ZERO)
        if stated.front_line_spent > total:
            values = {"found": written(stated.front_line_spent), "expected": written(total)}
            yield Found(("front_line_spent",), "front_line_over_spent", values, ("spent_in_full",))


def years(stated: Sequence[tuple[int, Year]], founded: int | None, *, whole: bool) -> Iterator[Found]:
    """Each year once, none missing (unless one could not be read), planned years after actual ones.

    Paths begin with the year's position in the file.
    """
    ordered = sorted(stated, key=lambda pair: pair[1].year)
    for (_, before), (position, after) in pairwise(ordered):
        if after.year == before.year:
            yield Found((position, "year"), "year_twice", {"found": after.year})
            continue
        if whole and after.year > before.year + 1:
            first, last = before.year + 1, after.year - 1
            missing = str(first) if first == last else f"{first}–{last}"
            yield Found(
                (position, "year"), "year_gap", {"found": after.year, "before": before.year, "missing": missing}
            )
        if before.status == "plan" and after.status == "actual":
            yield Found((position, "status"), "actual_after_plan", {"found": after.year, "before": before.year})
    if ordered and founded is not None and founded > ordered[0][1].year:
        values: dict[str, object] = {"found": ordered[0][1].year, "founded": founded}
        yield Found((ordered[0][0], "year"), "year_before_founded", values)


def filed(numbers: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Each filed year once."""
    seen: set[int] = set()
    for position, number in numbers:
        if number in seen:
            yield Found((position, "year"), "year_twice", {"found": number})
        seen.add(number)


def scenarios(names: Sequence[str | None]) -> Iterator[Found]:
    """Each scenario's name once, however it is written; None is a name that could not be read."""
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name is not None and name.casefold() in seen:
            yield Found((position, "name"), "scenario_twice", {"found": name})
        seen |= {name.casefold()} if name else set()


def difference(stated: Difference) -> Iterator[Found]:
    """A difference names a fact of a year and says in exactly one way how it changes."""
    facts = [name for name in Year.model_fields if name not in ("year", "status")]
    if stated.fact is not None and stated.fact not in facts:
        yield Found(("fact",), "fact_unknown", {"found": stated.fact, "known": ", ".join(facts)}, ("fact",))
    every = ("to", "grow", "times", "add")
    ways = [name for name in every if getattr(stated, name) is not None]
    if len(ways) != 1:
        yield Found((), "difference_ways", {"found": ", ".join(ways) or "—"}, every)
    for way in ways:
        is_list = isinstance(getattr(stated, way), tuple)
        if is_list != (stated.fact == "qualifications") and (is_list or way == "to"):
            code = "change_list" if is_list else "change_no_list"
            yield Found((way,), code, {"fact": stated.fact}, ("fact", way))


def _reasons(stated: Year) -> Iterator[Found]:
    for key in ("cap_rate", "transferred"):
        value, because = getattr(stated, key), getattr(stated, f"{key}_because")
        reads = (key, f"{key}_because")
        if because is None and (value or (key == "cap_rate" and value is not None)):
            yield Found((key,), f"{key}_alone", {"found": written(value)}, reads)
        if value is None and because is not None:
            yield Found((f"{key}_because",), f"{key}_because_alone", {}, reads)
    if stated.cap_rate is not None and stated.collection == "deemed":
        yield Found(("cap_rate",), "cap_rate_in_deemed_year", {})


def _full_deduction(stated: Year, qualifications: Sequence[str] | None, law: Law) -> Iterator[Found]:
    stated_in_full = [key for key in ("spent_in_full", "booked_in_full") if getattr(stated, key)]
    if not stated_in_full or qualifications is None or stated.collection == "deemed":
        return
    entitled = [each for each in law.on("full_deduction", stated.year, tuple(qualifications)) if each.who != "general"]
    for key in stated_in_full if not entitled else ():
        yield Found((key,), "in_full_unqualified", {"found": written(getattr(stated, key)), "year": stated.year})


def _is_credit_code(code: str) -> bool:
    """GB 32100-2015: 18 characters, the last checks the others."""
    if len(code) != 18 or any(each not in _CODE_CHARACTERS for each in code):
        return False
    total = sum(_CODE_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return _CODE_CHARACTERS[-total % 31] == code[17]
