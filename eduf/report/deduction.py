"""扣除与结转: base, rate, cap, what is deducted and carried forward, and the adjustment."""

from openpyxl.chart import LineChart, Reference
from openpyxl.chart.legend import Legend
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report import tables
from eduf.report.book import Book
from eduf.show import SECTIONS

CAP = (
    "deductible_wages",
    "cap_rate",
    "cap",
    "prior_carried_forward",
    "transferred",
    "brought_forward",
    "deductible_spent",
    "available",
    "deducted",
)
CARRY = ("deducted_current", "deducted_earlier", "carried_forward", "headroom", "form_deducted")
SCHEDULE = tuple(name for name in SECTIONS["schedule"] if name not in CARRY)
CHART_ROWS = 18


def write(book: Book) -> None:
    """Three tables, one under the other, and a chart of the carry-forward and the headroom."""
    sheet = book.sheet("deduction")
    blocks = [(book.word("cap"), CAP), (book.word("carry"), CARRY), (book.word("schedule"), SCHEDULE)]
    rows = tables.years(book, sheet, tables.FIRST_ROW - 1, blocks)
    _chart(book, sheet, rows[1], rows[-1])
    tables.keep_together(sheet, [row - 1 for row in rows], rows[-1] + CHART_ROWS)
    tables.finish(book, sheet, freeze="B3", titles="1:2")


def _chart(book: Book, sheet: Worksheet, heading: int, row: int) -> None:
    last = heading + len(book.history.years)
    chart = LineChart()
    chart.title = book.word("chart")
    chart.height, chart.width = 8, 24
    for name in ("carried_forward", "headroom"):
        column = CARRY.index(name) + 2
        chart.add_data(Reference(sheet, min_col=column, min_row=heading, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=heading + 1, max_row=last))
    for series, dash in zip(chart.series, ("solid", "dash"), strict=True):
        series.smooth = False
        series.graphicalProperties.line.dashStyle = dash
    chart.display_blanks = "gap"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "#,##0"
    chart.legend = Legend()
    chart.legend.position = "b"
    sheet.add_chart(chart, f"A{row + 1}")
