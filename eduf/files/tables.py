"""Plain tables, from whatever file, become a Case; all that is wrong with them is found at once."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from eduf import law, money
from eduf.case import Case, Difference, Enterprise, Opening, Places, Year
from eduf.compared import Parts, compared
from eduf.files.shape import choice_said
from eduf.problems import Path, Problem, Refused
from eduf.reading import year_number
from eduf.validation import errors_of
from eduf.words import word

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
    "dict_type": "table",
    "model_type": "table",
    "tuple_type": "list",
    "string_type": "text",
    "bool_type": "true_false",
}
_SECTIONS = ("year", "filed", "scenario")
_MISSING = {"format": "missing_format", "enterprise": "missing_enterprise"} | dict.fromkeys(
    ("total_wages", "deductible_wages", "spent", "amount"), "missing_fact"
)
_EXAMPLES = {
    "enterprise": "[enterprise]",
    "opening": "[opening]",
    "carried_forward": "carried_forward = [{ from = 2018, amount = 5000.00 }]",
    "losses": "losses = [{ from = 2018, amount = 5000.00 }]",
    "qualifications": 'qualifications = ["high_tech"]',
    "cost_centers": 'cost_centers = [{ name = "…", account = "…", share = "100%" }]',
    "set": 'set = [{ fact = "spent", years = "2026", add = 5000 }]',
    "monthly_wages": "monthly_wages = [80000.00, …]",
    "row1": "row1 = { deducted = 30000.00 }",
} | {f"row{n}": f"row{n} = {{ spent = 60000.00 }}" for n in (4, 5, 6)}
_EXAMPLES |= {name: f"[[{name}]]" for name in _SECTIONS}


def case(raw: Mapping[str, Any], places: Places, found: Iterable[Problem] = ()) -> Case:
    """The case that the tables state. Raises Refused with all problems, each with its place, in the file's order.

    `found` are problems of the file itself; a fact that was not read is not missed as well.
    """
    places = replace(places, years=_numbers(raw, "year"), filed=_numbers(raw, "filed"))
    stated, problems = None, list(found)
    try:
        stated = Case.model_validate(raw)
    except ValidationError as error:
        problems += (problem(each, places) for each in errors_of(error))
    with money.exactly():
        problems += (
            Problem(each.code, "error", places(*each.path), each.values)
            for each in compared(_parts(raw), law.current())
        )
    if stated is None or problems:
        raise Refused(sorted(problems, key=lambda each: places.rank(each.where)))
    return stated.at(places)


def _numbers(raw: Mapping[str, Any], section: str) -> tuple[int | None, ...]:
    """The year of each table of a section, None where there is none."""
    return tuple(_number(each.get("year")) for each in _tables(raw.get(section)))


def _number(typed: object) -> int | None:
    try:
        return year_number(typed)
    except money.Unreadable:
        return None


def _tables(found: object) -> list[dict[str, Any]]:
    return [each if isinstance(each, dict) else {} for each in _list(found)]


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _parts(raw: Mapping[str, Any]) -> Parts:
    """What could be read of the tables."""
    scenarios = enumerate(_tables(raw.get("scenario")))
    changes = ((n, k, table) for n, each in scenarios for k, table in enumerate(_list(each.get("set"))))
    return Parts(
        enterprise=_partial(Enterprise, raw.get("enterprise")),
        opening=_partial(Opening, raw.get("opening", {})),
        years=tuple(_partial(Year, each) for each in _tables(raw.get("year"))),
        filed=_numbers(raw, "filed"),
        scenarios=tuple(_name(each.get("name")) for each in _tables(raw.get("scenario"))),
        changes=tuple((("scenario", n, "set", k), _partial(Difference, table)) for n, k, table in changes),
    )


def _name(typed: object) -> str | None:
    return typed.strip() or None if isinstance(typed, str) else None


def _partial(model: type[M], table: object) -> tuple[M | None, frozenset[str]]:
    """The table with None for what is wrong in it, and the keys of that, so that the rest can still be compared."""
    if not isinstance(table, dict):
        return None, frozenset()
    try:
        return model.model_validate(table), frozenset()
    except ValidationError as error:
        bad = frozenset(str(each["loc"][0]) for each in error.errors() if each["loc"])
    kept = {key: value for key, value in table.items() if key not in bad}
    needed = {key: _SAMPLES.get(key) for key, field in model.model_fields.items() if key in bad and field.is_required()}
    whole = model.model_validate(kept | needed)
    return whole.model_copy(update=dict.fromkeys(bad & set(model.model_fields))), bad


def problem(error: ErrorDetails, places: Places, model: type[BaseModel] = Case) -> Problem:
    """A problem in eduf's words for what pydantic found in tables that should make the model."""
    path = tuple(error["loc"])
    code, values = _code(error, path, model)
    return Problem(code, "error", places(*path), values)


def _code(error: ErrorDetails, path: Path, model: type[BaseModel]) -> tuple[str, dict[str, object]]:
    kind, found = error["type"], money.shown(error["input"])
    key, context = str(path[-1]), error.get("ctx", {})
    if kind == "missing":
        return "no_years" if path == ("year",) else _MISSING.get(key, "missing_key"), {}
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(key, _keys(model, path[:-1]), 1)
        return ("unknown_key_like", {"close": close[0]}) if close else ("unknown_key", {})
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context["expected"]))
        zh = "、".join(f"{each}（{word(f'values.{each}', 'zh')}）" for each in words)
        expected = law.Text(zh=zh, en=", ".join(words))
        return "choice_unknown", {"found": found, "expected": expected, "labels": choice_said(_key(path), *words)}
    if kind in ("too_short", "too_long"):
        return ("no_years", {}) if key == "year" else ("monthly_wages_count", {"found": len(error["input"])})
    if kind in _KINDS:
        single = kind == "tuple_type" and key in _SECTIONS and isinstance(error["input"], dict)
        name = _key(path)
        values: dict[str, object] = {"found": found, "example": _EXAMPLES.get(name, f"{name} = …")}
        return f"not_a_{'sections' if single else _KINDS[kind]}", values
    return kind, dict(context)


def _key(path: Path) -> str:
    """The last key of a path, which may end in a position."""
    return next(str(step) for step in reversed(path) if isinstance(step, str))


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
