"""附注: the education fund and its deferred tax as the notes of an annual report have them, one year a row."""

from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.line import Number
from eduf.money import ZERO, greatest
from eduf.report import deferred, remarks, tables
from eduf.report.book import Book

PAYABLE = ("opening", "increase", "decrease", "closing", "movement")
DEFERRED = ("difference", "deferred_tax", "difference_opening", "deferred_tax_opening")
UNRECOGNISED = DEFERRED[::2]


def write(book: Book) -> None:
    """What is payable to employees for education; under the CAS also the deferred tax asset on the carry-forward."""
    sheet, heading = book.sheet("note"), tables.FIRST_ROW
    starts = [heading - 1]
    below = _payable(book, sheet, heading)
    keys = ["note_remarks.movement"]
    if book.history.case.enterprise.accounting == "cas":
        starts.append(below + 1)
        below = _deferred(book, sheet, below + 2)
        keys += ["note_remarks.with_fund" if deferred.on_fund(book) else "note_remarks.deferred"]
        keys += ["deferred_likely"] if deferred.recognised(book) else []
    tables.finish(book, sheet, freeze=f"B{tables.HEAD + 1}", titles=tables.HEAD)
    remarks.write(book, sheet, below + 1, [book.word(key) for key in keys], len(PAYABLE) + 1)
    tables.pages(sheet, [*starts, below], below + 1 + len(keys))


def _payable(book: Book, sheet: Worksheet, heading: int) -> int:
    """Opening, increase, decrease, closing; gives the row below."""
    book.text(sheet, heading - 1, 1, book.word("note_payable"), "note")
    tables.headings(book, sheet, heading, [book.label("year"), *(book.word(f"note_columns.{key}") for key in PAYABLE)])
    for row, year in enumerate(book.history.years, heading + 1):
        tables.year_cell(book, sheet, row, year)
        _movement(book, sheet, row, year)
    bottom = heading + len(book.history.years)
    for name in ("opening", "closing"):
        tables.mark_negative(sheet, PAYABLE.index(name) + 2, heading + 1, bottom)
    tables.mark_plans(book, sheet, heading + 1, bottom, len(PAYABLE) + 1)
    return bottom + 1


def _movement(book: Book, sheet: Worksheet, row: int, year: Year) -> None:
    """A year's row; its closing is the fund's own, and beside it stands what the movement gives."""
    book.figure(sheet, row, 2, year, "fund_opening")
    book.rule(sheet, row, 3, year, increase)
    book.rule(sheet, row, 4, year, decrease)
    book.figure(sheet, row, 5, year, "fund_closing")
    closing = year.values["fund_closing"] or ZERO
    book.put(sheet, row, 6, f"=ROUND(B{row}+C{row}-D{row},2)", closing, "amount")
    book.check("note", year.year, (sheet.title, f"F{row}"), (sheet.title, f"E{row}"), closing)


def increase(extracted: Number) -> Number:
    """What was extracted; a reversal is no increase."""
    return greatest(extracted, 0)


def decrease(extracted: Number, spent: Number, spent_in_full: Number) -> Number:
    """What was spent, and what was taken back of an extraction."""
    return spent + spent_in_full + (greatest(extracted, 0) - extracted)


def _deferred(book: Book, sheet: Worksheet, heading: int) -> int:
    """Difference and asset at the end and at the start of each year, or the difference alone; gives the row below."""
    recognised, differences = deferred.recognised(book), deferred.differences(book)
    columns = DEFERRED if recognised else UNRECOGNISED
    book.text(sheet, heading - 1, 1, book.word("note_deferred" if recognised else "note_unrecognised"), "note")
    labels = (book.word(f"note_deferred_columns.{name}") for name in columns)
    tables.headings(book, sheet, heading, [book.label("year"), *labels])
    for row, year in enumerate(book.history.years, heading + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(columns, 2):
            tables.cell(book, sheet, row, column, year, differences.get(name, name))
    bottom = heading + len(book.history.years)
    tables.mark_plans(book, sheet, heading + 1, bottom, len(columns) + 1)
    return bottom + 1
