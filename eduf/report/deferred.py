"""递延所得税: the carry-forward as a deductible temporary difference, and the asset that it makes."""

from eduf.report import remarks, tables
from eduf.report.book import Book

LINES = (
    "prior_carried_forward",
    "carried_forward",
    "deferred_rate",
    "deferred_tax_opening",
    "deferred_tax",
    "deferred_tax_change",
)


def write(book: Book) -> None:
    """Difference, rate, balances and movement; no sheet where the accounting standard keeps no deferred tax."""
    if book.history.case.enterprise.accounting != "cas":
        return
    sheet = book.sheet("deferred")
    rows = tables.years(book, sheet, tables.FIRST_ROW - 1, [(book.word("deferred"), LINES)])
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    said = [book.word(key) for key in ("deferred_rule", "deferred_likely")]
    remarks.write(book, sheet, rows[-1] - 1, said, len(LINES) + 1)
