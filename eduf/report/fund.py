"""经费台账: the fund, what was due, extracted and spent."""

from eduf.report import tables
from eduf.report.book import Book

LINES = (
    "fund_opening",
    "total_wages",
    "extraction_rate",
    "extraction_due",
    "extracted",
    "extraction_shortfall",
    "spent",
    "spent_in_full",
    "fund_closing",
)
OLD = ("before_2008_opening", "from_before_2008", "before_2008_closing")


def write(book: Book) -> None:
    """The movement of the fund; then, in it, what is left from before 2008."""
    sheet = book.sheet("fund")
    blocks = [(book.word("fund"), LINES), (book.word("before_2008"), OLD)]
    tables.years(book, sheet, tables.FIRST_ROW - 1, blocks)
    tables.finish(book, sheet, freeze="B3", titles="1:2")
