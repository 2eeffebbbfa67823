"""The workbook: one file a sheet, one list of sheets."""

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
    matrix,
    monthly,
    note,
    problems,
    schedule,
)
from eduf.report.book import Book
from eduf.xlsx.package import package

SHEETS = (
    inputs,
    fund,
    deduction,
    matrix,
    schedule,
    deferred,
    entries,
    monthly,
    note,
    problems,
    checking,
    laws,
    imported,
    cover,
)  # the cover comes to the front


def workbook(history: History, lang: str, unit: str = "yuan") -> bytes:
    """The report of a history as an .xlsx file in `zh` or `en`: live formulas with their values, the same bytes.

    `unit` is what computed amounts are shown in, `yuan` or `wan` (10,000 yuan); the cells hold exact yuan in any case.
    """
    book = draft(history, lang, unit)
    return package(book.workbook, book.values)


def draft(history: History, lang: str, unit: str = "yuan") -> Book:
    """The report with its formulas, their values still beside it."""
    book = Book(history, lang, unit)
    with exactly():
        for sheet in SHEETS:
            sheet.write(book)
    return book
