"""The workbook: one file a sheet, one list of sheets."""

from collections.abc import Sequence

from eduf.history import History
from eduf.money import exactly
from eduf.report import (
    checking,
    cover,
    deduction,
    deferred,
    entries,
    fund,
    imported,
    inputs,
    laws,
    losses,
    matrix,
    monthly,
    note,
    problems,
    scenarios,
    schedule,
    tax,
    tornado,
)
from eduf.report.book import Book
from eduf.sensitivity import Sensitivity
from eduf.xlsx.package import package

SHEETS = (
    inputs,
    fund,
    deduction,
    matrix,
    schedule,
    tax,
    losses,
    deferred,
    entries,
    monthly,
    note,
    scenarios,
    tornado,
    problems,
    checking,
    laws,
    imported,
    cover,
)  # the cover comes to the front


def workbook(history: History, lang: str, unit: str = "yuan", sensitivities: Sequence[Sensitivity] = ()) -> bytes:
    """The report of a history as an .xlsx file in `zh` or `en`: live formulas with their values, the same bytes.

    `unit` is what computed amounts are shown in, `yuan` or `wan` (10,000 yuan); the cells hold exact yuan in any case.
    `sensitivities` of the same case get a sheet. Raises Refused for a scenario of the case that cannot be applied.
    """
    book = draft(history, lang, unit, sensitivities)
    return package(book.workbook, book.values)


def draft(history: History, lang: str, unit: str = "yuan", sensitivities: Sequence[Sensitivity] = ()) -> Book:
    """The report with its formulas, their values still beside it."""
    book = Book(history, lang, unit, sensitivities)
    with exactly():
        for sheet in SHEETS:
            sheet.write(book)
    return book
