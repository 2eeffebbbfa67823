"""会计分录: the journal entries of every year, debits equal to credits, and the cost centres behind them."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import entries
from eduf.entries import Entry, Kind
from eduf.explain import citations
from eduf.history import Year
from eduf.report import remarks, tables, typed
from eduf.report.book import Book
from eduf.symbols import DIALECTS, Symbol
from eduf.words import word
from eduf.xlsx.cells import put_number

COLUMNS = {"date": 19, "text": 52, "account": 60, "debit": 17, "credit": 17, "basis": 44}
DEBIT, CREDIT = 4, 5
DEBIT_AT, CREDIT_AT = "D", "E"
CENTERS = ("number", "center", "account", "share", "share_up_to")
UP_TO = "share_up_to_{}"  # the share of all cost centres up to this one
CHARGED, REVERSED = "charged_{}", "reversed_{}"  # the year's extraction at this cost centre, and what is taken back
NOTHING = '#,##0.00;-#,##0.00;"–"'


def write(book: Book) -> None:
    """The years' entries, then the cost centres and what the entries rest on."""
    sheet = book.sheet("entries")
    head = tables.FIRST_ROW - 1
    tables.headings(book, sheet, head, [book.word(f"entry_columns.{column}") for column in COLUMNS])
    rows = [tables.FIRST_ROW + n * _size(book) for n in range(len(book.history.years) + 1)]
    centers = rows[-1] + 1
    _homes(book, sheet, rows, centers)
    for top, year in zip(rows, book.history.years, strict=False):
        _year(book, sheet, top, year)
    below = _centers(book, sheet, centers)
    _grey(sheet, rows[0], rows[-1] - 1)
    tables.finish(book, sheet, freeze=f"A{tables.FIRST_ROW}", titles=head, widths=tuple(COLUMNS.values()))
    remarks.write(book, sheet, below, _remarks(book), len(COLUMNS))
    tables.pages(sheet, [*rows[:-1], centers], below)


def _size(book: Book) -> int:
    """How many rows a year takes, with its total."""
    case = book.history.case
    return 1 + sum(1 + max(len(entries.centers_of(case, kind)), 1) for kind in entries.kinds(case))


def _homes(book: Book, sheet: Worksheet, rows: Sequence[int], centers: int) -> None:
    """Where the cost centres' shares and amounts stand, for the formulas of this sheet and of the months."""
    first = book.history.years[0]
    for n in range(len(book.history.case.enterprise.cost_centers)):
        book.settle(sheet.title, centers + 2 + n, CENTERS.index("share_up_to") + 1, first, UP_TO.format(n))
        for row, year in zip(rows, book.history.years, strict=False):
            book.settle(sheet.title, row + n, DEBIT, year, CHARGED.format(n))
            book.settle(sheet.title, row + n, CREDIT, year, REVERSED.format(n))


def _year(book: Book, sheet: Worksheet, top: int, year: Year) -> None:
    """The entries of a year and their total."""
    row, found = top, entries.of(book.history, year)
    for entry in found:
        _texts(book, sheet, row, year, entry)
        _amounts(book, sheet, row, year, entry)
        row += len(entry.rows)
    book.text(sheet, row, 1, book.word("total_of", year=year.year))
    for column in (2, 3, len(COLUMNS)):
        book.text(sheet, row, column, "")
    amounts = [(each.debit, each.credit) for entry in found for each in entry.rows]
    for column, side in zip((DEBIT, CREDIT), zip(*amounts, strict=True), strict=True):
        total = sum((each for each in side if each is not None), Decimal("0.00"))
        letter = get_column_letter(column)
        book.put(sheet, row, column, f"=ROUND(SUM({letter}{top}:{letter}{row - 1}),2)", total, "amount")
    book.check("entries", year.year, (sheet.title, f"D{row}"), (sheet.title, f"E{row}"), total)


def _texts(book: Book, sheet: Worksheet, top: int, year: Year, entry: Entry) -> None:
    """Date, text, account and basis of each of an entry's rows."""
    plan = book.word("plan") if year.status == "plan" else ""
    text = book.word(f"entries.{entry.kind.name}", year=year.year)
    for row, each in enumerate(entry.rows, top):
        basis = _basis(book, year, entry.kind) if row == top else ""
        texts = (f"{year.year}-12-31{plan}", text, _account(book, each), "", "", basis)
        tables.wrapped(book, sheet, row, texts, tuple(COLUMNS.values()))


