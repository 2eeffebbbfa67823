"""A105050: rows 1 and 4 to 6 of every year, in the columns of that year's edition, each cell a link."""

from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from eduf.history import Year
from eduf.money import ZERO, written
from eduf.notices import printed_otherwise
from eduf.report import tables
from eduf.report.book import Book

_2017 = ("booked", "spent", "rate", "brought_forward", "deducted", "adjustment", "carried_forward")
COLUMNS: Mapping[int, tuple[str, ...]] = {
    2014: ("booked", "rate", "brought_forward", "deducted", "adjustment", "carried_forward"),
    2017: _2017,
    2018: _2017,
}
ROWS: Mapping[int, Mapping[str, str]] = {
    1: {"deducted": "deductible_wages"},
    4: {
        "booked": "total_booked",
        "spent": "total_spent",
        "brought_forward": "brought_forward",
        "deducted": "total_deducted",
        "adjustment": "total_adjustment",
        "carried_forward": "carried_forward",
    },
    5: {
        "booked": "booked",
        "spent": "deductible_spent",
        "rate": "cap_rate",
        "brought_forward": "brought_forward",
        "deducted": "deducted",
        "adjustment": "adjustment",
        "carried_forward": "carried_forward",
    },
    6: {
        "booked": "booked_in_full",
        "spent": "spent_in_full",
        "rate": "100%",
        "brought_forward": "*",
        "deducted": "deducted_in_full",
        "adjustment": "adjustment_in_full",
        "carried_forward": "*",
    },
}


def write(book: Book) -> None:
    """A block a year; a year without the schedule is said to have none."""
    sheet = book.sheet("schedule")
    rows = [tables.FIRST_ROW - 1]
    for year in book.history.years:
        rows.append(_year(book, sheet, rows[-1], year) + 1)
    tables.finish(book, sheet, freeze="A5", titles=tables.HEAD)
    tables.pages(sheet, rows[:-1], rows[-1])


def _year(book: Book, sheet: Worksheet, top: int, year: Year) -> int:
    edition = year.setting.edition
    if year.setting.collection == "deemed" or edition is None:
        key = "schedule_deemed" if year.setting.collection == "deemed" else "schedule_none"
        book.text(sheet, top, 1, book.word(key, year=year.year), "note")
        return top + 1
    plan = book.word("plan") if year.status == "plan" else ""
    book.text(sheet, top, 1, book.word("schedule_of", year=year.year, edition=edition) + plan, "note")
    columns = COLUMNS[edition]
    labels = [f"{n} {book.word(f'columns.{column}')}" for n, column in enumerate(columns, 1)]
    tables.headings(book, sheet, top + 1, [book.word("row"), book.word("item"), *labels])
    for row, (number, names) in enumerate(ROWS.items(), top + 2):
        book.text(sheet, row, 1, number, "year")
        book.text(sheet, row, 2, book.word(f"rows.{number}"))
        for n, column in enumerate(columns, 3):
            _cell(book, sheet, row, n, year, names.get(column, ""))
    return _note(book, sheet, top + 2 + len(ROWS), year)


def _cell(book: Book, sheet: Worksheet, row: int, column: int, year: Year, name: str) -> None:
    if name in ("", "*", "100%"):
        book.text(sheet, row, column, name, "none")
    else:
        book.figure(sheet, row, column, year, name)


def _note(book: Book, sheet: Worksheet, row: int, year: Year) -> int:
    """Where the edition's own formulas give other figures than the statute, it is said, and never chained."""
    notes = []
    if printed := printed_otherwise(year):
        values = {name: written(year.values[name] or ZERO) for name in ("deducted", "carried_forward")}
        notes.append(
            book.word("form_differs", printed=written(printed[0]), printed_carried=written(printed[1]), **values)
        )
    if year.setting.edition == 2014 and year.values["adjustment_in_full"]:
        values = {name: written(year.values[name] or ZERO) for name in ("booked_in_full", "deducted_in_full")}
        notes.append(book.word("form_row6_differs", **values))
    for n, note in enumerate(notes, row):
        book.text(sheet, n, 1, note, "note")
    return row + len(notes)
