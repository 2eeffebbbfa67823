"""Rates by law: each stands once, in an unlocked cell with a name; the years that it applies to refer to that name.

So do the limits of small low-profit enterprises.
"""

from openpyxl.utils import absolute_coordinate, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.law import Entry
from eduf.report import tables, typed
from eduf.report.book import Book
from eduf.words import word
from eduf.xlsx.cells import put_number

SMALL = ("small_first_rate", "small_rest_rate", "small_first_limit", "small_limit")
COLUMNS = ("matter", "rate", "for_who", "from", "to", "defined_name")


def names(book: Book) -> tuple[str, ...]:
    """The rates that a year of this report has."""
    return ("extraction_rate", "cap_rate", *(("tax_rate",) if book.taxed else ()), "deferred_rate")


def candidates(book: Book, year: Year, name: str) -> tuple[Entry, ...]:
    """The entries of the law that a year's rate is chosen from; none where it is stated or unknown."""
    figure = year.figures.get(name)
    entry = figure.entry if figure else None
    if entry is None:
        return ()
    held = book.history.case.qualifications(book.history.case.years[year.position])
    side_by_side = book.history.law.on(_matter(entry), year.year, held)
    return tuple(each for each in side_by_side if each.automatic and each.choice == entry.choice)


def reference(book: Book, year: Year, name: str) -> str:
    """A year's rate as a formula of the named cells: like `Law.rate`, the highest cap or the lowest tax."""
    entries = candidates(book, year, name)
    named = ",".join(defined_name(each) for each in entries)
    if len(entries) == 1:
        return named
    return f"{'MIN' if _matter(entries[0]) == 'tax_rate' else 'MAX'}({named})"


def defined_name(entry: Entry) -> str:
    """The name of an entry's cell: its id, in the letters that a name may have."""
    return entry.id.replace(".", "_")


def write(book: Book, sheet: Worksheet, top: int) -> int:
    """A row for each rate that a year could take, with its cell; gives the row below."""
    used: dict[str, tuple[str, Entry]] = {}
    for name in (*names(book), *(SMALL if book.small else ())):
        for year in book.history.years:
            for each in candidates(book, year, name):
                used.setdefault(each.id, (name, each))
    if not used:
        return top
    book.text(sheet, top, 1, book.word("rates_by_law"), "note")
    tables.headings(book, sheet, top + 1, [book.word(f"rate_columns.{column}") for column in COLUMNS])
    for row, (name, entry) in enumerate(used.values(), top + 2):
        _entry(book, sheet, row, name, entry)
        accept = typed.accept_amounts if is_amount(name) else typed.accept_rates
        accept(book, sheet, f"B{row}", f"B{row}")
    return top + 3 + len(used)


def _entry(book: Book, sheet: Worksheet, row: int, name: str, entry: Entry) -> None:
    assert not isinstance(entry.value, int)
    cell = put_number(sheet, row, 2, entry.value, "amount input" if is_amount(name) else "rate input")
    where = f"{quote_sheetname(sheet.title)}!{absolute_coordinate(cell.coordinate)}"
    book.workbook.defined_names[defined_name(entry)] = DefinedName(defined_name(entry), attr_text=where)
    ends = entry.ends.isoformat() if entry.ends else ""
    texts = {1: book.label(name), 3: word(f"values.{entry.who}", book.lang), 4: entry.begins.isoformat(), 5: ends}
    for column, text in {**texts, 6: defined_name(entry)}.items():
        book.text(sheet, row, column, text)


def is_amount(name: str) -> bool:
    """Whether what the law gives is a limit."""
    return name.endswith("_limit")


def _matter(entry: Entry) -> str:
    return entry.id.partition(".")[0]
