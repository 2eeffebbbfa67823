"""扣除与结转: base, rate, cap, what is deducted and carried forward, and the adjustment."""

from eduf.report import charts, tables
from eduf.report.book import Book
from eduf.show import SECTIONS

CAP = (
    "deductible_wages",
    "cap_rate",
    "cap",
    "prior_carried_forward",
    "transferred",
    "brought_forward",
    "deductible_spent",
    "available",
    "deducted",
)
CARRY = ("deducted_current", "deducted_earlier", "carried_forward", "headroom", "form_deducted")
SCHEDULE = tuple(name for name in SECTIONS["schedule"] if name not in CARRY)
CHART = ("carried_forward", "headroom")


def write(book: Book) -> None:
    """Three tables, one under the other, and a chart of the carry-forward and the headroom."""
    sheet = book.sheet("deduction")
    blocks = [(book.word("cap"), CAP), (book.word("carry"), CARRY), (book.word("schedule"), SCHEDULE)]
    rows = tables.years(book, sheet, tables.FIRST_ROW - 1, blocks)
    charts.draw(book, sheet, book.word("chart"), rows[1], [CARRY.index(name) + 2 for name in CHART], rows[-1])
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    tables.pages(sheet, [*(row - 1 for row in rows[:-1]), rows[-1]], rows[-1] + charts.ROWS)
