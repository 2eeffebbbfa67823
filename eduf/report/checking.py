"""校验: what must agree, in every year: left, right, difference, result; the total stands on the cover."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.line import Number
from eduf.report import tables
from eduf.report.book import Book, Check
from eduf.symbols import DIALECTS, Symbol

Side = Callable[..., Number]


def _available(available: Number) -> Number:
    return available


def _deducted_and_carried(deducted: Number, carried_forward: Number) -> Number:
    return deducted + carried_forward


def _adjustment(total_adjustment: Number) -> Number:
    return total_adjustment


def _fund_and_carry_forward(
    fund_closing: Number,
    before_2008_closing: Number,
    fund_opening: Number,
    before_2008_opening: Number,
    carried_forward: Number,
    brought_forward: Number,
) -> Number:
    fund = fund_closing - before_2008_closing - fund_opening + before_2008_opening
    return fund + carried_forward - brought_forward


def _row_4(total_booked: Number, total_deducted: Number) -> Number:
    return total_booked - total_deducted


def _rows_5_and_6(adjustment: Number, adjustment_in_full: Number) -> Number:
    return adjustment + adjustment_in_full


CHECKS: Mapping[str, tuple[Side, Side]] = {
    "conservation": (_available, _deducted_and_carried),
    "books_and_return": (_adjustment, _fund_and_carry_forward),
    "rows": (_row_4, _rows_5_and_6),
}
REQUIRED = ("total_wages", "deductible_wages", "spent")
COLUMNS = ("check", "year", "left", "right", "difference", "result")


def write(book: Book) -> None:
    """A row for every check of every year, and one for all of them."""
    sheet = book.sheet("checks")
    tables.headings(book, sheet, tables.FIRST_ROW - 1, [book.word(f"check_columns.{column}") for column in COLUMNS])
    row = tables.FIRST_ROW + 1
    _filled(book, sheet, row)
    row += 1
    for key, sides in CHECKS.items():
        for year in book.history.years:
            if year.setting.collection == "books":
                _compare(book, sheet, row, key, year, sides)
                row += 1
    for check in book.checks:
        _link(book, sheet, row, check)
        row += 1
    _overall(book, sheet, row - 1)
    wrong = Font(bold=True, color="C00000")
    rule = CellIsRule("equal", [f'"{book.word("failed")}"'], font=wrong)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"F{tables.FIRST_ROW}:F{row - 1}", rule)
    tables.finish(book, sheet, freeze=f"A{tables.FIRST_ROW}", titles=tables.FIRST_ROW - 1)


def _overall(book: Book, sheet: Worksheet, last: int) -> None:
    """Whether every check agrees, on top of them."""
    top = tables.FIRST_ROW
    for column in range(1, 6):
        book.text(sheet, top, column, book.word("all_checks") if column == 1 else "", "label")
    results, passed = f"F{top + 1}:F{last}", book.word("passed")
    verdict = f'=IF(COUNTIF({results},"{passed}")=ROWS({results}),"{passed}","{book.word("failed")}")'
    book.put(sheet, top, 6, verdict, passed, "result")
    book.overall = (sheet.title, f"F{top}")


def _filled(book: Book, sheet: Worksheet, row: int) -> None:
    """Every required amount is there: an emptied cell would count as 0 in the formulas, and unknown is never 0."""
    first, last = book.history.years[0], book.history.years[-1]
    ranges = [f"{book.cell(sheet, first.year, name)}:{_corner(book, last, name)}" for name in REQUIRED]
    value = Decimal(len(REQUIRED) * len(book.history.years))
    book.put(sheet, row, 3, f"=COUNT({','.join(ranges)})", value, "count")
    book.put(sheet, row, 4, f"={'+'.join(f'ROWS({each})' for each in ranges)}", value, "count")
    _result(book, sheet, row, "filled", None)


def _corner(book: Book, year: Year, name: str) -> str:
    """The cell of a figure, without its sheet."""
    return book.cell(book.workbook[book.word("sheets.inputs")], year.year, name)


def _compare(book: Book, sheet: Worksheet, row: int, key: str, year: Year, sides: tuple[Side, Side]) -> None:
    """Both sides of a check, written from the figures that they read."""
    from inspect import signature

    for column, side in enumerate(sides, 3):
        reads = tuple(signature(side).parameters)
        written = side(*(Symbol(book.cell(sheet, year.year, name), DIALECTS["excel"]) for name in reads))
        book.put(sheet, row, column, f"={written.text}", side(*(year.values[name] for name in reads)), "amount")
    _result(book, sheet, row, key, year.year)


def _link(book: Book, sheet: Worksheet, row: int, check: Check) -> None:
    """A check whose sides stand on another sheet."""
    for column, where in enumerate((check.left, check.right), 3):
        book.put(sheet, row, column, f"={book.address(sheet, *where)}", check.value, "amount link")
    _result(book, sheet, row, check.key, check.year)


def _result(book: Book, sheet: Worksheet, row: int, key: str, year: int | None) -> None:
    book.text(sheet, row, 1, book.word(f"checks.{key}"))
    book.text(sheet, row, 2, year or "", "year")
    book.put(sheet, row, 5, f"=ROUND(C{row}-D{row},2)", Decimal("0.00"), "amount")
    verdict = f'=IF(ABS(E{row})<0.005,"{book.word("passed")}","{book.word("failed")}")'
    book.put(sheet, row, 6, verdict, book.word("passed"), "result")
