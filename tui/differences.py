"""The differences of a scenario with one fact of one year taken out, or set to a value."""

from collections.abc import Iterable, Iterator
from typing import Any

from eduf import cell
from eduf.case import Difference

Differences = tuple[Difference, ...]
_PLAIN = ("spent", "total_wages", "deductible_wages")  # facts that every year has


def put(stated: Differences, fact: str, year: int, value: Any, last: int) -> Differences:
    """The differences with the fact of the year set to a value, whatever they did with it before.

    `last`: the last year of the case that they make.
    """
    return (*without(stated, fact, year, last), cell.difference(fact, year, value))


def without(stated: Iterable[Difference], fact: str, year: int, last: int) -> Differences:
    """The differences that leave the fact of the year alone; one over several years is cut in two around it."""
    return tuple(part for each in stated for part in _around(each, fact, year, last))


def longer(stated: Differences, last: int) -> Differences:
    """The differences that make one more year, which repeats the last."""
    free = next(fact for fact in _PLAIN if not any(covers(each, fact, last + 1) and each.times for each in stated))
    return (*stated, Difference.model_validate({"fact": free, "years": str(last + 1), "times": "100%"}))


def shorter(stated: Differences, last: int) -> Differences:
    """The differences that make no year after `last`."""
    cut = (each for each in stated if span(each.years)[0] <= last)
    return tuple(_ending(each, last) for each in cut)


def _ending(each: Difference, last: int) -> Difference:
    first, until = span(each.years)
    return each if until is None or until <= last else each.model_copy(update={"years": _years(first, last)})


def end(stated: Iterable[Difference]) -> int:
    """The last year that a difference names."""
    return max((last or first for first, last in (span(each.years) for each in stated)), default=0)


def covers(each: Difference, fact: str, year: int) -> bool:
    """Whether a difference touches the fact of the year."""
    first, last = span(each.years)
    return each.fact == fact and first <= year <= (last or year)


def span(years: str) -> tuple[int, int | None]:
    """The first and the last year of a range; None: to the end."""
    begin, dash, end = years.partition("-")
    return int(begin), int(end) if end else None if dash else int(begin)


def _around(each: Difference, fact: str, year: int, last: int) -> Iterator[Difference]:
    if not covers(each, fact, year):
        yield each
        return
    first, until = span(each.years)
    if first < year:
        yield each.model_copy(update={"years": _years(first, year - 1)})
    if year < (until or last):
        yield each.model_copy(update={"years": _years(year + 1, until)})


def _years(begin: int, end: int | None) -> str:
    return str(begin) if begin == end else f"{begin}-{end or ''}"
