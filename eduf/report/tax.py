"""企业所得税: from income to tax, and what the adjustment of the education fund changes in it."""

from eduf.report import losses, remarks, tables
from eduf.report.book import Book

INCOME = (
    "income",
    "total_adjustment",
    "adjusted_income",
    "income_before_relief",
    "year_loss",
    "losses_available",
    "loss_relief",
    "taxable_income",
)
SMALL = (
    "small_first_limit",
    "small_first_rate",
    "small_rest_rate",
    "small_limit",
    "tax_small",
    "tax_ordinary",
    "tax_small_unadjusted",
    "tax_ordinary_unadjusted",
)
TAX = ("taxable_income", "tax_rate", "tax", "taxable_unadjusted", "tax_unadjusted", "tax_effect")


def write(book: Book) -> None:
    """Income and losses, the tax, and the tax with and without the adjustment; no sheet where no year has income."""
    if not book.taxed:
        return
    sheet = book.sheet("tax")
    losses.settle(book)
    blocks: list[tables.Block] = [(book.word("tax_income"), INCOME), (book.word("tax"), TAX)]
    said = ["tax_rule", "tax_grey"]
    if book.small:
        blocks.append((book.word("tax_small"), SMALL))
        said.append("tax_small_rule")
    rows = tables.years(book, sheet, tables.FIRST_ROW - 1, blocks)
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    remarks.write(book, sheet, rows[-1] - 1, [book.word(key) for key in said], len(INCOME) + 1)
    tables.pages(sheet, [row - 1 for row in rows[:-1]], rows[-1] - 1)
