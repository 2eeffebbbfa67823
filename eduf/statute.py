"""The law in force, for a person and as JSON."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from eduf.explain import citations, entry_json
from eduf.law import Entry, Matter, current
from eduf.money import percent, written
from eduf.words import sentence, word

Found = tuple[tuple[Matter, tuple[Entry, ...]], ...]


def found(matter: str | None, year: int | None, who: tuple[str, ...]) -> Found:
    """The entries of one matter or of all, of every year or in force in one, for everybody and for `who`.

    Without `who` the entries for all qualifications are there.
    """
    law = current()
    names = (matter,) if matter else law.names()
    matters = ((each, tuple(_kept(each, year, who))) for each in map(law.matter, names))
    return tuple((each, entries) for each, entries in matters if entries)


def _kept(matter: Matter, year: int | None, who: tuple[str, ...]) -> Iterator[Entry]:
    for entry in matter.entry:
        if (year is None or entry.in_year(year)) and (not who or entry.who in ("general", *who)):
            yield entry


def text(shown: Found, lang: str) -> Iterator[str]:
    """The entries under their matters, each with its value, its sentence and where it stands written."""
    if not shown:
        yield word("law.nothing", lang)
    for matter, entries in shown:
        yield f"{matter.said(lang)}  [{matter.name}]"
        for entry in entries:
            yield f"  {value_of(entry):4}  {entry.said(lang)}{_limits(entry, lang)}"
            if entry.ask:
                yield f"      {word('law.asks', lang)}: {entry.ask.said(lang)}"
            yield from (f"      {each}" for each in citations(entry, lang))


def value_of(entry: Entry) -> str:
    """The entry's rate, amount or whole number for a person, empty for a text."""
    if isinstance(entry.value, Decimal):
        return written(entry.value) if entry.is_amount else percent(entry.value)
    return "" if entry.value is None else str(entry.value)


def _limits(entry: Entry, lang: str) -> str:
    notes = []
    if entry.who != "general":
        notes.append(sentence("law.for_who", lang, who=word(f"values.{entry.who}", lang)))
    if not entry.automatic:
        notes.append(word("law.not_automatic", lang))
    return f" ({'; '.join(notes)})" if notes else ""


def as_json(shown: Found, lang: str) -> dict[str, Any]:
    """The same as a document, with the fingerprint of the law data."""
    return {
        "format": 1,
        "law": {"sha256": current().sha256()},
        "matters": [
            {
                "name": matter.name,
                "title": matter.said(lang),
                "entries": [
                    {
                        **entry_json(entry, lang),
                        "who": entry.who,
                        "value": None if entry.value is None else str(entry.value),
                        "automatic": entry.automatic,
                        "ask": entry.ask.said(lang) if entry.ask else None,
                    }
                    for entry in entries
                ],
            }
            for matter, entries in shown
        ],
    }
