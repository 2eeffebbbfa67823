"""What the facts of a case must be to each other. Every check sees only facts that could be read (else None)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from eduf.case import FIRST_YEAR, Difference, Enterprise, Opening, Year
from eduf.law import Law
from eduf.money import ZERO, percent, written
from eduf.problems import Path

Found = tuple[Path, str, dict[str, object]]  # where in its table, the problem's code, the values of its sentences

_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def enterprise(stated: Enterprise) -> Iterator[Found]:
    """The credit code's check character, the kind, and that the shares of the cost centres make a whole."""
    code = stated.credit_code
    if code is not None and not _is_credit_code(code):
        yield ("credit_code",), "credit_code", {"found": code}
    if stated.kind == "administrative_organ":
        yield ("kind",), "administrative_organ", {}
    shares = [center.share for center in stated.cost_centers or ()]
    if shares and sum(shares) != 1:
        yield ("cost_centers",), "cost_centers_sum", {"found": percent(sum(shares, ZERO))}


def opening(stated: Opening, first: int | None, founded: int | None) -> Iterator[Found]:
    """Vintages lie before the first year; the balance from before 2008 is a part of the fund."""
    for position, vintage in enumerate(stated.carried_forward or ()):
        if first is not None and vintage.arose is not None and vintage.arose >= first:
            values: dict[str, object] = {"found": vintage.arose, "first": first}
            yield ("carried_forward", position, "from"), "vintage_from_the_future", values
    old, fund = stated.before_2008_balance or ZERO, stated.fund_balance
    if old and old > (fund or ZERO):
        yield ("before_2008_balance",), "before_2008_over_fund", {"found": written(old), "fund": written(fund or ZERO)}
    if old and founded is not None and founded >= FIRST_YEAR:
        yield ("before_2008_balance",), "before_2008_not_founded", {"found": written(old), "founded": founded}


def year(stated: Year, qualifications: Sequence[str] | None, law: Law) -> Iterator[Found]:
    """What a year states must hold together."""
    yield from _reasons(stated)
    yield from _full_deduction(stated, qualifications, law)
    months = stated.monthly_wages
    if months and stated.total_wages is not None and sum(months) != stated.total_wages:
        found, expected = written(sum(months, ZERO)), written(stated.total_wages)
        yield ("monthly_wages",), "monthly_wages_sum", {"found": found, "expected": expected}
    if stated.front_line_spent is not None and stated.spent is not None:
        total = stated.spent + (stated.spent_in_full or ZERO)
        if stated.front_line_spent > total:
            found, expected = written(stated.front_line_spent), written(total)
            yield ("front_line_spent",), "front_line_over_spent", {"found": found, "expected": expected}


def years(stated: Sequence[tuple[int, Year]], founded: int | None, *, whole: bool) -> Iterator[Found]:
    """Each year once, none missing (unless one could not be read), planned years after actual ones.

    Paths begin with the year's position in the file.
    """
    ordered = sorted(stated, key=lambda pair: pair[1].year)
    for (_, before), (position, after) in pairwise(ordered):
        if after.year == before.year:
            yield (position, "year"), "year_twice", {"found": after.year}
        elif whole and after.year > before.year + 1:
            values: dict[str, object] = {"found": after.year, "before": before.year, "missing": before.year + 1}
            yield (position, "year"), "year_gap", values
        if before.status == "plan" and after.status == "actual":
            yield (position, "status"), "actual_after_plan", {"found": after.year, "before": before.year}
    if ordered and founded is not None and founded > ordered[0][1].year:
        values = {"found": ordered[0][1].year, "founded": founded}
        yield (ordered[0][0], "year"), "year_before_founded", values


def filed(numbers: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Each filed year once."""
    seen: set[int] = set()
    for position, number in numbers:
        if number in seen:
            yield (position, "year"), "year_twice", {"found": number}
        seen.add(number)


def difference(stated: Difference) -> Iterator[Found]:
    """A difference says in exactly one way how a fact changes."""
    ways = [name for name in ("to", "grow", "times", "add") if getattr(stated, name) is not None]
    if len(ways) != 1:
        yield (), "difference_ways", {"found": ", ".join(ways) or "—"}


def _reasons(stated: Year) -> Iterator[Found]:
    if (stated.cap_rate is None) != (stated.cap_rate_because is None):
        key = "cap_rate" if stated.cap_rate is not None else "cap_rate_because"
        yield (key,), f"{key}_alone", {}
    if stated.cap_rate is not None and stated.collection == "deemed":
        yield ("cap_rate",), "cap_rate_in_deemed_year", {}
    if stated.transferred and stated.transferred_because is None:
        yield ("transferred",), "transferred_alone", {"found": written(stated.transferred)}


def _full_deduction(stated: Year, qualifications: Sequence[str] | None, law: Law) -> Iterator[Found]:
    if qualifications is None:
        return
    entitled = [each for each in law.on("full_deduction", stated.year, tuple(qualifications)) if each.who != "general"]
    for key in ("spent_in_full", "booked_in_full"):
        amount = getattr(stated, key)
        if amount and not entitled:
            yield (key,), "in_full_unqualified", {"found": written(amount), "year": stated.year}


def _is_credit_code(code: str) -> bool:
    """GB 32100-2015: 18 characters, the last checks the others."""
    if len(code) != 18 or any(each not in _CODE_CHARACTERS for each in code):
        return False
    total = sum(_CODE_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(code[:17]))
    return _CODE_CHARACTERS[-total % 31] == code[17]
