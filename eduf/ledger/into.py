"""The facts of a ledger written into a case file, each with its source, the rest of the file as it stood."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from eduf.case import Places
from eduf.files import toml
from eduf.files.content import content
from eduf.ledger import Ledger
from eduf.ledger.lists import OPEN
from eduf.money import Unreadable, amount, written
from eduf.problems import Problem, Refused

_SOURCE = re.compile(r"\s*\[[^\[\]]* sha256 [0-9a-f]{16}[^\[\]]*\]")
_IN_NAME = re.compile(r"[\[\]\s]|[\x00-\x1f\x7f]")  # what would end the source, or the comment
_OWN = ("missing_fact", "front_line_over_spent")  # problems of a case that the ledger's facts may mend


def facts_into(path: Path, ledger: Ledger, *, force: bool) -> bytes:
    """The case file with the ledger's facts. Raises Refused, with nothing lost, where

    lines are still unread or ask something, a year is not in the case, a fact is stated differently (`force` writes
    over these), or the case would be wrong.
    """
    before = content(path, toml.LARGEST)
    raw, places = toml.table(path, before)
    places = replace(places, years=tuple(_years(raw)))
    problems = [*_missing_years(raw, places, ledger), *(() if force else _open(ledger))]
    problems += () if force else _otherwise(raw, places, ledger)
    if problems:
        raise Refused(problems)
    _readable(path, before)
    after = _written(before.decode("utf-8-sig"), ledger).encode("utf-8")
    toml.case(path, after)
    return after


def _readable(path: Path, found: bytes) -> None:
    """What is wrong with the case beyond what the facts mend is said with the lines of the file as it stands."""
    try:
        toml.case(path, found)
    except Refused as error:
        if other := [each for each in error.problems if each.code not in _OWN]:
            raise Refused(other) from error


def _positions(raw: dict[str, Any]) -> dict[object, int]:
    return {year: n for n, year in enumerate(_years(raw))}


def _years(raw: dict[str, Any]) -> list[int | None]:
    """The year of each [[year]], as far as it can be read."""
    tables = raw.get("year")
    tables = tables if isinstance(tables, list) else []
    return [_number(each.get("year")) if isinstance(each, dict) else None for each in tables]


def _number(typed: object) -> int | None:
    return int(str(typed)) if re.fullmatch(r"\d{4}", str(typed)) else None


def _missing_years(raw: dict[str, Any], places: Places, ledger: Ledger) -> Iterator[Problem]:
    there = _positions(raw)
    for year in ledger.years:
        if year.facts() and year.year not in there:
            yield Problem("ledger_year", "error", places(), {"year": year.year})
    if not any(year.facts() for year in ledger.years):
        yield Problem("ledger_nothing", "error", ledger.place(None))


def _open(ledger: Ledger) -> Iterator[Problem]:
    """What keeps the totals from being whole."""
    if ledger.sums["rejected"].rows:
        yield Problem("ledger_unread", "error", ledger.place(None), {"count": ledger.sums["rejected"].rows})
    for name in OPEN:
        listed = ledger.lists[name]
        if listed.count:
            values = {"count": listed.count, "net": written(listed.net)}
            yield Problem(f"ledger_{name}", "error", ledger.place(listed.lines[0].row), values)


def _otherwise(raw: dict[str, Any], places: Places, ledger: Ledger) -> Iterator[Problem]:
    there = _positions(raw)
    for year in (each for each in ledger.years if each.year in there):
        position = there[year.year]
        for key, found in year.facts().items():
            stated = raw["year"][position].get(key)
            if stated is not None and _amount(stated) != found:
                values = {"stated": _shown(stated), "found": written(found)}
                yield Problem("ledger_stated_otherwise", "error", places("year", position, key), values)


def _amount(typed: object) -> Decimal | None:
    try:
        return amount(typed)
    except Unreadable:
        return None


def _shown(typed: object) -> str:
    found = _amount(typed)
    return str(typed) if found is None else written(found)


def _written(text: str, ledger: Ledger) -> str:
    import tomlkit

    document: Any = tomlkit.parse(text)
    there, source = _positions(document), _source(ledger)
    for year in ledger.years:
        for key, found in year.facts().items():
            _put(document["year"][there[year.year]], key, found, source)
    return tomlkit.dumps(document)


def _put(table: Any, key: str, found: Decimal, source: str) -> None:
    """A fact with its source behind the comment that stands there; one that is stated so already stays as written."""
    import tomlkit

    item = table.item(key) if key in table else None
    if item is None or _amount(_plain(item)) != found:
        new = tomlkit.value(f"{found:.2f}")
        if item is not None:
            new.trivia.comment_ws, new.trivia.comment = item.trivia.comment_ws, item.trivia.comment
            new.trivia.trail = item.trivia.trail
        table[key] = new
        item = table.item(key)
    comment = _SOURCE.sub("", item.trivia.comment.removeprefix("#")).strip()
    item.trivia.comment_ws = item.trivia.comment_ws or "  "
    item.trivia.comment = "# " + " ".join(filter(None, (comment, source)))


def _plain(item: Any) -> object:
    """What an item states, without a binary float."""
    from eduf.money import Typed

    return Typed(item.as_string()) if not isinstance(item, str) else str(item)


def _source(ledger: Ledger) -> str:
    """The files that the facts come from."""
    places = ledger.mapping.places
    names: Iterable[tuple[str, str]] = (
        (ledger.source.path.name, ledger.source.seen.sha256),
        (Path(places.file).name, places.sha256),
    )
    said = (f"{_IN_NAME.sub('_', name)} sha256 {digest[:16]}" for name, digest in names)
    return f"[{', '.join(said)}]"
