"""校验: what must agree, in every year: left, right, difference, result; the total stands on the cover."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from inspect import signature

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.line import Number
from eduf.report import tables
from eduf.report.book import Book, Check

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


def _taxed_relieved_or_lost(taxable_income: Number, loss_relief: Number, year_loss: Number) -> Number:
    return taxable_income + loss_relief - year_loss


def _income_and_adjustment(income: Number, total_adjustment: Number) -> Number:
    return income + total_adjustment


def _deferred_tax(deferred_tax: Number) -> Number:
    return deferred_tax


def _opening_remeasured_and_moved(
    deferred_tax_opening: Number, deferred_tax_remeasured: Number, deferred_tax_moved: Number
) -> Number:
    return deferred_tax_opening + deferred_tax_remeasured + deferred_tax_moved


CHECKS: Mapping[str, tuple[Side, Side]] = {
    "conservation": (_available, _deducted_and_carried),
    "books_and_return": (_adjustment, _fund_and_carry_forward),
    "rows": (_row_4, _rows_5_and_6),
    "income": (_taxed_relieved_or_lost, _income_and_adjustment),
    "deferred": (_deferred_tax, _opening_remeasured_and_moved),
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
            if _known(year, sides):
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


def _known(year: Year, sides: tuple[Side, Side]) -> bool:
    """Whether the year has all that a check reads."""
    return all(year.values[name] is not None for side in sides for name in signature(side).parameters)


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
    spans = [(first, last, name) for name in REQUIRED]
    spans += ((begin, end, "income") for begin, end in _with_income(book))
    ranges = [f"{book.cell(sheet, begin.year, name)}:{_corner(book, end, name)}" for begin, end, name in spans]
    value = Decimal(sum(end.year - begin.year + 1 for begin, end, _ in spans))
    book.put(sheet, row, 3, f"=COUNT({','.join(ranges)})", value, "count")
    book.put(sheet, row, 4, f"={'+'.join(f'ROWS({each})' for each in ranges)}", value, "count")
    _result(book, sheet, row, "filled", None)


def _with_income(book: Book) -> list[tuple[Year, Year]]:
    """The first and the last of years on end whose tax is computed from income."""
    runs: list[tuple[Year, Year]] = []
    for year in book.history.years:
        if year.values["adjusted_income"] is not None:
            follows = runs and runs[-1][1].year == year.year - 1
            runs[-1:] = [(runs[-1][0], year)] if follows else [*runs[-1:], (year, year)]
    return runs


def _corner(book: Book, year: Year, name: str) -> str:
    """The cell of a figure, without its sheet."""
    return book.cell(book.workbook[book.word("sheets.inputs")], year.year, name)


def _compare(book: Book, sheet: Worksheet, row: int, key: str, year: Year, sides: tuple[Side, Side]) -> None:
    """Both sides of a check, written from the figures that they read."""
    for column, side in enumerate(sides, 3):
        book.rule(sheet, row, column, year, side)
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
