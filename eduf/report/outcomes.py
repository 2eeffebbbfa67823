"""What the baseline and each scenario come to: formulas over the lines that stand above them on the same sheet."""

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eduf import planning
from eduf.comparison import Comparison, Outcome, Summary
from eduf.report import tables
from eduf.report.book import Book
from eduf.report.spoken import quoted
from eduf.words import sentence

COLUMNS = ("carried_in", "clears", "largest", "largest_in", "lowest", "lowest_in", "tax", "tax_difference")
NOTHING = "—"


class Spots:
    """Where the lines of an outcome stand: `headings` gives the row above each line's years."""

    def __init__(self, found: Comparison, position: int, headings: Mapping[str, int]) -> None:
        self.letter = get_column_letter(position + 2)
        self.found, self.headings = found, headings
        outcome = found.outcomes[position]
        self.count = sum(1 for year in outcome.history.years if year.year in found.years)
        self.shared = sum(1 for year in found.years if year <= found.last_shared)

    def cells(self, line: str, count: int | None = None, letter: str = "") -> str:
        """The years of a line that the outcome has, or the first so many."""
        top = self.headings[line] + 1
        letter = letter or self.letter
        return f"{letter}{top}:{letter}{top + (count or self.count) - 1}"

    def year(self, line: str, position: str) -> str:
        """The year at a position of a line, as a text, without the mark of a plan."""
        return f"LEFT(INDEX({self.cells(line, letter='$A')},{position}),4)"


def write(book: Book, sheet: Worksheet, top: int, found: Comparison, headings: Mapping[str, int]) -> int:
    """A row for each outcome; gives the row below."""
    columns = COLUMNS if "tax" in headings else COLUMNS[:-2]
    first, last = found.years[0], found.last_shared
    book.text(sheet, top, 1, book.word("scenario_outcomes"), "note")
    heads = [book.word(f"outcome_columns.{each}", first=first, last=last) for each in columns]
    tables.headings(book, sheet, top + 1, [book.word("scenario_name"), *heads])
    for position, outcome in enumerate(found.outcomes):
        row = top + 2 + position
        book.text(sheet, row, 1, planning.title(outcome, book.lang))
        spots, summary = Spots(found, position, headings), found.summary(outcome)
        _carried_in(book, sheet, row, found, outcome)
        _clears(book, sheet, row, spots, summary, outcome)
        for column, line, pick in ((4, "carried_forward", "MAX"), (6, "fund_closing", "MIN")):
            dated = summary.largest_carried_forward if pick == "MAX" else summary.lowest_fund
            cells = spots.cells(line)
            book.put(sheet, row, column, f"={pick}({cells})", dated.amount, "amount")
            at = f"MATCH({get_column_letter(column)}{row},{cells},0)"
            book.put(sheet, row, column + 1, f"={spots.year(line, at)}", str(dated.year), "year")
        if "tax" in headings:
            _tax(book, sheet, row, spots, summary.tax, found.summary(found.baseline).tax, top + 2)
    return top + 3 + len(found.outcomes)


def _carried_in(book: Book, sheet: Worksheet, row: int, found: Comparison, outcome: Outcome) -> None:
    """What was carried into the first of these years."""
    year = outcome.history.year(found.years[0])
    value = year.values["prior_carried_forward"] if year else None
    if year is None or value is None:
        book.text(sheet, row, 2, "", "absent")
    elif outcome is found.baseline:
        book.figure(sheet, row, 2, year, "prior_carried_forward")
    else:
        book.number_as_read(sheet, row, 2, value, "amount")


def _clears(book: Book, sheet: Worksheet, row: int, spots: Spots, summary: Summary, outcome: Outcome) -> None:
    """The year in which the carry-forward comes to an end: the one after the last that carries any."""
    cells = spots.cells("carried_forward")
    top, last = spots.headings["carried_forward"], cells.rpartition(":")[2]
    carries = f"SUMPRODUCT(MAX(({cells}<>0)*(ROW({cells})-{top})))"
    not_by = sentence("scenario.not_by", book.lang, year=outcome.history.years[-1].year)
    ended = spots.year("carried_forward", f"{carries}+1")
    formula = f'=IF({last}<>0,{quoted(not_by)},IF(AND({carries}=0,B{row}=0),"{NOTHING}",{ended}))'
    book.put(sheet, row, 3, formula, planning.clears(summary, outcome, book.lang), "year")


def _tax(
    book: Book, sheet: Worksheet, row: int, spots: Spots, tax: Decimal | None, baseline: Decimal | None, first: int
) -> None:
    """The tax of the years that all outcomes have, and how far it is from that of the baseline."""
    if tax is None:
        book.text(sheet, row, 8, "", "absent")
    else:
        book.put(sheet, row, 8, f"=ROUND(SUM({spots.cells('tax', spots.shared)}),2)", tax, "amount")
    if tax is None or baseline is None:
        book.text(sheet, row, 9, "", "absent")
    else:
        book.put(sheet, row, 9, f"=ROUND(H{row}-H{first},2)", tax - baseline, "amount")
