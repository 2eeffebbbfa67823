"""Tables with a year a row, and what every sheet has in common: widths, print set-up, protection."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.line import Number
from eduf.report import head, paper
from eduf.report.book import Book
from eduf.words.width import width

HEAD = head.ROWS
FIRST_ROW = HEAD + 2  # below one row of headings
_NARROW, _AMOUNT, _WIDE = 8, 15, 64
_ONE_LINE = 22  # a longer heading breaks in two
_LINE = 13  # points


Column = str | Callable[..., Number]  # a figure, or a rule of the sheet's own
Block = tuple[str, Sequence[Column]]  # a title, and what stands in its columns


def years(book: Book, sheet: Worksheet, top: int, blocks: Sequence[Block]) -> list[int]:
    """Tables with a year a row, one under the other; gives the row of each one's headings, then the row after all.

    A figure's home is the first place where it stands; all homes are known before a formula is written, because a
    year reads figures of the year before that stand further down.
    """
    rows = [top + 1]
    for _, names in blocks:
        for row, year in enumerate(book.history.years, rows[-1] + 1):
            for column, name in enumerate(names, 2):
                if isinstance(name, str):
                    book.settle(sheet.title, row, column, year, name)
        rows.append(rows[-1] + len(book.history.years) + 3)
    for (title, names), heading in zip(blocks, rows, strict=False):
        book.text(sheet, heading - 1, 1, title, "note")
        headings(book, sheet, heading, [book.label("year"), *(_label(book, name) for name in names)])
        for row, year in enumerate(book.history.years, heading + 1):
            year_cell(book, sheet, row, year)
            for column, name in enumerate(names, 2):
                cell(book, sheet, row, column, year, name)
        mark_plans(book, sheet, heading + 1, heading + len(book.history.years), len(names) + 1)
    return rows


def cell(book: Book, sheet: Worksheet, row: int, column: int, year: Year, name: Column) -> None:
    """A figure of a year, or a rule of the sheet's own."""
    if isinstance(name, str):
        book.figure(sheet, row, column, year, name)
    else:
        book.rule(sheet, row, column, year, name)


def _label(book: Book, column: Column) -> str:
    return book.label(column) if isinstance(column, str) else book.word(f"rules.{column.__name__}")


def headings(book: Book, sheet: Worksheet, row: int, labels: Sequence[str]) -> None:
    """A row of column headings."""
    for column, label in enumerate(labels, 1):
        book.text(sheet, row, column, label, "heading")
    sheet.row_dimensions[row].height = 34


def year_cell(book: Book, sheet: Worksheet, row: int, year: Year) -> None:
    """The year in front of a row; where it is a plan, that stands there in words."""
    plan = book.word("plan") if year.status == "plan" else ""
    book.text(sheet, row, 1, f"{year.year}{plan}" if plan else year.year, "year")


def mark_plans(book: Book, sheet: Worksheet, first: int, last: int, columns: int) -> None:
    """Rows whose first cell says that they are a plan look so."""
    rule = f'ISNUMBER(SEARCH("{book.word("plan").strip()}",$A{first}))'
    look = FormulaRule([rule], font=Font(italic=True), fill=PatternFill(bgColor="EAF1FB"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{first}:{get_column_letter(columns)}{last}", look)


def mark_negative(sheet: Worksheet, column: int, first: int, last: int) -> None:
    """Amounts below zero are bold and red besides their sign."""
    letter = get_column_letter(column)
    look = CellIsRule("lessThan", ["0"], font=Font(bold=True, color="C00000"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", look)


def wrapped(book: Book, sheet: Worksheet, row: int, texts: Sequence[str], cells: Sequence[int]) -> None:
    """A row of texts in columns of these widths, high enough for the longest."""
    for column, text in enumerate(texts, 1):
        book.text(sheet, row, column, text, "wrapped")
    lines = max(-(-width(text) // (wide - 4)) for text, wide in zip(texts, cells, strict=True))
    sheet.row_dimensions[row].height = _LINE * max(lines, 1) + 4


def finish(
    book: Book, sheet: Worksheet, *, freeze: str, titles: int, widths: Sequence[int] = (), columns: str = ""
) -> None:
    """Widths that cut nothing, at least those given; the head; print set-up, frozen panes, protection.

    `titles` are the rows and `columns` the columns that stand again on every printed page.
    """
    for n, column in enumerate(sheet.columns):
        longest = max((_cells(book, sheet, cell) for cell in column), default=0) + 2
        least = widths[n] if n < len(widths) else _NARROW
        sheet.column_dimensions[get_column_letter(n + 1)].width = max(min(longest, _WIDE), least)
    _break_long(sheet)
    if book.key(sheet) != "cover":
        head.write(book, sheet)
    paper.set_up(sheet, freeze=freeze, titles=titles, footer=book.number(sheet), columns=columns)


def _break_long(sheet: Worksheet) -> None:
    """Texts that are wider than their column stand on several lines; what is merged has room beside it."""
    for row in sheet.iter_rows():
        for cell in row:
            wide = int(sheet.column_dimensions[get_column_letter(cell.column or 1)].width) - 2
            if cell.style in ("text", "heading") and width(str(cell.value or "")) > wide and not _merged(sheet, cell):
                lines = -(-width(str(cell.value)) // (wide - 2))
                dimension = sheet.row_dimensions[cell.row or 1]
                dimension.height = max(int(dimension.height or 0), _LINE * lines + 8)
                cell.alignment = Alignment(cell.alignment.horizontal, "center", wrap_text=True)


def _merged(sheet: Worksheet, cell: Any) -> bool:
    return cell.coordinate in sheet.merged_cells


def pages(sheet: Worksheet, starts: Sequence[int], end: int) -> None:
    """Page breaks only between the blocks that begin at these rows, the last of which ends before `end`."""
    paper.keep_together(sheet, starts, end, HEAD)


def _cells(book: Book, sheet: Worksheet, cell: Any) -> int:
    """How wide a cell's text is; a heading may break in two, a note runs on over its neighbours."""
    value = book.values.get(sheet.title, {}).get(cell.coordinate, cell.value)
    if value is None or cell.style in ("note", "title", "wrapped"):
        return 0
    if "amount" in cell.style and value != "":
        return max(len(f"{Decimal(value):,.2f}"), _AMOUNT)
    if cell.style == "heading":
        wide = width(str(value))
        return wide if wide <= _ONE_LINE else (wide + 1) // 2 + 4
    return width(str(value)) + (2 if cell.style == "text" else 0)
