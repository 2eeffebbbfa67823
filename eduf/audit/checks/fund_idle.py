"""A fund that grew for two years in which nothing was spent.

Extraction that serves no training is only put aside; the law asks for it to be used, and the tax office that unspent
extraction be added back.
"""

from collections.abc import Iterator

from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.sheet import Sheet
from eduf.history import Year

_LAW = ("fund.balance", "extraction_duty.employment_promotion", "extraction_duty.vocational_education")


def _idle(year: Year) -> bool:
    """Whether the fund grew and nothing was spent."""
    values = year.values
    opening, closing = values["fund_opening"], values["fund_closing"]
    grew = opening is not None and closing is not None and closing > opening
    return grew and not values["spent"] and not values["spent_in_full"]


def _look(desk: Desk, sheet: Sheet) -> Iterator[Remark]:
    if sheet.last and _idle(sheet.year) and _idle(sheet.last.year):
        yield Remark("fund_closing", sheet.year.values["fund_closing"])


CHECK = YearCheck("fund_idle", "warning", _LAW, _look)
