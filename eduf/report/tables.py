"""Tables with a year a row, and what every sheet has in common: widths, print set-up, protection."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.report.book import Book
from eduf.words.width import width
from eduf.xlsx import page

FIRST_ROW = 4
_NARROW, _WIDE = 8, 48
_LINE = 13  # points
_PAGE = 38  # rows that an A4 page takes when ten columns of amounts fit its width


Block = tuple[str, Sequence[str]]  # a title, and the figures in its columns


def years(book: Book, sheet: Worksheet, top: int, blocks: Sequence[Block]) -> list[int]:
    """Tables with a year a row, one under the other; gives the row of each one's headings, then the row after all.

    A figure's home is the first place where it stands; all homes are known before a formula is written, because a
    year reads figures of the year before that stand further down.
    """
    rows = [top + 1]
    for _, names in blocks:
        for row, year in enumerate(book.history.years, rows[-1] + 1):
            for column, name in enumerate(names, 2):
                book.settle(sheet, row, column, year, name)
        rows.append(rows[-1] + len(book.history.years) + 3)
    for (title, names), heading in zip(blocks, rows, strict=False):
        book.text(sheet, heading - 1, 1, title, "note")
        headings(book, sheet, heading, [book.label("year"), *map(book.label, names)])
        for row, year in enumerate(book.history.years, heading + 1):
            year_cell(book, sheet, row, year)
            for column, name in enumerate(names, 2):
                book.figure(sheet, row, column, year, name)
    return rows


def headings(book: Book, sheet: Worksheet, row: int, labels: Sequence[str]) -> None:
    """A row of column headings."""
    for column, label in enumerate(labels, 1):
        book.text(sheet, row, column, label, "heading")
    sheet.row_dimensions[row].height = 34


def year_cell(book: Book, sheet: Worksheet, row: int, year: Year) -> None:
    """The year in front of a row, with a mark where it is a plan."""
    plan = book.word("plan") if year.status == "plan" else ""
    book.text(sheet, row, 1, f"{year.year}{plan}", "text")


def keep_together(sheet: Worksheet, starts: Sequence[int], end: int) -> None:
    """Page breaks only between blocks; each block begins at one of these rows, the last ends before `end`."""
    page = 1
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        if after - page > _PAGE and start > page:
            sheet.row_breaks.append(Break(id=start - 1))
            page = start


def wrapped(book: Book, sheet: Worksheet, row: int, texts: Sequence[str], cells: Sequence[int]) -> None:
    """A row of texts in columns of these widths, high enough for the longest."""
    for column, text in enumerate(texts, 1):
        book.text(sheet, row, column, text, "wrapped")
    lines = max(-(-width(text) // (wide - 4)) for text, wide in zip(texts, cells, strict=True))
    sheet.row_dimensions[row].height = _LINE * max(lines, 1) + 4


def set_widths(sheet: Worksheet, cells: Sequence[int]) -> None:
    """Fixed widths for the first columns."""
    for n, wide in enumerate(cells, 1):
        sheet.column_dimensions[get_column_letter(n)].width = wide


def finish(book: Book, sheet: Worksheet, *, freeze: str, titles: str) -> None:
    """Widths that cut nothing, A4 landscape, page numbers, frozen panes, protection without a password."""
    for column in sheet.columns:
        letter = get_column_letter(column[0].column or 1)
        longest = max((_cells(book, sheet, cell) for cell in column), default=0)
        sheet.column_dimensions[letter].width = min(max(longest + 2, _NARROW), _WIDE)
    page.set_up(sheet, freeze=freeze, titles=titles)


def _cells(book: Book, sheet: Worksheet, cell: Any) -> int:
    """How wide a cell's text is; a heading may break in two, a note runs on over its neighbours."""
    value = book.values.get(sheet.title, {}).get(cell.coordinate, cell.value)
    if value is None or cell.style in ("note", "title"):
        return 0
    if "amount" in cell.style and value != "":
        return len(f"{Decimal(value):,.2f}")
    return (width(str(value)) + 1) // 2 + 4 if cell.style == "heading" else width(str(value))
