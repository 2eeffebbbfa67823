"""Charts of a table: of years as straight lines, of assumptions as bars; axes that stay, and no gap closed."""

from collections.abc import Sequence
from itertools import cycle

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report.book import Book

ROWS = 17  # that a chart takes, with one above it, so that no page break touches its edge
_LOOKS = (
    ("solid", "1F4E79", "circle"),
    ("dash", "C55A11", "diamond"),
    ("sysDot", "007A33", "triangle"),
    ("dashDot", "7030A0", "square"),
    ("lgDash", "7F6000", "x"),
)


def draw(
    book: Book, sheet: Worksheet, title: str, heading: int, columns: Sequence[int], at: int, rows: int | None = None
) -> None:
    """Columns of the table below a row of headings, as lines, from a row on down; it has a row for every year."""
    last = heading + (rows or len(book.history.years))
    chart = LineChart()
    chart.title = title
    chart.height, chart.width = 8, 24
    years = Reference(sheet, min_col=1, min_row=heading + 1, max_row=last)
    for column in columns:
        chart.add_data(Reference(sheet, min_col=column, min_row=heading, max_row=last), titles_from_data=True)
    for series, (dash, color, marker) in zip(chart.series, cycle(_LOOKS), strict=False):
        series.smooth = False
        series.cat = AxDataSource(strRef=StrRef(f=str(years)))
        series.graphicalProperties.line.dashStyle = dash
        series.graphicalProperties.line.solidFill = color
        series.marker.symbol, series.marker.size = marker, 6
    chart.display_blanks = "gap"
    _place(book, sheet, chart, at)


def bars(book: Book, sheet: Worksheet, title: str, heading: int, columns: Sequence[int], at: int, rows: int) -> None:
    """Columns of such a table as bars to the left and right of nothing, the first row on top."""
    chart = BarChart()
    chart.type, chart.overlap, chart.gapWidth = "bar", 100, 40
    chart.title = title
    chart.height, chart.width = 8, 24
    labels = Reference(sheet, min_col=1, min_row=heading + 1, max_row=heading + rows)
    for column, (_, color, _) in zip(columns, _LOOKS, strict=False):
        data = Reference(sheet, min_col=column, min_row=heading, max_row=heading + rows)
        chart.add_data(data, titles_from_data=True)
        chart.series[-1].cat = AxDataSource(strRef=StrRef(f=str(labels)))
        chart.series[-1].graphicalProperties.solidFill = color
        chart.series[-1].invertIfNegative = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"  # which is below, as the first row is on top
    _place(book, sheet, chart, at)


def _place(book: Book, sheet: Worksheet, chart: BarChart | LineChart, at: int) -> None:
    """Axes, unit and legend, and the chart from a row on down."""
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"  # beside the plot even where amounts are negative
    chart.y_axis.number_format = r"0\.0," if book.unit_of(sheet) == "wan" else "#,##0"
    chart.y_axis.title = book.word(book.unit_of(sheet))
    chart.legend = Legend()
    chart.legend.position = "b"
    sheet.add_chart(chart, f"A{at + 1}")
