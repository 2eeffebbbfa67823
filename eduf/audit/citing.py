"""The entries of the law that a finding rests on, as in force in its year."""

from collections.abc import Iterable, Iterator, Sequence

from eduf.audit import limits
from eduf.audit.effect import TaxYear
from eduf.history import History, Year
from eduf.law import Entry
from eduf.law.entry import Who

_EVERYBODY: tuple[Who, ...] = ("software", "ic_design", "animation", "public_institution")
_WHOLE = ("full_deduction", "extraction_duty")  # of these, what holds for others is what matters
_PERIODS = "time_limits."  # of these, what is in force when the audit is made
_BEFORE_THE_FORM = "form_rows.before_2014"


def cited(history: History, year: Year, said: Sequence[str], taxes: Iterable[TaxYear], last: int) -> tuple[Entry, ...]:
    """The entries, and those of the late fee and of the periods where the tax of a year changes."""
    found = {entry.id: entry for each in said for entry in _entries(history, year, each, last)}
    changes = tuple(taxes)
    periods = limits.entries(
        history.law, last, fee=any(each.late_fee for each in changes), claims=any(each.claim for each in changes)
    )
    found |= {entry.id: entry for entry in periods}
    return tuple(found.values())


def _entries(history: History, year: Year, said: str, last: int) -> Iterator[Entry]:
    law, held = history.law, history.case.qualifications(history.case.years[year.position])
    rate = year.figures["cap_rate"].entry
    if said == "cap" and rate:
        yield rate
    elif said == "cap":
        yield from law.cite(said, year.year)
    elif said == "form" and year.setting.edition is None:
        yield from law.cite(_BEFORE_THE_FORM, year.year)
    elif said in _WHOLE:
        yield from (each for each in law.on(said, year.year, _EVERYBODY) if each.who != "general")
    else:
        yield from law.cite(said, max(year.year, last) if said.startswith(_PERIODS) else year.year, held)
