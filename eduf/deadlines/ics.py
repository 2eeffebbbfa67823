"""A calendar as iCalendar (RFC 5545), for a phone or an office program: of the same case always the same bytes."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta

from eduf.deadlines import Calendar
from eduf.deadlines.deadline import Deadline
from eduf.deadlines.text import amounts, basis
from eduf.problems import Problem, Refused
from eduf.version import __version__
from eduf.words import sentence, word

ALARM = 7  # days before the day
LONGEST = 75  # bytes of a line, without its end


def ics(calendar: Calendar, lang: str) -> bytes:
    """The calendar as the bytes of an .ics file, an all-day event a deadline. Raises Refused where there is none."""
    if not calendar.deadlines:
        raise Refused([Problem("deadlines_none", "error")])
    lines = (line for each in _calendar(calendar, lang) for line in folded(each))
    return b"".join(line + b"\r\n" for line in lines)


def escaped(text: str) -> str:
    """A text as the value of a property."""
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """A content line in pieces that are short enough, no character cut in two; all but the first begin with a space."""
    piece = b""
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > LONGEST:
            yield piece
            piece = b" "
        piece += encoded
    yield piece


def _calendar(calendar: Calendar, lang: str) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//eduf//eduf {__version__}//{lang.upper()}"
    yield "CALSCALE:GREGORIAN"
    title = escaped(sentence("deadlines.head", lang, name=calendar.case.enterprise.name))
    yield f"NAME:{title}"  # RFC 7986; most programs still look for the other
    yield f"X-WR-CALNAME:{title}"
    owner, stamp = _owner(calendar), _stamp(calendar)
    for each in calendar.deadlines:
        yield from _event(each, owner, stamp, lang)
    yield "END:VCALENDAR"


def _event(deadline: Deadline, owner: str, stamp: str, lang: str) -> Iterator[str]:
    summary = escaped(f"{deadline.says(lang)} ({deadline.marks(lang)})")
    yield "BEGIN:VEVENT"
    yield f"UID:{deadline.code}-{deadline.year}-{deadline.part or 0}-{owner}@eduf"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(deadline.day)}"
    yield f"DTEND;VALUE=DATE:{_day(deadline.day + timedelta(days=1))}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{escaped(chr(10).join(_description(deadline, lang)))}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-P{ALARM}D"
    yield f"DESCRIPTION:{summary}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _description(deadline: Deadline, lang: str) -> Iterator[str]:
    if deadline.amounts:
        yield amounts(deadline, lang)
    for entry in deadline.law:
        yield entry.said(lang)
        yield from basis(entry, lang)
    yield from (word(f"deadlines.notes.{each}", lang) for each in deadline.notes)


def _owner(calendar: Calendar) -> str:
    """Tells enterprises apart, whatever else the case says, so that a changed case replaces its own events."""
    enterprise = calendar.case.enterprise
    return hashlib.sha256((enterprise.credit_code or enterprise.name).encode()).hexdigest()[:16]


def _stamp(calendar: Calendar) -> str:
    """When the events were last revised: the last day on which a person checked one of their laws, never the clock."""
    days = (source.checked_on for entry in calendar.entries for source in entry.sources)
    return f"{_day(max(days))}T000000Z"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
