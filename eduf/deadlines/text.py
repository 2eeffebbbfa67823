"""A calendar for a terminal: a line a day with its law by number, then the law and what must be said."""

from collections.abc import Iterator, Mapping

from eduf.deadlines import Calendar
from eduf.deadlines.deadline import Deadline, label
from eduf.explain import citations, figure
from eduf.law import Entry
from eduf.show import GAP, padded
from eduf.words import sentence, word
from eduf.words.width import width

Row = tuple[str, str, str, str]  # the day, the tax year, what is due, and its law by number with the marks


def text(calendar: Calendar, lang: str) -> Iterator[str]:
    """The whole calendar in lines."""
    yield sentence("deadlines.head", lang, name=calendar.case.enterprise.name)
    if not calendar.deadlines:
        yield word("deadlines.nothing", lang)
        return
    yield ""
    yield from _table(calendar, lang)
    yield ""
    yield word("deadlines.law", lang)
    for number, entry in enumerate(calendar.entries, 1):
        yield f"[{number}] {entry.said(lang)} [{entry.id}]"
        yield from (f"    {each}" for each in basis(entry, lang))
    yield ""
    yield word("deadlines.to_know", lang)
    yield from (f"  {word(f'deadlines.notes.{each}', lang)}" for each in calendar.notes)


def amounts(deadline: Deadline, lang: str) -> str:
    """The amounts of a deadline, each with its name; a dash is unknown."""
    shown = (f"{label(name, lang)} {figure('', value)}" for name, value in deadline.amounts)
    return word("deadlines.joint", lang).join(shown)


def basis(entry: Entry, lang: str) -> Iterator[str]:
    """Where an entry stands written, and what it asks."""
    yield from citations(entry, lang)
    if entry.ask:
        yield f"{word('law.asks', lang)}: {entry.ask.said(lang)}"


def _table(calendar: Calendar, lang: str) -> Iterator[str]:
    numbers = {entry.id: n for n, entry in enumerate(calendar.entries, 1)}
    heads = [word(f"deadlines.columns.{each}", lang) for each in ("date", "year", "what", "law")]
    rows = [_row(each, numbers, lang) for each in calendar.deadlines]
    columns = [max(map(width, cells)) for cells in zip(heads, *rows, strict=True)]
    indent = " " * (sum(columns[:2]) + 2 * GAP)
    yield _line(heads, columns)
    for deadline, row in zip(calendar.deadlines, rows, strict=True):
        yield _line(row, columns)
        if deadline.amounts:
            yield indent + amounts(deadline, lang)


def _row(deadline: Deadline, numbers: Mapping[str, int], lang: str) -> Row:
    law = "".join(f"[{numbers[entry.id]}]" for entry in deadline.law)
    return deadline.day.isoformat(), str(deadline.year), deadline.says(lang), f"{law} {deadline.marks(lang)}"


def _line(cells: Row | list[str], columns: list[int]) -> str:
    return (" " * GAP).join(map(padded, cells, columns)).rstrip()
