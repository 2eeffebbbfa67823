"""What a user typed for a figure, a year, a matter or a qualification, found or refused with the nearest name."""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import get_args

from eduf.case import Qualification
from eduf.history import History, Year
from eduf.law import current
from eduf.problems import Problem, Refused
from eduf.words import LANGUAGES, word


def figure_name(history: History, year: int, typed: str) -> str:
    """The name of a figure, typed as such or as its label. Raises Refused for a year or figure that is not there."""
    computed = history.year(year)
    if computed is None:
        values = {"found": year, "first": history.years[0].year, "last": history.years[-1].year}
        raise Refused([Problem("year_unknown", "error", values=values)])
    return _found(typed, _labelled(computed.values, "names"), "line_unknown")


def chosen_years(history: History, typed: str) -> tuple[Year, ...]:
    """The years of `2018`, `2016-2018`, `2018-` or `-2018`. Raises Refused where the case has none of them."""
    first, last = history.years[0].year, history.years[-1].year
    match = re.fullmatch(r"(\d{4})?(-)?(\d{4})?", typed.strip())
    if match and (match[1] or match[3]):
        low, dash, high = match.groups()
        begin, end = int(low or first), int(high or (last if dash else low))
        if chosen := tuple(year for year in history.years if begin <= year.year <= end):
            return chosen
    raise Refused([Problem("year_unknown", "error", values={"found": typed, "first": first, "last": last})])


def matter_name(typed: str) -> str:
    """The name of a matter of the law, typed as such or as its title."""
    matters = {name: name for name in current().names()}
    return _found(typed, matters, "matter_unknown")


def qualification(typed: str) -> str:
    """A qualification, typed as in the case file or as its label."""
    return _found(
        typed,
        _labelled((*get_args(Qualification), "public_institution", "administrative_organ"), "values"),
        "qualification_unknown",
    )


def schema_name(typed: str, known: Iterable[str]) -> str:
    """The name of a schema."""
    return _found(typed, {name: name for name in known}, "schema_unknown")


def _labelled(names: Iterable[str], section: str) -> dict[str, str]:
    """Names by themselves and by their labels in every language."""
    names = tuple(names)
    return {word(f"{section}.{name}", lang).casefold(): name for lang in LANGUAGES for name in names} | {
        name: name for name in names
    }


def _found(typed: str, known: Mapping[str, str], code: str) -> str:
    name = known.get(typed) or known.get(typed.casefold())
    if name:
        return name
    close = difflib.get_close_matches(typed.casefold(), known, 1)
    values = {"found": typed, "known": ", ".join(dict.fromkeys(known.values()))}
    if close:
        raise Refused([Problem(f"{code}_like", "error", values={**values, "close": known[close[0]]})])
    raise Refused([Problem(code, "error", values=values)])
