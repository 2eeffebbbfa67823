"""How a sheet comes onto paper: rows of one height, pages across, and breaks only between what belongs together."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from eduf.xlsx import page

ROW = 15  # points
_WIDTH, _HEIGHT = 784, 512  # points of an A4 page within the margins
_ACROSS = _WIDTH * 4 // 21  # characters that fit at full size: one takes five and a quarter points
_READABLE = 235  # characters across a page


def set_up(sheet: Worksheet, *, freeze: str, titles: int, footer: str, columns: str = "") -> None:
    """The print set-up of a sheet whose widths are known. `columns` stand again on every page across."""
    pages = pages_across(sheet) if columns else 1
    page.set_up(sheet, freeze=freeze, titles=f"1:{titles}", pages=pages, footer=footer)
    side, top, bottom, head, foot = (n / 10 for n in (4, 5, 6, 2, 3))  # inches
    sheet.page_margins = PageMargins(side, side, top, bottom, head, foot)
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW, True
    if columns and pages > 1:
        sheet.print_title_cols = columns


def pages_across(sheet: Worksheet) -> int:
    """On how many pages a sheet can be read that may be cut between columns."""
    return -(-characters(sheet) // _READABLE)


def keep_together(sheet: Worksheet, starts: Sequence[int], end: int, titles: int) -> None:
    """Page breaks only between blocks; each block begins at one of these rows, the last ends before `end`.

    The row behind a block is empty, and need not fit.
    """
    room, head = max(_HEIGHT, _HEIGHT * characters(sheet) // _ACROSS), _height(sheet, 1, titles + 1)
    used = head
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        block = _height(sheet, start, after)
        if used + block - ROW > room and used > head:
            sheet.row_breaks.append(Break(id=start - 1))
            used = head
        used += block


def characters(sheet: Worksheet) -> int:
    """How many characters wide the sheet is."""
    letters = (get_column_letter(n) for n in range(1, sheet.max_column + 1))
    return sum(int(sheet.column_dimensions[letter].width) for letter in letters)


def _height(sheet: Worksheet, first: int, after: int) -> int:
    """The points from one row to before another."""
    return sum(int(sheet.row_dimensions[row].height or ROW) for row in range(first, after))
