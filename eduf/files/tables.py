"""Plain tables, from whatever file, become a Case; all that is wrong with them is found at once."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from eduf import checks, law
from eduf.case import Case, Difference, Enterprise, Filed, Opening, Places, Year
from eduf.problems import Path, Problem, Refused
from eduf.validation import errors_of

M = TypeVar("M", bound=BaseModel)

_SAMPLES = {
    "name": "?",
    "year": 2008,
    "total_wages": 0,
    "deductible_wages": 0,
    "spent": 0,
    "fact": "?",
    "years": "2008",
}
_KINDS = {
    "dict": "table",
    "model": "table",
    "tuple": "list",
    "string": "text",
    "int": "whole_number",
    "bool": "true_false",
}


def case(raw: Mapping[str, Any], places: Places) -> Case:
    """The case that the tables state. Raises Refused with all problems, each with its place, in the file's order."""
    places = replace(places, years=_numbers(raw, "year"), filed=_numbers(raw, "filed"))
    stated, problems = None, list[Problem]()
    try:
        stated = Case.model_validate(raw)
    except ValidationError as error:
        problems += (_problem(each, places) for each in errors_of(error))
    problems += (Problem(code, "error", places(*path), values) for path, code, values in _compared(raw, stated))
    if stated is None or problems:
        raise Refused(sorted(problems, key=lambda each: each.where.line or 0))
    return stated.at(places)


def _numbers(raw: Mapping[str, Any], section: str) -> tuple[object, ...]:
    """The year of each table of a section, None where there is none."""
    return tuple(each.get("year") for each in _tables(raw.get(section)))


def _tables(found: object) -> list[dict[str, Any]]:
    return [each if isinstance(each, dict) else {} for each in found] if isinstance(found, list) else []


def _compared(raw: Mapping[str, Any], stated: Case | None) -> Iterator[checks.Found]:
    """What the facts get wrong between them, with the path from the top of the file."""
    enterprise = stated.enterprise if stated else _partial(Enterprise, raw.get("enterprise"))
    years = list(enumerate(stated.years if stated else (_partial(Year, each) for each in _tables(raw.get("year")))))
    opening = stated.opening if stated else _partial(Opening, raw.get("opening", {}))
    founded = enterprise.founded if enterprise else None
    known = [(position, each) for position, each in years if each and each.year is not None]
    whole = len(known) == len(years)
    first = min((each.year for _, each in known), default=None) if whole else None
    if enterprise:
        yield from _under(("enterprise",), checks.enterprise(enterprise))
    if opening:
        yield from _under(("opening",), checks.opening(opening, first, founded))
    yield from _under(("year",), checks.years(known, founded, whole=whole))
    for position, each in known:
        held = _held(each, _tables(raw.get("year"))[position], enterprise)
        yield from _under(("year", position), checks.year(each, held, law.current()))
    numbers = [(n, each.year) for n, each in enumerate(_partial(Filed, t) for t in _tables(raw.get("filed"))) if each]
    yield from _under(("filed",), checks.filed(numbers))
    for position, scenario in enumerate(_tables(raw.get("scenario"))):
        for n, table in enumerate(_tables(scenario.get("set"))):
            if change := _partial(Difference, table):
                yield from _under(("scenario", position, "set", n), checks.difference(change))


def _held(year: Year, table: Mapping[str, Any], enterprise: Enterprise | None) -> tuple[str, ...] | None:
    """The qualifications of a year, None where they could not be read."""
    if year.qualifications is not None or "qualifications" in table:
        return year.qualifications
    return enterprise.qualifications if enterprise else None


def _under(above: Path, found: Iterable[checks.Found]) -> Iterator[checks.Found]:
    return (((*above, *path), code, values) for path, code, values in found)


def _partial(model: type[M], table: object) -> M | None:
    """The table with None for what is wrong in it, so that checks between facts still see the rest."""
    if not isinstance(table, dict):
        return None
    try:
        return model.model_validate(table)
    except ValidationError as error:
        bad = {str(each["loc"][0]) for each in error.errors() if each["loc"]}
    kept = {key: value for key, value in table.items() if key not in bad}
    needed = {key: _SAMPLES.get(key) for key, field in model.model_fields.items() if key in bad and field.is_required()}
    return model.model_validate(kept | needed).model_copy(update=dict.fromkeys(bad & set(model.model_fields)))


def _problem(error: ErrorDetails, places: Places) -> Problem:
    """A problem in eduf's words for what pydantic found."""
    path = tuple(error["loc"])
    code, values = _code(error, path)
    return Problem(code, "error", places(*path), values)


def _code(error: ErrorDetails, path: Path) -> tuple[str, dict[str, object]]:
    kind, found = error["type"], _shown(error["input"])
    context = error.get("ctx", {})
    if kind == "missing":
        return ("no_years", {}) if path == ("year",) else ("missing_fact", {})
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(str(path[-1]), _keys(Case, path[:-1]), 1)
        return ("unknown_key_like", {"close": close[0]}) if close else ("unknown_key", {})
    if kind == "literal_error":
        expected = ", ".join(re.findall(r"'([^']*)'", str(context["expected"])))
        return (
            ("choice_unknown", {"found": found, "expected": expected})
            if expected
            else ("format_unknown", {"found": found})
        )
    if kind in ("too_short", "too_long"):
        return ("no_years", {}) if path == ("year",) else ("monthly_wages_count", {"found": context["actual_length"]})
    if kind.endswith("_type") and kind.removesuffix("_type") in _KINDS:
        return f"not_a_{_KINDS[kind.removesuffix('_type')]}", {"found": found}
    if "found" in context:
        return kind, dict(context)
    return "value_form", {"found": found}


def _shown(found: object) -> str:
    text = "{…}" if isinstance(found, dict) else "[…]" if isinstance(found, list) else str(found)
    return text if len(text) <= 40 else text[:39] + "…"


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that a table at that path may have."""
    for step in path:
        if isinstance(step, int):
            continue
        field = next((each for name, each in model.model_fields.items() if step == (each.alias or name)), None)
        inner = next(_models(field.annotation), None) if field else None
        if inner is None:
            return []
        model = inner
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, Union, UnionType):
        for each in get_args(annotation):
            yield from _models(each)
