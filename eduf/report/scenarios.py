"""方案比较: what each scenario assumes, its lines beside those of the case as it stands, and what it comes to."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import planning
from eduf.comparison import Comparison, Outcome, compare
from eduf.explain import figure
from eduf.history import Year
from eduf.report import charts, outcomes, remarks, tables
from eduf.report.book import Book
from eduf.scenario import Changed
from eduf.words import known, word

LINES = ("carried_forward", "fund_closing")  # the summary reads them
WHERE_KNOWN = ("adjustment", "deferred_tax", "tax", "tax_effect")
FIRST = 2  # the column of the baseline


def write(book: Book) -> None:
    """Assumptions, lines, the summary and a chart; no sheet where the case has no scenarios."""
    if not book.history.case.scenarios:
        return
    found, sheet = compare(book.history.case, by=book.history.law), book.sheet("scenarios")
    said = [_assumptions(book, outcome) for outcome in found.outcomes[1:]]
    tops = [tables.FIRST_ROW + 1]
    for texts in said:
        tops.append(tops[-1] + len(texts))
    starts, row = [tables.FIRST_ROW], tops[-1] + 1
    headings = {}
    for line in _lines(found):
        headings[line], start = row + 1, row
        row = _block(book, sheet, row, found, line)
        starts.append(start)
    below = outcomes.write(book, sheet, row, found, headings)
    starts += [row, below]
    columns = [FIRST + n for n in range(len(found.outcomes))]
    title = book.word("scenario_chart")
    charts.draw(book, sheet, title, headings["carried_forward"], columns, below, len(found.years))
    tables.finish(book, sheet, freeze="B5", titles=tables.HEAD, columns="A:B")
    _write_assumptions(book, sheet, tops, said)
    tables.pages(sheet, starts, below + charts.ROWS)


def _lines(found: Comparison) -> list[str]:
    """The lines that are shown: those that some outcome has in the years compared."""
    years = [year for each in found.outcomes for year in each.history.years if year.year in found.years]
    return [*LINES, *(name for name in WHERE_KNOWN if any(year.values[name] is not None for year in years))]


def _assumptions(book: Book, outcome: Outcome) -> list[str]:
    """The name of a scenario, its differences, and what they change in the years of the case."""
    facts = groupby(sorted(outcome.changed, key=lambda each: each.fact), key=lambda each: each.fact)
    changed = (_changed(book, fact, list(each)) for fact, each in facts)
    return [outcome.name, *(planning.change(each, book.lang) for each in outcome.set), *changed]


def _changed(book: Book, fact: str, changed: Sequence[Changed]) -> str:
    years = (f"{each.year} {_shown(book, fact, each.before)} → {_shown(book, fact, each.after)}" for each in changed)
    return book.word("scenario_changed", fact=book.label(fact), years="; ".join(years))


def _shown(book: Book, fact: str, value: Any) -> str:
    if isinstance(value, tuple):
        held = (word(f"values.{each}", book.lang) if isinstance(each, str) else figure(fact, each) for each in value)
        return planning.AND[book.lang].join(held) or word("scenario.none", book.lang)
    if isinstance(value, str):
        return word(f"values.{value}", book.lang) if known(f"values.{value}") else value
    return figure(fact, value) if value is None or isinstance(value, Decimal) else str(value)


def _write_assumptions(book: Book, sheet: Worksheet, tops: Sequence[int], said: Sequence[Sequence[str]]) -> None:
    """Over the whole width, which is known by now; each name stands out."""
    columns = sheet.max_column
    remarks.write(book, sheet, tables.FIRST_ROW, [book.word("scenario_as_read")], columns)
    for top, texts in zip(tops, said, strict=False):
        remarks.write(book, sheet, top, texts, columns)
        sheet.cell(top, 1).style = "label"


def _block(book: Book, sheet: Worksheet, top: int, found: Comparison, line: str) -> int:
    """A line in every year of every outcome, and how far from the baseline; gives the row below."""
    book.text(sheet, top, 1, book.label(line), "note")
    titles = [planning.title(outcome, book.lang) for outcome in found.outcomes]
    differences = [book.word("scenario_difference", name=name) for name in titles[1:]]
    tables.headings(book, sheet, top + 1, [book.label("year"), *titles, *differences])
    for row, number in enumerate(found.years, top + 2):
        each = [outcome.history.year(number) for outcome in found.outcomes]
        tables.year_cell(book, sheet, row, next(year for year in each if year))
        _row(book, sheet, row, line, each)
    bottom = top + 1 + len(found.years)
    tables.mark_plans(book, sheet, top + 2, bottom, 1)  # no further: grey is no such year
    return bottom + 2


def _row(book: Book, sheet: Worksheet, row: int, line: str, each: Sequence[Year | None]) -> None:
    """The baseline as a link, the scenarios as values, the differences as formulas."""
    values = [year.values[line] if year else None for year in each]
    baseline, *others = values
    if each[0] and baseline is not None:
        book.figure(sheet, row, FIRST, each[0], line)
    else:
        book.text(sheet, row, FIRST, "", "absent")
    for column, value in enumerate(others, FIRST + 1):
        beside = column + len(others)
        if value is None:
            book.text(sheet, row, column, "", "absent")
        else:
            book.number_as_read(sheet, row, column, value, "amount")
        if value is None or baseline is None:
            book.text(sheet, row, beside, "", "absent")
        else:
            formula = f"=ROUND({get_column_letter(column)}{row}-{get_column_letter(FIRST)}{row},2)"
            book.put(sheet, row, beside, formula, value - baseline, "amount")
