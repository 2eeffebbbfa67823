"""Extraction of a public institution below 1.5 % of total wages.

Whether it extracts is its own choice; an auditor only asks whether the choice was meant.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.checks.extraction_low import low
from eduf.audit.sheet import Sheet


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    if desk.history.case.enterprise.kind == "public_institution":
        yield from low(desk, sheet)


CHECK = YearCheck("extraction_voluntary", "notice", ("extraction.ordinary", "extraction_duty"), _look)
