"""递延所得税: the temporary difference, and the asset that it makes, or would make where it is not recognised."""

from collections.abc import Mapping

from eduf import tax_lines
from eduf.line import Number
from eduf.report import remarks, tables
from eduf.report.book import Book
from eduf.report.tables import Block, Column

ASSET = (
    "deferred_rate",
    "deferred_tax_opening",
    "deferred_tax_remeasured",
    "deferred_tax_moved",
    "deferred_tax_change",
    "deferred_tax",
)


def difference(carried_forward: Number, fund_closing: Number, before_2008_closing: Number) -> Number:
    """The temporary difference at the end of the year, with what is extracted and not spent."""
    return tax_lines.with_unspent(carried_forward, fund_closing, before_2008_closing)


def difference_opening(prior_carried_forward: Number, fund_opening: Number, before_2008_opening: Number) -> Number:
    """The same at its start."""
    return tax_lines.with_unspent(prior_carried_forward, fund_opening, before_2008_opening)


def unrecognised_asset(carried_forward: Number, deferred_rate: Number) -> Number:
    """The asset that is not recognised: by the line of one that is."""
    return tax_lines.deferred_tax(carried_forward, deferred_rate)


def write(book: Book) -> None:
    """Difference, rate, balances and movement; no sheet where the accounting standard keeps no deferred tax."""
    if book.history.case.enterprise.accounting != "cas":
        return
    sheet = book.sheet("deferred")
    blocks = _blocks(book)
    rows = tables.years(book, sheet, tables.FIRST_ROW - 1, blocks)
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    keys = ["deferred_rule", "deferred_remeasured", "deferred_likely"] if recognised(book) else ["deferred_none"]
    if on_fund(book):
        keys.insert(1, "deferred_fund")
    widest = max(len(columns) for _, columns in blocks) + 1
    remarks.write(book, sheet, rows[-1] - 1, [book.word(key) for key in keys], widest)
    tables.pages(sheet, [row - 1 for row in rows[:-1]], rows[-1] - 1)


def recognised(book: Book) -> bool:
    """Whether a deferred tax asset is recognised."""
    return book.history.years[0].setting.deferred != "none"


def on_fund(book: Book) -> bool:
    """Whether it is recognised on what is extracted and not spent, too."""
    return book.history.years[0].setting.deferred == "with_fund"


def differences(book: Book) -> Mapping[str, Column]:
    """The temporary difference at the end and at the start of a year."""
    if on_fund(book):
        return {"difference": difference, "difference_opening": difference_opening}
    return {"difference": "carried_forward", "difference_opening": "prior_carried_forward"}


def _blocks(book: Book) -> list[Block]:
    if not recognised(book):
        columns = ("prior_carried_forward", "carried_forward", "deferred_rate", unrecognised_asset)
        return [(book.word("deferred_unrecognised"), columns)]
    if not on_fund(book):
        return [(book.word("deferred"), ("prior_carried_forward", "carried_forward", *ASSET))]
    start = ("prior_carried_forward", "fund_opening", "before_2008_opening", difference_opening)
    end = ("carried_forward", "fund_closing", "before_2008_closing", difference)
    return [(book.word("deferred_with_fund"), (*start, *end)), (book.word("deferred_asset"), ASSET)]