def _account(book: Book, row: entries.Row) -> str:
    if row.center:
        return book.word("accounts.of_center", account=row.center.account, center=row.center.name)
    return book.word(f"accounts.{row.account}")


def _basis(book: Book, year: Year, kind: Kind) -> str:
    """The document that an entry rests on, and whether its text was read."""
    if book.history.case.enterprise.accounting != "cas":
        return book.word("entry_basis.other")
    sources = [source for entry in book.history.law.cite(kind.law, year.year) for source in entry.sources]
    said = (book.history.law.documents()[source.document].said(book.lang) for source in sources)
    marks = (book.word(f"entry_basis.{source.checked}") for source in sources)
    return "; ".join(f"{document} ({mark})" for document, mark in zip(said, marks, strict=True))


def _amounts(book: Book, sheet: Worksheet, top: int, year: Year, entry: Entry) -> None:
    """Both sides of every row, grey where the amount is unknown."""
    unknown = any(each.debit is None for each in entry.rows)
    formulas = [("", "")] * len(entry.rows) if unknown else _formulas(book, sheet, top, year, entry)
    for row, (each, written) in enumerate(zip(entry.rows, formulas, strict=True), top):
        for column, value, formula in zip((DEBIT, CREDIT), (each.debit, each.credit), written, strict=True):
            if value is None:
                book.text(sheet, row, column, "", "absent")
            else:
                book.put(sheet, row, column, f"={formula}", value, "amount").number_format = NOTHING


def _formulas(book: Book, sheet: Worksheet, top: int, year: Year, entry: Entry) -> list[tuple[str, str]]:
    """Debit and credit of each row: the last row takes its amount from the figures, the others from the last."""
    excel, first, bottom = DIALECTS["excel"], book.history.years[0].year, top + len(entry.rows) - 1
    there, back = entries.sides(entry.kind.amount(*(book.symbol(sheet, year.year, name) for name in entry.kind.reads)))
    centers = range(len(entries.centers_of(book.history.case, entry.kind)))
    upto = [book.symbol(sheet, first, UP_TO.format(n)) for n in centers]
    charged = entries.spread(Symbol(f"{CREDIT_AT}{bottom}", excel), Symbol(f"{DEBIT_AT}{bottom}", excel), upto)
    return [(debit.text, credit.text) for debit, credit in (*charged, (back, there))]


def _centers(book: Book, sheet: Worksheet, top: int) -> int:
    """The cost centres with their shares, and those added up; gives the row below."""
    stated = book.history.case.enterprise.cost_centers
    if not stated:
        return top
    book.text(sheet, top, 1, book.word("centers"), "note")
    tables.headings(book, sheet, top + 1, [book.word(f"center_columns.{column}") for column in CENTERS])
    for row, (center, upto) in enumerate(zip(stated, entries.ends(book.history.case), strict=True), top + 2):
        book.text(sheet, row, 1, row - top - 1, "year")
        book.text(sheet, row, 2, center.name)
        book.text(sheet, row, 3, center.account)
        put_number(sheet, row, DEBIT, center.share, "rate input")
        before = f"{CREDIT_AT}{row - 1}+" if row > top + 2 else ""
        book.put(sheet, row, CREDIT, f"=ROUND({before}{DEBIT_AT}{row},3)", upto, "rate")
    typed.accept_rates(book, sheet, f"{DEBIT_AT}{top + 2}", f"{DEBIT_AT}{top + 1 + len(stated)}")
    return top + 3 + len(stated)


def _remarks(book: Book) -> list[str]:
    """How the entries are to be read, and the rules with where they stand written."""
    case, last = book.history.case, book.history.years[-1].year
    keys = ["sides", "proposed", *(["centers"] if case.enterprise.cost_centers else [])]
    if any(year.values["transferred"] for year in book.history.years) and case.enterprise.accounting == "cas":
        keys.append("transferred")
    said = [book.word(f"entry_remarks.{key}") for key in keys]
    if case.enterprise.accounting != "cas":
        return [
            *said,
            book.word("entry_remarks.other", standard=word(f"values.{case.enterprise.accounting}", book.lang)),
        ]
    rules = (entry for kind in entries.kinds(case) for entry in book.history.law.cite(kind.law, last))
    return [*said, *(" ".join((each.said(book.lang), *citations(each, book.lang))) for each in rules)]


def _grey(sheet: Worksheet, first: int, last: int) -> None:
    """An entry of nothing steps back."""
    rule = FormulaRule([f"AND($D{first}=0,$E{first}=0)"], font=Font(color="A6A6A6"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add(f"A{first}:F{last}", rule)
