"""What a user typed for a figure, a year, a matter or a qualification, found or refused with the nearest name."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import get_args

from eduf.case import Case, Qualification
from eduf.change import FACTS
from eduf.files import ANSWERS
from eduf.history import History, Year
from eduf.law import current
from eduf.lines import LINES, NAMES
from eduf.money import Unreadable, rate
from eduf.problems import Problem, Refused
from eduf.words import LANGUAGES, language, word

_MOST = 6  # names that are suggested


def figure_name(history: History, year: int, typed: str) -> str:
    """The name of a figure, typed as such or as its label. Raises Refused for a year or figure that is not there."""
    computed = history.year(year)
    if computed is None:
        values = {"found": year, "first": history.years[0].year, "last": history.years[-1].year}
        raise Refused([Problem("year_unknown", "error", values=values)])
    return _found(typed, _labelled(_in_order(computed), "names"), "line_unknown", _label)


def fact_name(typed: str) -> str:
    """The name of a fact of a year that a plan may change, typed as such or as its label."""
    return _found(typed, _labelled(FACTS, "names"), "fact_unknown", _label)


def line_name(typed: str) -> str:
    """The name of a line, typed as such or as its label."""
    return _found(typed, _labelled(NAMES, "names"), "line_unknown", _label)


def _in_order(year: Year) -> list[str]:
    """The figures of a year: row 5 and the rest of the lines first, what is deductible in full and the facts last."""
    lines = [name for name in year.lines() if not name.endswith("_in_full")]
    return list(dict.fromkeys([*lines, *year.values]))


def chosen_years(history: History, typed: str) -> tuple[Year, ...]:
    """The years of `2018`, `2016-2018`, `2018-` or `-2018`. Raises Refused where the case has none of them."""
    first, last = history.years[0].year, history.years[-1].year
    match = re.fullmatch(r"(\d{4})?(-)?(\d{4})?", re.sub(r"\s*[-–—~～至]+\s*", "-", typed.strip()))
    if match and (match[1] or match[3]):
        low, dash, high = match.groups()
        begin, end = int(low or first), int(high or (last if dash else low))
        if chosen := tuple(year for year in history.years if begin <= year.year <= end):
            return chosen
    else:
        raise Refused([Problem("years_unreadable", "error", values={"found": typed})])
    raise Refused([Problem("year_unknown", "error", values={"found": typed, "first": first, "last": last})])


def matter_name(typed: str) -> str:
    """The name of a matter of the law, typed as such, as its title, or as the label of a line that rests on it."""
    names = current().names()
    titles = {current().matter(name).said(lang): name for name in names for lang in LANGUAGES}
    lines = {word(f"names.{each.name}", lang): each.law[0].partition(".")[0] for each in LINES for lang in LANGUAGES}
    return _found(typed, {**lines, **titles, **{name: name for name in names}}, "matter_unknown", _title)


def _title(matter: str) -> str:
    return current().matter(matter).said(language())


def qualification(typed: str) -> str:
    """A qualification, typed as in the case file or as its label."""
    return _found(
        typed,
        _labelled((*get_args(Qualification), "public_institution", "administrative_organ"), "values"),
        "qualification_unknown",
    )


def rate_typed(typed: str) -> Decimal:
    """A rate typed on the command line, `5%` or `0.05`. Raises Refused for anything else."""
    try:
        return rate(typed)
    except Unreadable as error:
        raise Refused([Problem(error.code, "error", values=error.values)]) from error


def answered(typed: Iterable[str]) -> dict[str, str]:
    """The answers to what a workbook leaves open, typed as question=answer. Raises Refused for others."""
    pairs = [each.partition("=") for each in typed]
    wrong = [f"{question}={answer}" for question, _, answer in pairs if answer not in ANSWERS.get(question, ())]
    known = ", ".join(f"{question}={'|'.join(choices)}" for question, choices in ANSWERS.items())
    if wrong:
        raise Refused([Problem("answer_unknown", "error", values={"found": each, "known": known}) for each in wrong])
    return {question: answer for question, _, answer in pairs}


def scenario_name(case: Case, typed: str) -> str:
    """The name of a scenario of the case."""
    return _found(typed, {each.name: each.name for each in case.scenarios}, "scenario_unknown")


def schema_name(typed: str, known: Iterable[str]) -> str:
    """The name of a schema."""
    return _found(typed, {name: name for name in known}, "schema_unknown")


def _labelled(names: Iterable[str], section: str) -> dict[str, str]:
    """Names by themselves and by their labels in every language."""
    names = tuple(names)
    labels = {word(f"{section}.{name}", lang): name for name in names for lang in LANGUAGES}
    return labels | {name: name for name in names}


def _found(typed: str, known: Mapping[str, str], code: str, label: Callable[[str], str] = str) -> str:
    """The name that was typed; else refused with the nearest ones, each with its label."""
    folded = {_folded(key): name for key, name in known.items()}
    if name := known.get(typed) or folded.get(_folded(typed)):
        return name
    close = [_told(name, label(name)) for name in _close(_folded(typed), folded)]
    values = {"found": typed, "known": ", ".join(dict.fromkeys(known.values()))}
    if close:
        raise Refused([Problem(f"{code}_like", "error", values={**values, "close": ", ".join(close)})])
    raise Refused([Problem(code, "error", values=values)])


def _folded(text: str) -> str:
    """As labels are compared: without width, case and spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).casefold())


def _told(name: str, label: str) -> str:
    return name if label == name else f"{name} ({label})"


def _label(name: str) -> str:
    return word(f"names.{name}")


def _close(typed: str, known: Mapping[str, str]) -> list[str]:
    """A few names: those whose label holds what was typed, in the order of the lines, else those like it."""
    holding = dict.fromkeys(name for label, name in known.items() if typed and typed in label)
    alike = dict.fromkeys(known[label] for label in difflib.get_close_matches(typed, known, 3))
    return list(holding or alike)[:_MOST]
