"""A calendar as JSON, as eduf/schemas/calendar.json describes it."""

from typing import Any

from eduf.deadlines import Calendar
from eduf.deadlines.deadline import Deadline, label
from eduf.explain import entry_json
from eduf.law import Entry
from eduf.version import __version__
from eduf.words import word


def as_json(calendar: Calendar, lang: str) -> dict[str, Any]:
    """The calendar as a document: amounts are text, null is unknown; a deadline names its entries of the law by id."""
    places = calendar.case.places
    return {
        "format": 1,
        "eduf": __version__,
        "case": {"name": calendar.case.enterprise.name, "file": places.file, "sha256": places.sha256},
        "law": {"sha256": calendar.law.sha256(), "entries": [_entry(each, lang) for each in calendar.entries]},
        "deadlines": [_deadline(each, lang) for each in calendar.deadlines],
        "notes": [{"code": each, "says": word(f"deadlines.notes.{each}", lang)} for each in calendar.notes],
        "problems": [problem.as_json(lang) for problem in calendar.problems],
    }


def _deadline(deadline: Deadline, lang: str) -> dict[str, Any]:
    return {
        "date": deadline.day.isoformat(),
        "year": deadline.year,
        "code": deadline.code,
        "part": deadline.part,
        "says": deadline.says(lang),
        "amounts": [
            {"name": name, "label": label(name, lang), "amount": None if value is None else str(value)}
            for name, value in deadline.amounts
        ],
        "checked": deadline.checked,
        "disputed": deadline.disputed,
        "law": [entry.id for entry in deadline.law],
        "notes": list(deadline.notes),
    }


def _entry(entry: Entry, lang: str) -> dict[str, Any]:
    return {**entry_json(entry, lang), "ask": entry.ask.said(lang) if entry.ask else None}
