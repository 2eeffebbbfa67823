"""亏损弥补: what is left of the loss of every year at every year end, the oldest made up first, until it expires."""

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import losses, vintages
from eduf.history import Year
from eduf.line import BOOKS
from eduf.losses import Lives
from eduf.money import ZERO
from eduf.report import paper, remarks, tables
from eduf.report.book import Book
from eduf.symbols import DIALECTS, Symbol

START = 4  # the column of the start of the first year; before it: origin, the last year of its life, what arose
HEADING = tables.FIRST_ROW - 1
AVAILABLE, MADE_UP, FIRST = HEADING + 1, HEADING + 2, HEADING + 3
BELOW = ("losses_expired", "losses_left", "losses_moved")  # rows below those of the years


def settle(book: Book) -> None:
    """Make the cells of this sheet the homes of what each year may make up."""
    for column, year in enumerate(book.history.years, START + 1):
        book.settle(book.title_of("losses"), AVAILABLE, column, year, "losses_available")


def write(book: Book) -> None:
    """Years of origin down, year ends across; what was there and made up on top, what expired and is left below."""
    if not book.taxed:
        return
    sheet, until = book.sheet("losses"), losses.lives(book.history.case, book.history.law)
    ends = [book.word("end_of", year=year.year) + _plan(book, year) for year in book.history.years]
    start = book.word("start_of", year=until.first)
    heads = [book.word("origin"), book.word("until"), book.word("losses_arose"), start, *ends]
    tables.headings(book, sheet, HEADING, heads)
    rows = _arose(book, sheet, until)
    bottom = FIRST + len(rows)
    for row, key in ((AVAILABLE, "losses_available"), (MADE_UP, "loss_relief")):
        _label(book, sheet, row, book.label(key))
    for row, key in enumerate(BELOW, bottom):
        _label(book, sheet, row, book.word(key))
    opening = dict(losses.standing(book.history.case, until))
    _sum(book, sheet, START, bottom, sum((amount or ZERO for amount in opening.values()), ZERO))
    for column, year in enumerate(book.history.years, START + 1):
        _year(book, sheet, column, year, rows, until)
    tables.finish(book, sheet, freeze=f"E{HEADING + 1}", titles=HEADING, columns="A:D")
    said = [book.word("losses_note"), book.word("losses_locked")]
    wide = START if paper.pages_across(sheet) > 1 else START + len(ends)
    remarks.write(book, sheet, bottom + len(BELOW) + 1, said, wide)


def _label(book: Book, sheet: Worksheet, row: int, label: str) -> None:
    """What a row is; what stands before the first year end is empty."""
    for column in range(1, START + 1):
        book.text(sheet, row, column, label if column == 1 else "", "text" if column == 1 else "none")


def _plan(book: Book, year: Year) -> str:
    return book.word("plan") if year.status == "plan" else ""


def _arose(book: Book, sheet: Worksheet, until: Lives) -> Mapping[int, int]:
    """Every year with its loss and the last year of its life: the opening ones, then those on the books; their rows."""
    opening = dict(losses.opening(book.history.case))
    own = {year.year: year for year in book.history.years if year.setting.collection in BOOKS}
    rows = {arose: row for row, arose in enumerate((*opening, *own), FIRST)}
    for arose, row in rows.items():
        book.text(sheet, row, 1, arose, "year")
        book.text(sheet, row, 2, until.last(arose), "year")
        book.text(sheet, row, START, "", "none")
        if arose in own:
            book.figure(sheet, row, 3, own[arose], "year_loss")
            continue
        amount = opening[arose] or ZERO
        book.put(sheet, row, 3, f"={book.cell(sheet, arose, 'losses')}", amount, "amount link")
        if until.last(arose) < until.first:
            book.text(sheet, row, START, book.word("expired"), "none")
        else:
            book.put(sheet, row, START, f"=C{row}", amount, "amount")
    return rows


def _year(book: Book, sheet: Worksheet, column: int, year: Year, rows: Mapping[int, int], until: Lives) -> None:
    """What the year could make up and did, what is then left of every loss, what of it expires, and the check."""
    before, bottom = get_column_letter(column - 1), FIRST + len(rows)
    left = dict(year.losses)
    _put(book, sheet, AVAILABLE, column, f"{before}{bottom + 1}", year.values["losses_available"])
    book.figure(sheet, MADE_UP, column, year, "loss_relief")
    dying: list[str] = []
    for arose, row in rows.items():
        written = _left(book, sheet, column, row, year) if arose < year.year else f"C{row}"
        if arose > year.year:
            book.text(sheet, row, column, "", "none")
        elif until.last(arose) <= year.year:
            book.text(sheet, row, column, book.word("expired"), "none")
            dying += [written] if until.last(arose) == year.year else []
        else:
            _put(book, sheet, row, column, written, left.get(arose, ZERO))
    expired = losses.available(year.expired)
    if dying:
        _put(book, sheet, bottom, column, f"ROUND({'+'.join(dying)},2)", expired)
    else:
        book.text(sheet, bottom, column, "", "none")
    _sum(book, sheet, column, bottom, losses.available(year.losses))
    _check(book, sheet, column, year, bottom, expired=bool(dying))


def _left(book: Book, sheet: Worksheet, column: int, row: int, year: Year) -> str:
    """What a year leaves of a loss, as a formula of what the year before left.

    Where it is unknown what was made up, it is known of nothing, and in a year that makes up nothing.
    """
    before, excel = get_column_letter(column - 1), DIALECTS["excel"]
    if year.setting.collection not in BOOKS:
        return f"{before}{row}"
    if year.values["loss_relief"] is None:
        income = book.cell(sheet, year.year, "income_before_relief")
        return f"IF(MIN({income},{before}{row})<=0,{before}{row},NA())"
    end = Symbol(f"ROUND(SUM({before}${FIRST}:{before}{row}),2)", excel)
    used = Symbol(f"{get_column_letter(column)}${MADE_UP}", excel)
    return str(vintages.left(Symbol(f"{before}{row}", excel), end, used).text)


def _put(book: Book, sheet: Worksheet, row: int, column: int, formula: str, value: Decimal | None) -> None:
    """A formula with its value, grey where that is unknown."""
    if value is None:
        book.text(sheet, row, column, "", "absent")
    else:
        book.put(sheet, row, column, f"={formula}", value, "amount")


def _sum(book: Book, sheet: Worksheet, column: int, bottom: int, value: Decimal | None) -> None:
    """What is left of all losses together."""
    letter = get_column_letter(column)
    _put(book, sheet, bottom + 1, column, f"ROUND(SUM({letter}{FIRST}:{letter}{bottom - 1}),2)", value)


def _check(book: Book, sheet: Worksheet, column: int, year: Year, bottom: int, *, expired: bool) -> None:
    """What is left is what was there and arose, less what was made up and expired."""
    letter, value = get_column_letter(column), losses.available(year.losses)
    parts = [f"{letter}{AVAILABLE}"]
    known = year.values["losses_available"] is not None
    if year.setting.collection in BOOKS:
        parts += [f"+{book.cell(sheet, year.year, 'year_loss')}", f"-{letter}{MADE_UP}"]
        known = known and year.values["loss_relief"] is not None
    parts += [f"-{letter}{bottom}"] if expired else []
    _put(book, sheet, bottom + 2, column, f"ROUND({''.join(parts)},2)", value if known else None)
    if known and value is not None:
        left, moved = ((sheet.title, f"{letter}{bottom + n}") for n in (1, 2))
        book.check("losses", year.year, left, moved, value)
