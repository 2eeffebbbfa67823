"""Extraction below 1.5 % of total wages.

That is the least that an ordinary enterprise must extract; an elected 2.5 % is not held against it.
"""

from collections.abc import Iterator
from decimal import Decimal

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.money import share, written


def low(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    """Extraction that is known and below the least."""
    year, law = sheet.year, desk.history.law
    (ordinary,) = law.cite("extraction.ordinary", year.year)
    least = share(year.values["total_wages"], Decimal(ordinary.value or 0))
    extracted = year.values["extracted"]
    if "extracted" in year.figures and extracted is not None and extracted < least:
        yield Remark("extracted", extracted, least, {"short": written(least - extracted)})


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    if desk.history.case.enterprise.kind != "public_institution":
        yield from low(desk, sheet)


CHECK = YearCheck("extraction_low", "warning", ("extraction.ordinary", "extraction_duty.correction"), _look)
