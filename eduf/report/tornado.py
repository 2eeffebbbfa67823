"""敏感性: how far assumptions, each varied alone, move a figure: a table and bars, the longest on top."""

from openpyxl.worksheet.worksheet import Worksheet

from eduf.report import charts, remarks, tables
from eduf.report.book import Book
from eduf.sensitivity import Point, Sensitivity, Varied
from eduf.tornado import assumption

COLUMNS = ("assumption", "low_at", "low", "low_moved", "high_at", "high", "high_moved", "swing")
LOW, HIGH, SWING = 2, 5, len(COLUMNS)  # where each end begins: the value put in, the result, how far it is off
MOVED = (LOW + 2, HIGH + 2)


def write(book: Book) -> None:
    """A table and a chart for every figure that was looked at; no sheet where none was."""
    if not book.sensitivities:
        return
    sheet = book.sheet("tornado")
    row = tables.FIRST_ROW + 1
    starts = [row]
    for found in book.sensitivities:
        heading = row + 1
        _table(book, sheet, row, found)
        below = heading + len(found.varied) + 1
        title = book.word("tornado_chart", line=book.label(found.line), year=found.year)
        charts.bars(book, sheet, title, heading, MOVED, below, len(found.varied))
        row = below + charts.ROWS + 2
        starts.append(row)
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    remarks.write(book, sheet, tables.HEAD + 1, [book.word("tornado_as_read")], len(COLUMNS))
    tables.pages(sheet, starts[:-1], starts[-1])


def _table(book: Book, sheet: Worksheet, row: int, found: Sensitivity) -> None:
    """The figure as the case has it, then a row for every assumption."""
    said = book.word("tornado_baseline", line=book.label(found.line), year=found.year)
    book.text(sheet, row, 1, said)
    baseline = book.number_as_read(sheet, row, LOW + 1, found.baseline, "amount")
    book.text(sheet, row, LOW, "", "none")
    tables.headings(book, sheet, row + 1, [book.word(f"tornado_columns.{column}") for column in COLUMNS])
    for n, each in enumerate(found.varied, row + 2):
        book.text(sheet, n, 1, assumption(each, book.lang))
        for column, point in ((LOW, each.low), (HIGH, each.high)):
            _end(book, sheet, n, column, each, point, f"$C${baseline.row}")
        high, low = (sheet.cell(n, column + 1).coordinate for column in (HIGH, LOW))
        book.put(sheet, n, SWING, f"=ROUND({high}-{low},2)", each.swing, "amount")


def _end(book: Book, sheet: Worksheet, row: int, column: int, each: Varied, point: Point, baseline: str) -> None:
    """The value that was put in, the result, and how far that is from the figure as the case has it."""
    assert point.result is not None
    assert point.difference is not None
    book.text(sheet, row, column, each.range.shown(point.value), "year")
    at = book.number_as_read(sheet, row, column + 1, point.result, "amount").coordinate
    book.put(sheet, row, column + 2, f"=ROUND({at}-{baseline},2)", point.difference, "amount")
