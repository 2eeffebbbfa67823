"""封面: whose paper this is, what it was made from, whether its checks agree, and where everything stands."""

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report import tables
from eduf.report.book import Book
from eduf.version import __version__

BLANKS = ("prepared_by", "prepared_on", "reviewed_by", "reviewed_on", "reference")


def write(book: Book) -> None:
    """The head of the working paper; lines to sign stay blank, so that the same case gives the same bytes."""
    sheet = book.sheet("cover")
    case, years, places = book.history.case, book.history.years, book.history.case.places
    known = {
        "enterprise": case.enterprise.name,
        "credit_code": case.enterprise.credit_code or "",
        "period": f"{years[0].year}–{years[-1].year}",
        "unit": book.word("yuan"),
        "program": f"eduf {__version__}",
        "law": book.history.law.sha256(),
        "file": places.file.replace("\\", "/").split("/")[-1],
        "fingerprint": places.sha256,
    }
    row = tables.FIRST_ROW
    for key, text in [*known.items(), *((blank, "") for blank in BLANKS)]:
        book.text(sheet, row, 1, book.word(f"cover.{key}"), "heading")
        book.text(sheet, row, 2, text)
        row += 1
    book.text(sheet, row, 1, book.word("cover.checks"), "heading")
    if book.overall:
        book.put(sheet, row, 2, f"={book.address(sheet, *book.overall)}", book.word("passed"), "result")
    _index(book, sheet, row + 2)
    book.workbook.move_sheet(sheet, -len(book.workbook.sheetnames) + 1)
    tables.finish(book, sheet, freeze="A3", titles="1:2")
    tables.set_widths(sheet, (30, 76))


def _index(book: Book, sheet: Worksheet, row: int) -> None:
    """Every other sheet, as a link."""
    book.text(sheet, row, 1, book.word("cover.index"), "heading")
    for n, title in enumerate(book.workbook.sheetnames[:-1], row + 1):
        cell = book.text(sheet, n, 1, title, "link")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1", display=title)
        cell.style = "link"
