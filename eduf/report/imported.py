"""导入记录: what in the case workbook was not read just as it stood: as typed, as read, and what became of it."""

from eduf.report import tables
from eduf.report.book import Book

COLUMNS = {"sheet": 16, "cell": 10, "typed": 44, "read": 40, "outcome": 12}


def write(book: Book) -> None:
    """A row for each; no sheet for a case that was read as it stands."""
    imported = book.history.case.places.imported
    if not imported:
        return
    sheet = book.sheet("imported")
    tables.headings(book, sheet, tables.FIRST_ROW - 1, [book.word(f"import_columns.{column}") for column in COLUMNS])
    for row, each in enumerate(imported, tables.FIRST_ROW):
        texts = (each.sheet, each.cell, each.typed, each.read, book.word(f"outcomes.{each.outcome}"))
        tables.wrapped(book, sheet, row, texts, tuple(COLUMNS.values()))
    tables.finish(
        book, sheet, freeze=f"A{tables.FIRST_ROW}", titles=tables.FIRST_ROW - 1, widths=tuple(COLUMNS.values())
    )
