"""Facts that may be right and rarely are: what was typed into the wrong column, in the wrong unit, or not at all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eduf.money import written
from eduf.problems import Problem
from eduf.words import LANGUAGES, word

if TYPE_CHECKING:
    from eduf.history import History


def of(history: "History") -> Iterator[Problem]:
    """What somebody should look at once more, the enterprise first, then year by year."""
    case = history.case
    if case.enterprise.name in {word("template.name", lang) for lang in LANGUAGES}:
        where = case.places("enterprise", "name")
        yield Problem("template_name", "notice", where, {"found": case.enterprise.name})
    for n, year in case.in_order():
        spent = year.spent + (year.spent_in_full or 0)
        for code, key, found, most in (
            ("deductible_over_total", "deductible_wages", year.deductible_wages, year.total_wages),
            ("spent_over_wages", "spent", spent, year.total_wages),
        ):
            if found > most:
                values = {"year": year.year, "found": written(found), "total": written(most)}
                yield Problem(code, "notice", case.places("year", n, key), values)
