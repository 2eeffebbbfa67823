"""The facts of a whole case, compared with each other: what `checks` finds, under the path from the top of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from eduf import checks
from eduf.case import Case, Difference, Enterprise, Opening, Year
from eduf.checks import Found
from eduf.law import Law
from eduf.problems import Path

T = TypeVar("T")
Part = tuple[T | None, frozenset[str]]  # a table as far as it could be read, and the keys that could not
_ALL: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Parts:
    """The tables of a case, whole or as far as they could be read."""

    enterprise: Part[Enterprise]
    opening: Part[Opening]
    years: tuple[Part[Year], ...]
    filed: tuple[int | None, ...] = ()
    scenarios: tuple[str | None, ...] = ()
    changes: tuple[tuple[Path, Part[Difference]], ...] = ()


def parts(case: Case) -> Parts:
    """The tables of a case that is whole."""
    changes = ((n, k, each) for n, scenario in enumerate(case.scenarios) for k, each in enumerate(scenario.set))
    return Parts(
        enterprise=(case.enterprise, _ALL),
        opening=(case.opening, _ALL),
        years=tuple((year, _ALL) for year in case.years),
        filed=tuple(each.year for each in case.filed),
        scenarios=tuple(each.name for each in case.scenarios),
        changes=tuple((("scenario", n, "set", k), (each, _ALL)) for n, k, each in changes),
    )


def compared(stated: Parts, law: Law) -> Iterator[Found]:
    """What the facts get wrong between them."""
    enterprise, unread = stated.enterprise
    known = [(n, year, bad) for n, (year, bad) in enumerate(stated.years) if year and year.year is not None]
    whole = len(known) == len(stated.years)
    first = min((year.year for _, year, _ in known), default=None) if whole else None
    founded = enterprise.founded if enterprise else None
    if enterprise:
        yield from _under(("enterprise",), checks.enterprise(enterprise), unread)
    opening, unread = stated.opening
    if opening:
        yield from _under(("opening",), checks.opening(opening, first, founded), unread)
    yield from _under(("year",), checks.years([(n, year) for n, year, _ in known], founded, whole=whole))
    for n, year, bad in known:
        yield from _under(("year", n), checks.year(year, _held(year, bad, enterprise), law), bad)
    filed = [(n, year) for n, year in enumerate(stated.filed) if year is not None]
    yield from _under(("filed",), checks.filed(filed))
    yield from _under(("scenario",), checks.scenarios(stated.scenarios))
    for path, (change, bad) in stated.changes:
        if change:
            yield from _under(path, checks.difference(change), bad)


def _held(year: Year, unread: frozenset[str], enterprise: Enterprise | None) -> tuple[str, ...] | None:
    """The qualifications of a year, None where they could not be read."""
    if year.qualifications is not None or "qualifications" in unread:
        return year.qualifications
    return enterprise.qualifications if enterprise else None


def _under(above: Path, found: Iterable[Found], unread: frozenset[str] = _ALL) -> Iterator[Found]:
    """What was found below a path, without what compares facts that could not be read."""
    return (each._replace(path=(*above, *each.path)) for each in found if not unread.intersection(each.reads))
