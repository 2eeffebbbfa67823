"""输入: the facts, one year a row, each with its source; what the other sheets compute from."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf.facts import vintages
from eduf.history import Year
from eduf.problems import Place
from eduf.report import rates, remarks, tables, typed
from eduf.report.book import Book
from eduf.words import word

FACTS = ("total_wages", "deductible_wages", "extracted", "spent", "spent_in_full", "booked_in_full", "transferred")
OPENINGS = ("opening_fund_balance", "opening_before_2008_balance", "opening_carried_forward")
SIGNED = ("extracted", "transferred", "opening_fund_balance")


def write(book: Book) -> None:
    """The opening balances, the facts, then the rates and what is not a number."""
    sheet = book.sheet("inputs")
    starts = [tables.FIRST_ROW + 1]
    starts.append(_openings(book, sheet, starts[0]))
    starts.append(_facts(book, sheet, starts[-1]))
    starts.append(_settings(book, sheet, starts[-1]))
    below = rates.write(book, sheet, starts[-1])
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    remarks.write(book, sheet, tables.FIRST_ROW - 1, [book.word("inputs_note"), book.word("inputs_locked")], 8)
    tables.pages(sheet, starts, below)


def _openings(book: Book, sheet: Worksheet, top: int) -> int:
    first = book.history.years[0]
    tables.headings(book, sheet, top, [book.label("opening"), *map(book.label, OPENINGS), book.word("source")])
    book.text(sheet, top + 1, 1, book.word("start_of", year=first.year))
    for column, name in enumerate(OPENINGS, 2):
        at = book.given(sheet, top + 1, column, first, name, "amount input").coordinate
        typed.accept_amounts(book, sheet, at, at, signed=name in SIGNED)
    _source(book, sheet, top + 1, len(OPENINGS) + 2, _opening_places(book, first))
    return _vintages(book, sheet, top + 1) if vintages(book.history.case) else top + 3


def _opening_places(book: Book, first: Year) -> list[Place | None]:
    """Where the opening balances stood, and every vintage of the carry-forward."""
    case = book.history.case
    each = range(len(case.opening.carried_forward or ()))
    return [*_stated(first, OPENINGS), *(case.places("opening", "carried_forward", n, "amount") for n in each)]


def _vintages(book: Book, sheet: Worksheet, opening: int) -> int:
    """The opening carry-forward by year of origin; its total stands above, in the row of openings, as their sum."""
    top, stated, first = opening + 2, vintages(book.history.case), book.history.years[0]
    tables.headings(book, sheet, top, [book.word("origin"), book.label("opening_carried_forward")])
    for row, (label, amount) in enumerate(stated.items(), top + 1):
        book.text(sheet, row, 1, label or word("explain.unknown", book.lang), "year")
        book.given_vintage(sheet, row, 2, label, amount)
    bottom = top + len(stated)
    typed.accept_amounts(book, sheet, f"B{top + 1}", f"B{bottom}")
    total = first.values["opening_carried_forward"]
    if total is not None:
        column = OPENINGS.index("opening_carried_forward") + 2
        book.put(sheet, opening, column, f"=ROUND(SUM(B{top + 1}:B{bottom}),2)", total, "amount")
    return bottom + 2


def _facts(book: Book, sheet: Worksheet, top: int) -> int:
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, FACTS), book.word("source")])
    for row, year in enumerate(book.history.years, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(FACTS, 2):
            book.given(sheet, row, column, year, name, "amount input")
        _source(book, sheet, row, len(FACTS) + 2, _stated(year, FACTS))
    bottom = top + len(book.history.years)
    for column, name in enumerate(FACTS, 2):
        letter = get_column_letter(column)
        typed.accept_amounts(book, sheet, f"{letter}{top + 1}", f"{letter}{bottom}", signed=name in SIGNED)
    tables.mark_plans(book, sheet, top + 1, bottom, len(FACTS) + 2)
    return bottom + 2


def _settings(book: Book, sheet: Worksheet, top: int) -> int:
    """The rates of each year, and what is locked: the collection and the qualifications."""
    texts = ("collection", "qualifications")
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, rates.NAMES + texts), book.word("basis")])
    for row, year in enumerate(book.history.years, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(rates.NAMES, 2):
            _rate(book, sheet, row, column, year, name)
        held = book.history.case.qualifications(book.history.case.years[year.position])
        shown = "、".join(word(f"values.{each}", book.lang) for each in held) or word("values.general", book.lang)
        book.text(sheet, row, 5, word(f"values.{year.setting.collection}", book.lang))
        book.text(sheet, row, 6, shown)
        book.text(sheet, row, 7, "; ".join(_bases(book, year)), "note")
    bottom = top + len(book.history.years)
    typed.accept_rates(book, sheet, f"B{top + 1}", f"D{bottom}")
    tables.mark_plans(book, sheet, top + 1, bottom, 6)
    return bottom + 2


def _rate(book: Book, sheet: Worksheet, row: int, column: int, year: Year, name: str) -> None:
    """A rate that is stated is typed; one by law refers to its named cell."""
    figure = year.figures[name]
    if figure.value is None:
        sheet.cell(row, column).style = "absent"
    elif figure.origin == "law":
        book.settle(sheet, row, column, year, name)
        book.put(sheet, row, column, f"={rates.reference(book, year, name)}", figure.value, "rate link")
    else:
        book.given(sheet, row, column, year, name, "rate input")


def _stated(year: Year, names: Sequence[str]) -> list[Place | None]:
    """Where the facts of a row stood."""
    return [figure.place for name in names if (figure := year.figures.get(name)) and figure.origin == "stated"]


def _source(book: Book, sheet: Worksheet, row: int, column: int, places: Iterable[Place | None]) -> None:
    book.text(sheet, row, column, source(book, places))


def source(book: Book, places: Iterable[Place | None]) -> str:
    """The file with the lines, or its sheets with the cells, from the first to the last."""
    known = sorted((each for each in places if each and each.file), key=book.history.case.places.rank)
    if not known:
        return ""
    spans = []
    for _, group in groupby(known, key=lambda place: place.sheet):
        spots = [place.spot() for place in group]
        last = spots[-1].rpartition("!")[2]
        spans.append(spots[0] if spots[0] == spots[-1] else f"{spots[0]}{':' if known[0].sheet else '-'}{last}")
    file = known[0].file.replace("\\", "/").split("/")[-1]
    return ":".join(filter(None, (file, "、".join(filter(None, spans)))))


def _bases(book: Book, year: Year) -> list[str]:
    """Where each rate of a year comes from: the law, the reason given, or the place where it was stated."""
    found = []
    for name in rates.NAMES:
        figure = year.figures[name]
        said = figure.because or word(f"explain.{'by_law' if figure.origin == 'law' else figure.origin}", book.lang)
        spot = figure.place.spot() if figure.place and figure.origin == "stated" else ""
        if figure.value is not None:
            found.append(" ".join(filter(None, (book.label(name), said, spot and f"[{spot}]"))))
    return found
