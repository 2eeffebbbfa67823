"""结转矩阵: what is left of every vintage at every year end, by the closed form of `eduf.vintages`."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import vintages
from eduf.facts import vintages as opening_vintages
from eduf.history import Year
from eduf.report import paper, remarks, tables
from eduf.report.book import Book
from eduf.symbols import DIALECTS, Symbol
from eduf.words import word

READS = ("transferred", "deductible_spent", "deducted", "deducted_current", "deducted_earlier")
FIRST = 4  # the column of the first year; before it: origin, what arose, that added up
HEADING = tables.FIRST_ROW - 1
USED, USED_IN_ALL = HEADING + 1, HEADING + 2
VINTAGES = HEADING + 3


def write(book: Book) -> None:
    """What arose down the rows, year ends across; what was used on top, the total and its check below."""
    sheet = book.sheet("matrix")
    order = book.history.case.enterprise.vintage_order
    said = book.word("matrix_note", order=word(f"values.{order}", book.lang))
    years = [book.word("end_of", year=year.year) + _plan(book, year) for year in book.history.years]
    tables.headings(book, sheet, HEADING, [book.word("origin"), book.word("arose"), book.word("in_all"), *years])
    used = _used(book, sheet)
    ends = _arose(book, sheet)
    for column, year in enumerate(book.history.years, FIRST):
        _year(book, sheet, column, year, ends, used[year.year])
    tables.finish(book, sheet, freeze=f"D{HEADING + 1}", titles=HEADING, columns="A:C")
    remarks.write(
        book, sheet, VINTAGES + len(ends) + 3, [said], 3 if paper.pages_across(sheet) > 1 else FIRST + len(years) - 1
    )


def _plan(book: Book, year: Year) -> str:
    return book.word("plan") if year.status == "plan" else ""


def _movement(book: Book, sheet: Worksheet, year: Year) -> tuple[vintages.Movement, vintages.Movement]:
    """A year's movement in figures and as formulas."""
    known = [name for name in READS if year.values[name] is not None]
    cells = {name: book.symbol(sheet, year.year, name) for name in known}
    missing: Mapping[str, Symbol | None] = dict.fromkeys(READS)
    return (
        vintages.movement(year.year, year.values),
        vintages.movement(year.year, {**missing, **cells}),
    )


def _used(book: Book, sheet: Worksheet) -> dict[int, Decimal]:
    """What was used in each year, and in all so far; gives the latter."""
    moves = [_movement(book, sheet, year) for year in book.history.years]
    sums = list(accumulate(figures.used for figures, _ in moves))
    book.text(sheet, USED, 1, book.word("used"))
    book.text(sheet, USED_IN_ALL, 1, book.word("used_in_all"))
    for column, ((figures, formulas), in_all) in enumerate(zip(moves, sums, strict=True), FIRST):
        book.put(sheet, USED, column, f"={formulas.used.text}", figures.used, "amount")
        at = get_column_letter(column)
        before = f"{get_column_letter(column - 1)}{USED_IN_ALL}+" if column > FIRST else ""
        book.put(sheet, USED_IN_ALL, column, f"=ROUND({before}{at}{USED},2)", in_all, "amount")
    return {figures.year: in_all for (figures, _), in_all in zip(moves, sums, strict=True)}


def _arose(book: Book, sheet: Worksheet) -> list[tuple[int | None, Decimal, Decimal]]:
    """Every vintage: its origin, what arose, and that added up; an opening one is a link to what was typed."""
    rows: list[tuple[int | None, str, Decimal]] = []
    for label, amount in opening_vintages(book.history.case).items():
        rows.append((label, book.cell(sheet, label, "opening_carried_forward"), amount))
    for year in book.history.years:
        figures, formulas = _movement(book, sheet, year)
        rows.append((year.year, formulas.arose.text, figures.arose))
    ends = list(accumulate(amount for _, _, amount in rows))
    for row, ((label, formula, amount), end) in enumerate(zip(rows, ends, strict=True), VINTAGES):
        book.text(sheet, row, 1, label or word("explain.unknown", book.lang), "year")
        book.put(sheet, row, 2, f"={formula}", amount, "amount")
        book.put(sheet, row, 3, f"=ROUND({f'C{row - 1}+' if row > VINTAGES else ''}B{row},2)", end, "amount")
    return [(label, amount, end) for (label, _, amount), end in zip(rows, ends, strict=True)]


def _year(
    book: Book,
    sheet: Worksheet,
    column: int,
    year: Year,
    ends: list[tuple[int | None, Decimal, Decimal]],
    used: Decimal,
) -> None:
    """What is left of each vintage at one year end, their total, and what the carry-forward is."""
    at = get_column_letter(column)
    excel = DIALECTS["excel"]
    for row, (label, amount, end) in enumerate(ends, VINTAGES):
        if label is not None and label > year.year:
            book.text(sheet, row, column, "", "none")
            continue
        cells = (Symbol(f"$B{row}", excel), Symbol(f"$C{row}", excel), Symbol(f"{at}${USED_IN_ALL}", excel))
        book.put(sheet, row, column, f"={vintages.left(*cells).text}", vintages.left(amount, end, used), "amount")
    bottom = VINTAGES + len(ends)
    carried = year.values["carried_forward"]
    if column == FIRST:
        book.text(sheet, bottom, 1, book.word("total"))
        book.text(sheet, bottom + 1, 1, book.label("carried_forward"))
    if carried is not None:
        book.put(sheet, bottom, column, f"=ROUND(SUM({at}{VINTAGES}:{at}{bottom - 1}),2)", carried, "amount")
        link = book.cell(sheet, year.year, "carried_forward")
        book.put(sheet, bottom + 1, column, f"={link}", carried, "amount link")
        book.check("vintages", year.year, (sheet.title, f"{at}{bottom}"), (sheet.title, f"{at}{bottom + 1}"), carried)
