"""A105050: rows 1 and 4 to 6 of every year, in the columns of that year's edition, each cell a link."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from eduf import lines
from eduf.history import Year
from eduf.money import ZERO, written
from eduf.notices import printed_otherwise
from eduf.report import tables
from eduf.report.book import Book
from eduf.report.spoken import quoted, spoken
from eduf.symbols import DIALECTS, Symbol
from eduf.words import word

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

PRINTED = (("printed", "deducted"), ("printed_carried", "carried_forward"))
FULL = (("booked_in_full", "deducted_in_full"),)
NOTED = (
    "booked",
    "brought_forward",
    "deducted",
    "carried_forward",
    "booked_in_full",
    "deducted_in_full",
    "form_deducted",
)


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
    """Until the edition of 2017: whether its own formulas give other figures than the statute, which never chains them.

    The sentence is a formula, so that it follows a changed input; gives the row below.
    """
    if year.setting.edition not in (2014, 2017):
        return row
    cells = {name: Symbol(book.cell(sheet, year.year, name), DIALECTS["excel"]) for name in NOTED}
    cells["printed"] = cells["form_deducted"]
    cells["printed_carried"] = lines.carried_forward(
        lines.available(cells["booked"], cells["brought_forward"]), cells["printed"]
    )
    formula = f"=IF({_same(cells, PRINTED)},{quoted(book.word('form_same'))},{_said(book, 'form_differs', cells)})"
    if year.setting.edition == 2014:
        formula += f'&IF({_same(cells, FULL)},"",{_said(book, "form_row6_differs", cells)})'
    book.put(sheet, row, 1, formula, _as_text(book, year), "note")
    return row + 1


def _said(book: Book, key: str, cells: Mapping[str, Symbol]) -> str:
    return spoken(word(f"report.{key}", book.lang), {name: each.text for name, each in cells.items()})


def _same(cells: Mapping[str, Symbol], pairs: Sequence[tuple[str, str]]) -> str:
    """The condition that the amounts of each pair agree."""
    return f"AND({','.join(f'ABS({cells[one].text}-{cells[other].text})<0.005' for one, other in pairs)})"


def _as_text(book: Book, year: Year) -> str:
    """What the formula of the note says of the year as it was read."""
    values = {name: written(year.values[name] or ZERO) for name in NOTED}
    printed = printed_otherwise(year)
    text = book.word("form_same")
    if printed:
        text = book.word("form_differs", printed=written(printed[0]), printed_carried=written(printed[1]), **values)
    if year.setting.edition == 2014 and year.values["adjustment_in_full"]:
        text += book.word("form_row6_differs", **values)
    return text
