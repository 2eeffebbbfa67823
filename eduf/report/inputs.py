"""输入: the facts, one year a row, each with its source; what the other sheets compute from."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import losses
from eduf.facts import vintages
from eduf.history import Year
from eduf.problems import Place
from eduf.report import rates, remarks, tables, typed
from eduf.report.book import Book
from eduf.words import word
from eduf.xlsx.style import Style

FACTS = ("total_wages", "deductible_wages", "extracted", "spent", "spent_in_full", "booked_in_full", "transferred")
OPENINGS = ("opening_fund_balance", "opening_before_2008_balance", "opening_carried_forward")
SIGNED = ("extracted", "transferred", "income", "opening_fund_balance")


def write(book: Book) -> None:
    """The opening balances, the facts, then the rates and what is not a number."""
    sheet = book.sheet("inputs")
    starts = [tables.FIRST_ROW + 1]
    starts.append(_openings(book, sheet, starts[0]))
    starts.append(_facts(book, sheet, starts[-1]))
    starts.append(_settings(book, sheet, starts[-1]))
    if book.small:
        starts.append(_small(book, sheet, starts[-1]))
    below = rates.write(book, sheet, starts[-1])
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD)
    said = [book.word("inputs_note"), book.word("inputs_locked")]
    remarks.write(book, sheet, tables.FIRST_ROW - 1, said, 8)
    tables.pages(sheet, starts, below)


def _openings(book: Book, sheet: Worksheet, top: int) -> int:
    first = book.history.years[0]
    tables.headings(book, sheet, top, [book.label("opening"), *map(book.label, OPENINGS), book.word("source")])
    book.text(sheet, top + 1, 1, book.word("start_of", year=first.year))
    for column, name in enumerate(OPENINGS, 2):
        at = book.given(sheet, top + 1, column, first, name, "amount input").coordinate
        typed.accept_amounts(book, sheet, at, at, signed=name in SIGNED)
    _source(book, sheet, top + 1, len(OPENINGS) + 2, _opening_places(book, first))
    below = top + 3
    if vintages(book.history.case):
        below = _vintages(book, sheet, top + 1, below)
    return _losses(book, sheet, below) if book.taxed and losses.opening(book.history.case) else below


def _opening_places(book: Book, first: Year) -> list[Place | None]:
    """Where the opening balances stood, every vintage of the carry-forward and every loss."""
    case = book.history.case
    carried, lost = case.opening.carried_forward or (), case.opening.losses or ()
    parts = {"carried_forward": carried, "losses": lost if book.taxed else ()}
    each = (case.places("opening", key, n, "amount") for key, stated in parts.items() for n in range(len(stated)))
    return [*_stated(first, OPENINGS), *each]


def _vintages(book: Book, sheet: Worksheet, opening: int, top: int) -> int:
    """The opening carry-forward by year of origin; its total stands above, in the row of openings, as their sum."""
    stated, first = vintages(book.history.case), book.history.years[0]
    bottom = _by_origin(book, sheet, top, "opening_carried_forward", stated)
    total = first.values["opening_carried_forward"]
    if total is not None:
        column = OPENINGS.index("opening_carried_forward") + 2
        book.put(sheet, opening, column, f"=ROUND(SUM(B{top + 1}:B{bottom}),2)", total, "amount")
    return bottom + 2


def _losses(book: Book, sheet: Worksheet, top: int) -> int:
    """The opening losses; one that has expired by then is shown and locked."""
    case = book.history.case
    stated = {arose: amount for arose, amount in losses.opening(case) if amount is not None}
    living = dict(losses.standing(case, losses.lives(case, book.history.law)))
    return _by_origin(book, sheet, top, "losses", stated, frozenset(stated) - frozenset(living)) + 2


def _by_origin(
    book: Book,
    sheet: Worksheet,
    top: int,
    name: str,
    stated: Mapping[int, Decimal] | Mapping[int | None, Decimal],
    locked: frozenset[int] = frozenset(),
) -> int:
    """An opening balance by year of origin; gives the last row."""
    tables.headings(book, sheet, top, [book.word("origin"), book.label(name)])
    for row, (label, amount) in enumerate(stated.items(), top + 1):
        book.text(sheet, row, 1, label or word("explain.unknown", book.lang), "year")
        style: Style = "amount" if label in locked else "amount input"
        book.given_opening(sheet, row, 2, label, name, amount, style)
    typed.accept_amounts(book, sheet, f"B{top + 1}", f"B{top + len(stated)}")
    return top + len(stated)


def _facts(book: Book, sheet: Worksheet, top: int) -> int:
    facts = (*FACTS, *(("income",) if book.taxed else ()))
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, facts), book.word("source")])
    for row, year in enumerate(book.history.years, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(facts, 2):
            book.given(sheet, row, column, year, name, _typed_or_locked(year, name))
        _source(book, sheet, row, len(facts) + 2, _stated(year, facts))
    bottom = top + len(book.history.years)
    for column, name in enumerate(facts, 2):
        letter = get_column_letter(column)
        typed.accept_amounts(book, sheet, f"{letter}{top + 1}", f"{letter}{bottom}", signed=name in SIGNED)
    tables.mark_plans(book, sheet, top + 1, bottom, len(facts) + 2)
    return bottom + 2


def _typed_or_locked(year: Year, name: str) -> Style:
    """Income that the case does not know, or that counts for nothing, is not for typing: there is no tax to follow."""
    if name != "income" or year.values["adjusted_income"] is not None:
        return "amount input"
    return "absent" if year.values["income"] is None else "amount"


def _settings(book: Book, sheet: Worksheet, top: int) -> int:
    """The rates of each year, and what is locked: the collection and the qualifications."""
    names, texts = rates.names(book), ("collection", "qualifications")
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, names + texts), book.word("basis")])
    for row, year in enumerate(book.history.years, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(names, 2):
            _rate(book, sheet, row, column, year, name)
        held = book.history.case.qualifications(book.history.case.years[year.position])
        shown = "、".join(word(f"values.{each}", book.lang) for each in held) or word("values.general", book.lang)
        last = len(names) + 1
        book.text(sheet, row, last + 1, word(f"values.{year.setting.collection}", book.lang))
        book.text(sheet, row, last + 2, shown)
        book.text(sheet, row, last + 3, "; ".join(_bases(book, year)), "note")
    bottom = top + len(book.history.years)
    typed.accept_rates(book, sheet, f"B{top + 1}", f"{get_column_letter(last)}{bottom}")
    tables.mark_plans(book, sheet, top + 1, bottom, last + 2)
    return bottom + 2


def _small(book: Book, sheet: Worksheet, top: int) -> int:
    """The rates and limits of small low-profit enterprises in the years that are taxed so."""
    tables.headings(book, sheet, top, [book.label("year"), *map(book.label, rates.SMALL)])
    for row, year in enumerate(book.small, top + 1):
        tables.year_cell(book, sheet, row, year)
        for column, name in enumerate(rates.SMALL, 2):
            _rate(book, sheet, row, column, year, name)
    bottom = top + len(book.small)
    tables.mark_plans(book, sheet, top + 1, bottom, len(rates.SMALL) + 1)
    return bottom + 2


def _rate(book: Book, sheet: Worksheet, row: int, column: int, year: Year, name: str) -> None:
    """A rate that is stated is typed; one by law refers to its named cell, one that is the tax rate to that."""
    figure = year.figures[name]
    if figure.value is None:
        sheet.cell(row, column).style = "absent"
    elif figure.origin == "law":
        book.settle(sheet.title, row, column, year, name)
        style: Style = "amount link" if rates.is_amount(name) else "rate link"
        book.put(sheet, row, column, f"={rates.reference(book, year, name)}", figure.value, style)
    elif name == "deferred_rate" and _is_tax_rate(book, year):
        book.settle(sheet.title, row, column, year, name)
        book.put(sheet, row, column, f"={book.cell(sheet, year.year, 'tax_rate')}", figure.value, "rate link")
    else:
        book.given(sheet, row, column, year, name, "rate input")


def _is_tax_rate(book: Book, year: Year) -> bool:
    """Whether the rate of deferred tax is the stated tax rate, which stands on the sheet too."""
    stated = book.history.case.years[year.position]
    return book.taxed and year.values["tax_rate"] is not None and stated.deferred_rate is None


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
    for name in rates.names(book):
        figure = year.figures[name]
        said = figure.because or word(f"explain.{'by_law' if figure.origin == 'law' else figure.origin}", book.lang)
        spot = figure.place.spot() if figure.place and figure.origin == "stated" else ""
        if figure.value is not None:
            found.append(" ".join(filter(None, (book.label(name), said, spot and f"[{spot}]"))))
    return found
