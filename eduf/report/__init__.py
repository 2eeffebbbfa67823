"""The workbook: one file a sheet, one list of sheets."""

from eduf.history import History
from eduf.report import deduction, fund, inputs, laws, schedule
from eduf.report.book import Book
from eduf.report.package import package

SHEETS = (inputs, fund, deduction, schedule, laws)


def workbook(history: History, lang: str) -> bytes:
    """The report of a history as an .xlsx file in `zh` or `en`: live formulas with their values, the same bytes."""
    book = Book(history, lang)
    for sheet in SHEETS:
        sheet.write(book)
    return package(book.workbook, book.values)
