"""分月计提: the year's extraction month by month and cost centre by cost centre, trued up in December."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import entries, months
from eduf.history import Year
from eduf.money import ZERO, share
from eduf.months import Month
from eduf.report import remarks, tables, typed
from eduf.report.book import Book
from eduf.report.entries import CHARGED, REVERSED, UP_TO
from eduf.symbols import DIALECTS, Symbol
from eduf.words import word
from eduf.xlsx.cells import put_number

WAGES, EXTRACTED, CENTERS = 2, 3, 4  # columns
WIDE = 7  # cost centres side by side on a page; more stand in a table below
DECEMBER, TOTAL, WHOLE, TRUE_UP = 12, 13, 14, 15  # rows below the headings
STEP = 18  # from a table to the next


def write(book: Book) -> None:
    """A block for every year that states its monthly wages; no sheet where none does."""
    years = [year for year in book.history.years if months.wages(book.history, year)]
    if not years:
        return
    sheet, top = book.sheet("monthly"), tables.FIRST_ROW - 1
    starts: list[int] = []
    for year in years:
        below = _year(book, sheet, top, year)
        starts += range(top, below, STEP)
        top = below
    tables.finish(book, sheet, freeze=f"B{tables.HEAD + 1}", titles=tables.HEAD)
    keys = ("true_up", "centers") if book.history.case.enterprise.cost_centers else ("true_up",)
    remarks.write(book, sheet, top, [book.word(f"monthly_remarks.{key}") for key in keys], sheet.max_column)
    tables.pages(sheet, starts, top)


def _year(book: Book, sheet: Worksheet, top: int, year: Year) -> int:
    """The tables of a year, the first with all of it, and its checks; gives the row after them."""
    found, heading = months.of(book.history, year), top + 1
    spots = [_spot(heading, n) for n in range(len(found[0].parts))]
    rows = sorted({heading, *(row for row, _ in spots)})
    for row in rows:
        _frame(book, sheet, row, book.word("monthly" if row == heading else "monthly_more", year=year.year))
    _wages(book, sheet, heading, year, found)
    _extracted(book, sheet, heading, year, found)
    if spots:
        _centers(book, sheet, spots, year, found)
        _together(book, sheet, spots, year, found)
    return top + STEP * len(rows)


def _spot(heading: int, center: int) -> tuple[int, int]:
    """The row of the headings and the column of a cost centre."""
    below, across = divmod(center, WIDE)
    return heading + below * STEP, across + (WAGES if below else CENTERS)


def _frame(book: Book, sheet: Worksheet, heading: int, title: str) -> None:
    """A table's title and the months in front of it."""
    book.text(sheet, heading - 1, 1, title, "note")
    book.text(sheet, heading, 1, book.word("month"), "heading")
    sheet.row_dimensions[heading].height = 34
    for n in range(1, DECEMBER):
        book.text(sheet, heading + n, 1, word(f"book.columns.monthly_wages.month{n}", book.lang))
    for n, key in ((DECEMBER, "december"), (TOTAL, "total"), (WHOLE, "whole_year")):
        book.text(sheet, heading + n, 1, book.word(key))


def _wages(book: Book, sheet: Worksheet, heading: int, year: Year, found: Sequence[Month]) -> None:
    book.text(sheet, heading, WAGES, book.label("monthly_wages"), "heading")
    for n, each in enumerate(found, 1):
        put_number(sheet, heading + n, WAGES, each.wages, "amount input")
    typed.accept_amounts(book, sheet, _at(WAGES, heading + 1), _at(WAGES, heading + DECEMBER))
    total = _total(book, sheet, heading, WAGES, [each.wages for each in found])
    book.figure(sheet, heading + WHOLE, WAGES, year, "total_wages")
    book.check("months_wages", year.year, *_bottom(sheet, heading, WAGES), total)


