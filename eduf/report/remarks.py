"""Remarks below a table: sentences over the whole width of the sheet, wrapped, so that the print cuts none."""

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report.book import Book
from eduf.words.width import width

_LINE = 14  # points


def write(book: Book, sheet: Worksheet, top: int, texts: Sequence[str], columns: int) -> None:
    """A row a remark, over so many columns, whose widths are known by now."""
    room = sum(int(sheet.column_dimensions[get_column_letter(n)].width) for n in range(1, columns + 1))
    for row, text in enumerate(texts, top):
        cell: Any = book.text(sheet, row, 1, text, "note")
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        sheet.row_dimensions[row].height = _LINE * -(-width(text) // (room - 4)) + 2
