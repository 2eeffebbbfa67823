"""封面: whose paper this is, what it was made from, whether its checks agree, and where everything stands."""

from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report import paper, tables
from eduf.report.book import Book
from eduf.version import __version__
from eduf.words.width import width

BLANKS = ("prepared_by", "prepared_on", "reviewed_by", "reviewed_on", "page")
WIDTHS = (30, 34, 74)


def write(book: Book) -> None:
    """The head of the working paper; lines to sign stay blank, so that the same case gives the same bytes."""
    sheet = book.sheet("cover")
    row = 3
    for key, text in _known(book, sheet).items():
        _row(book, sheet, row, key)
        cell: Any = book.text(sheet, row, 2, text)
        cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)
        sheet.row_dimensions[row].height = paper.ROW * -(-(width(text) or 1) // (sum(WIDTHS[1:]) - 4))
        row += 1
    for key in BLANKS:
        _row(book, sheet, row, key)
        sheet.cell(row, 2).style = "text input"
        row += 1
    _verdict(book, sheet, row)
    _index(book, sheet, row + 2)
    book.workbook.move_sheet(sheet, -len(book.workbook.sheetnames) + 1)
    tables.finish(book, sheet, freeze="A3", titles=2, widths=WIDTHS)


def _known(book: Book, sheet: Worksheet) -> dict[str, str]:
    case, years, places = book.history.case, book.history.years, book.history.case.places
    return {
        "enterprise": case.enterprise.name,
        "credit_code": case.enterprise.credit_code or "",
        "period": book.word("period", first=years[0].year, last=years[-1].year),
        "index_number": book.number(sheet),
        "unit": book.word(f"cover_unit_{book.unit}"),
        "program": f"eduf {__version__}",
        "law": book.history.law.sha256(),
        "file": places.file.replace("\\", "/").split("/")[-1],
        "fingerprint": places.sha256,
    }


def _row(book: Book, sheet: Worksheet, row: int, key: str) -> None:
    """A label, and a cell of two columns beside it."""
    book.text(sheet, row, 1, book.word(f"cover.{key}"), "label")
    sheet.cell(row, 3).style = "text"
    sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)


def _verdict(book: Book, sheet: Worksheet, row: int) -> None:
    """Whether all checks agree."""
    _row(book, sheet, row, "checks")
    if book.overall:
        cell = book.put(sheet, row, 2, f"={book.address(sheet, *book.overall)}", book.word("passed"), "result")
        cell.alignment = Alignment("left", "center", indent=1)
        wrong = CellIsRule(  # type: ignore[no-untyped-call]
            "equal", [f'"{book.word("failed")}"'], font=Font(bold=True, color="C00000")
        )
        sheet.conditional_formatting.add(f"B{row}", wrong)


def _index(book: Book, sheet: Worksheet, row: int) -> None:
    """Every other sheet with its index number and what it holds, as links."""
    tables.headings(book, sheet, row, [book.word(f"cover.{key}") for key in ("index_number", "sheet", "holds")])
    others = [each for each in book.workbook.worksheets if each is not sheet]
    for n, other in enumerate(others, row + 1):
        for column, text in enumerate((book.number(other), other.title), 1):
            cell = book.text(sheet, n, column, text, "index")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{other.title}'!A1", display=text)
            cell.style = "index"
        book.text(sheet, n, 3, book.word(f"holds.{book.key(other)}"), "wrapped")