def _extracted(book: Book, sheet: Worksheet, heading: int, year: Year, found: Sequence[Month]) -> None:
    """The months by the rate, December what is missing; below, how far that is from December by the rate."""
    book.text(sheet, heading, EXTRACTED, book.word("month_extracted"), "heading")
    rate = Symbol(book.cell(sheet, year.year, "extraction_rate"), DIALECTS["excel"])
    by_rate = [share(_symbol(WAGES, heading + n), rate).text for n in range(1, DECEMBER + 1)]
    values = [each.extracted for each in found]
    _months(book, sheet, heading, EXTRACTED, by_rate[:-1], values)
    total = _total(book, sheet, heading, EXTRACTED, values)
    book.figure(sheet, heading + WHOLE, EXTRACTED, year, "extracted")
    book.check("months_extracted", year.year, *_bottom(sheet, heading, EXTRACTED), total)
    book.text(sheet, heading + TRUE_UP, 1, book.word("true_up"))
    book.text(sheet, heading + TRUE_UP, WAGES, "")
    formula = f"=ROUND({_at(EXTRACTED, heading + DECEMBER)}-{by_rate[-1]},2)"
    trued_up = values[-1] - share(found[-1].wages, year.figures["extraction_rate"].value)
    book.put(sheet, heading + TRUE_UP, EXTRACTED, formula, trued_up, "amount")


def _centers(
    book: Book, sheet: Worksheet, spots: Sequence[tuple[int, int]], year: Year, found: Sequence[Month]
) -> None:
    """A column a cost centre: its parts of the months, and in December what is missing to its part of the year."""
    first, excel, heading = book.history.years[0].year, DIALECTS["excel"], spots[0][0]
    upto = [Symbol(book.cell(sheet, first, UP_TO.format(n)), excel) for n in range(len(spots))]
    split = [entries.parts(_symbol(EXTRACTED, heading + n), upto) for n in range(1, DECEMBER)]
    for n, (center, (row, column)) in enumerate(zip(book.history.case.enterprise.cost_centers, spots, strict=True)):
        book.text(sheet, row, column, book.word("center", name=center.name, account=center.account), "heading")
        values = [each.parts[n] for each in found]
        _months(book, sheet, row, column, [each[n].text for each in split], values)
        total = _total(book, sheet, row, column, values)
        charged, back = (book.cell(sheet, year.year, side.format(n)) for side in (CHARGED, REVERSED))
        book.put(sheet, row + WHOLE, column, f"=ROUND({charged}-{back},2)", total, "amount")


def _together(
    book: Book, sheet: Worksheet, spots: Sequence[tuple[int, int]], year: Year, found: Sequence[Month]
) -> None:
    """Beside the last cost centre what all of them have, to compare with the month."""
    heading, column = spots[-1][0], spots[-1][1] + 1
    book.text(sheet, heading, column, book.word("centers_together"), "heading")
    values = [sum(each.parts, ZERO) for each in found]
    total = sum(values, ZERO)
    for n, value in enumerate([*values, total, total], 1):
        cells = "+".join(_at(each, row + n) for row, each in spots)
        book.put(sheet, heading + n, column, f"=ROUND({cells},2)", value, "amount")
    month = (sheet.title, _at(EXTRACTED, spots[0][0] + TOTAL))
    book.check("months_centers", year.year, month, (sheet.title, _at(column, heading + TOTAL)), total)


def _months(
    book: Book, sheet: Worksheet, heading: int, column: int, formulas: Sequence[str], values: Sequence[Decimal]
) -> None:
    """January to November by their formulas, December what is missing to the whole year."""
    for n, (formula, value) in enumerate(zip(formulas, values, strict=False), 1):
        book.put(sheet, heading + n, column, f"={formula}", value, "amount")
    before = f"SUM({_at(column, heading + 1)}:{_at(column, heading + DECEMBER - 1)})"
    rest = f"=ROUND({_at(column, heading + WHOLE)}-{before},2)"
    book.put(sheet, heading + DECEMBER, column, rest, values[-1], "amount")


def _total(book: Book, sheet: Worksheet, heading: int, column: int, values: Sequence[Decimal]) -> Decimal:
    total = sum(values, ZERO)
    cells = f"{_at(column, heading + 1)}:{_at(column, heading + DECEMBER)}"
    book.put(sheet, heading + TOTAL, column, f"=ROUND(SUM({cells}),2)", total, "amount")
    return total


def _bottom(sheet: Worksheet, heading: int, column: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """The sum of the months and the whole year of a column."""
    return (sheet.title, _at(column, heading + TOTAL)), (sheet.title, _at(column, heading + WHOLE))


def _at(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _symbol(column: int, row: int) -> Symbol:
    return Symbol(_at(column, row), DIALECTS["excel"])
