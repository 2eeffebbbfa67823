"""输入: the facts, one year a row, each with its source; what the other sheets compute from."""

from collections.abc import Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eduf.facts import vintages
from eduf.history import Year
from eduf.money import LIMIT
from eduf.report import tables
from eduf.report.book import Book
from eduf.words import word
from eduf.xlsx.style import Style

FACTS = ("total_wages", "deductible_wages", "extracted", "spent", "spent_in_full", "booked_in_full", "transferred")
RATES = ("extraction_rate", "cap_rate", "deferred_rate")
OPENINGS = ("opening_fund_balance", "opening_before_2008_balance", "opening_carried_forward")
SIGNED = ("extracted", "transferred", "opening_fund_balance")


def write(book: Book) -> None:
    """The opening balances, the facts, then the rates and what is not a number."""
    sheet = book.sheet("inputs")
    book.text(sheet, tables.FIRST_ROW - 1, 1, book.word("inputs_note"), "note")
    row = _openings(book, sheet, tables.FIRST_ROW)
    row = _facts(book, sheet, row)
    _settings(book, sheet, row)
    tables.finish(book, sheet, freeze="B3", titles="1:2")


def _openings(book: Book, sheet: Worksheet, top: int) -> int:
    first = book.history.years[0]
    tables.headings(book, sheet, top, [book.label("opening"), *map(book.label, OPENINGS), book.word("source")])
    book.text(sheet, top + 1, 1, book.word("start_of", year=first.year))
    for column, name in enumerate(OPENINGS, 2):
        _amount(book, sheet, top + 1, column, first, name)
    _source(book, sheet, top + 1, len(OPENINGS) + 2, first, OPENINGS)
    return _vintages(book, sheet, top + 3) if vintages(book.history.case) else top + 3


def _vintages(book: Book, sheet: Worksheet, top: int) -> int:
    """The opening carry-forward by year of origin; its total stands above, as their sum."""
    opening, first = vintages(book.history.case), book.history.years[0]
    tables.headings(book, sheet, top, [book.word("origin"), book.label("opening_carried_forward")])
    for row, (label, amount) in enumerate(opening.items(), top + 1):
        book.text(sheet, row, 1, str(label or word("explain.unknown", book.lang)))
        book.given_vintage(sheet, row, 2, label, amount)
    bottom = top + len(opening)
    row, column = tables.FIRST_ROW + 1, OPENINGS.index("opening_carried_forward") + 2
    total = first.values["opening_carried_forward"]
    if total is not None:
        book.put(sheet, row, column, f"=ROUND(SUM(B{top + 1}:B{bottom}),2)", total, "amount")
    return bottom + 2


def _facts(book: Book, sheet: Worksheet, top: int) -> int:
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, FACTS), book.word("source")])
    for row, year in enumerate(book.history.years, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(FACTS, 2):
            _amount(book, sheet, row, column, year, name)
        _source(book, sheet, row, len(FACTS) + 2, year, FACTS)
    return top + 2 + len(book.history.years)


def _settings(book: Book, sheet: Worksheet, top: int) -> None:
    texts = ("collection", "qualifications")
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, RATES + texts), book.word("basis")])
    for row, year in enumerate(book.history.years, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(RATES, 2):
            _rate(book, sheet, row, column, year, name)
        held = book.history.case.qualifications(book.history.case.years[year.position])
        shown = "、".join(word(f"values.{each}", book.lang) for each in held) or word("values.general", book.lang)
        book.text(sheet, row, 5, word(f"values.{year.setting.collection}", book.lang))
        book.text(sheet, row, 6, shown)
        book.text(sheet, row, 7, "; ".join(_bases(book, year)), "note")


def _amount(book: Book, sheet: Worksheet, row: int, column: int, year: Year, name: str) -> None:
    cell = book.given(sheet, row, column, year, name, "amount input")
    low = -LIMIT if name in SIGNED else 0
    at = cell.coordinate
    rule = f"AND(ISNUMBER({at}),{at}>={low:.0f},{at}<={LIMIT:.0f},ROUND({at},2)={at})"
    _validate(book, sheet, at, rule, "not_an_amount")


def _rate(book: Book, sheet: Worksheet, row: int, column: int, year: Year, name: str) -> None:
    figure = year.figures[name]
    if figure.value is None:
        sheet.cell(row, column).style = "absent"
        return
    style: Style = "rate input" if figure.origin == "stated" else "rate"
    at = book.given(sheet, row, column, year, name, style).coordinate
    _validate(
        book, sheet, at, f"AND(ISNUMBER({at}),{at}>=0,{at}<=1,ABS({at}*1000-ROUND({at}*1000,0))<0.000001)", "not_a_rate"
    )


def _validate(book: Book, sheet: Worksheet, at: str, rule: str, message: str) -> None:
    """The cell accepts only what eduf itself would: anything else would be rounded in silence."""
    validation = DataValidation(
        "custom", formula1=rule, allow_blank=True, showErrorMessage=True, error=book.word(message)
    )
    validation.add(at)
    sheet.add_data_validation(validation)


def _source(book: Book, sheet: Worksheet, row: int, column: int, year: Year, names: Sequence[str]) -> None:
    """Where the facts of a row stood: the file and its lines."""
    places = [figure.place for name in names if (figure := year.figures.get(name)) and figure.origin == "stated"]
    lines = sorted(place.line for place in places if place and place.line)
    file = next((place.file for place in places if place), "")
    span = f"{lines[0]}-{lines[-1]}" if lines and lines[0] != lines[-1] else "".join(map(str, lines[:1]))
    book.text(sheet, row, column, ":".join(filter(None, (file.replace("\\", "/").split("/")[-1], span))))


def _bases(book: Book, year: Year) -> list[str]:
    """Where each rate of a year comes from."""
    found = []
    for name in RATES:
        figure = year.figures[name]
        said = figure.because or word(f"explain.{'by_law' if figure.origin == 'law' else figure.origin}", book.lang)
        if figure.value is not None:
            found.append(f"{book.label(name)} {said}")
    return found
