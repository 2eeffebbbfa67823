"""The head of a working paper on every sheet: whose it is, who signs, its number. The cover has it in full."""

from itertools import count

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report.book import Book
from eduf.words.width import width
from eduf.xlsx.style import Style

ROWS = 4  # title; enterprise, period, index number; signatures, page; unit
BLANK = "_" * 14
_NAME = 56  # the cover has a longer name in full
_BEYOND = 9  # the width of a column beside the table
_GAP = 2
_COLUMNS: tuple[tuple[str, str], ...] = (("enterprise", "prepared"), ("period", "reviewed"), ("index", "page"))


def write(book: Book, sheet: Worksheet) -> None:
    """Below the title, over the columns of the table, whose widths are known by now."""
    texts = [(_text(book, sheet, upper), _text(book, sheet, lower)) for upper, lower in _COLUMNS]
    for column, (upper, lower), keys in zip(_spots(sheet, texts), texts, _COLUMNS, strict=True):
        for row, text, key in ((2, upper, keys[0]), (3, lower, keys[1])):
            style: Style = "head" if row == 2 else "sign"
            cell = book.text(sheet, row, column, text, style)
            if key == "index":
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{book.word('sheets.cover')}'!A1")
                cell.style = "link"
    book.text(sheet, 4, 1, book.word("head.unit") + book.word(f"unit_{book.unit_of(sheet)}"), "note")


def _text(book: Book, sheet: Worksheet, key: str) -> str:
    years = book.history.years
    values = {
        "enterprise": shortened(book.history.case.enterprise.name),
        "period": book.word("period", first=years[0].year, last=years[-1].year),
        "index": book.number(sheet),
    }
    return book.word(f"head.{key}") + values.get(key, BLANK if key != "page" else BLANK[:5])


def shortened(name: str) -> str:
    """A name that a head has room for."""
    if width(name) <= _NAME:
        return name
    fits = next(n for n in count() if width(name[: n + 1]) >= _NAME)
    return name[:fits] + "…"


def _spots(sheet: Worksheet, texts: list[tuple[str, str]]) -> tuple[int, int, int]:
    """The columns in which the three parts begin: none runs into the next, the last ends with the table."""
    left, middle, right = (max(map(width, each)) + _GAP for each in texts)
    total = _start(sheet, sheet.max_column + 1)
    second = _column_from(sheet, max(left, (total - right) * 45 // 100 if total else 0))
    third = _column_from(sheet, max(_start(sheet, second) + middle, total - right - _BEYOND))
    if _start(sheet, third) + right > total and third - 1 > second:
        before = _start(sheet, third - 1)
        third -= before >= _start(sheet, second) + middle
    return 1, second, third


def _column_from(sheet: Worksheet, start: int) -> int:
    """The first column that begins there or further right."""
    return next(column for column in count(1) if _start(sheet, column) >= start)


def _start(sheet: Worksheet, column: int) -> int:
    """How many characters stand left of a column."""
    return sum(_width(sheet, n) for n in range(1, column))


def _width(sheet: Worksheet, column: int) -> int:
    letter = get_column_letter(column)
    return int(sheet.column_dimensions[letter].width) if letter in sheet.column_dimensions else _BEYOND
