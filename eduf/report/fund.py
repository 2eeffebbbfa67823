"""经费台账: the fund, what was due, extracted and spent."""

from eduf.report import charts, tables
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


BALANCES = ("fund_opening", "fund_closing")


def write(book: Book) -> None:
    """The movement of the fund; in it, what is left from before 2008; and a chart of the balance."""
    sheet = book.sheet("fund")
    blocks = [(book.word("fund"), LINES), (book.word("before_2008"), OLD)]
    rows = tables.years(book, sheet, tables.FIRST_ROW - 1, blocks)
    for name in BALANCES:
        tables.mark_negative(sheet, LINES.index(name) + 2, rows[0] + 1, rows[0] + len(book.history.years))
    charts.draw(book, sheet, book.word("fund_chart"), rows[0], [LINES.index("fund_closing") + 2], rows[-1])
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    tables.pages(sheet, [*(row - 1 for row in rows[:-1]), rows[-1]], rows[-1] + charts.ROWS)
