"""A deadline: a day, what is due on it, for which tax year, and the law that it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from eduf.law import Entry, Law
from eduf.words import known, sentence, word

Amount = tuple[str, Decimal | None]  # the name of a line or fact, and its yuan; None is unknown
Checked = Literal["seen", "part", "no"]
_WORST_FIRST: tuple[Checked, ...] = ("no", "part", "seen")


@dataclass(frozen=True)
class Deadline:
    """Something due on a day. `code` and `part` (a quarter, a month, a number of years) say what, for a tax `year`.

    `disputed`: the law leaves it open whether this is the day; `notes` name what must be said with it.
    """

    day: date
    code: str
    year: int
    law: tuple[Entry, ...]
    part: int | None = None
    amounts: tuple[Amount, ...] = ()
    disputed: bool = False
    notes: tuple[str, ...] = ()

    @property
    def checked(self) -> Checked:
        """How far the texts were checked, by the least checked of them: `seen`, `part` or `no`."""
        marks = {source.checked for entry in self.law for source in entry.sources}
        return next(mark for mark in _WORST_FIRST if mark in marks)

    def says(self, lang: str) -> str:
        """What is due."""
        return sentence(f"deadlines.what.{self.code}", lang, year=self.year, part=self.part)

    def marks(self, lang: str) -> str:
        """Whether the law was checked, and that the day is disputed where it is."""
        marks = [word(f"deadlines.checked.{self.checked}", lang)]
        return word("deadlines.joint", lang).join(marks + [word("deadlines.disputed", lang)] * self.disputed)

    def order(self) -> tuple[date, int, str, int]:
        """By day, the older tax year first."""
        return self.day, self.year, self.code, self.part or 0


def label(name: str, lang: str) -> str:
    """An amount's name for a person."""
    key = f"deadlines.amounts.{name}"
    return word(key if known(key) else f"names.{name}", lang)


def in_force(law: Law, said: tuple[str, ...], year: int) -> tuple[Entry, ...]:
    """The entries of these citations in force at the end of a year; none where the first has none."""
    found = [law.cite(each, year) for each in said]
    return tuple(entry for entries in found for entry in entries) if found[0] else ()


def end_of_year(year: int) -> date:
    """The last day of a year."""
    return date(year, 12, 31)
