"""Charts of a table with a year a row: straight lines, axes that stay, and no gap closed."""

from collections.abc import Sequence

from openpyxl.chart import LineChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.worksheet.worksheet import Worksheet

from eduf.report.book import Book

ROWS = 17  # that a chart takes, with one above it, so that no page break touches its edge
_LOOKS = (("solid", "1F4E79", "circle"), ("dash", "C55A11", "diamond"))


def draw(book: Book, sheet: Worksheet, title: str, heading: int, columns: Sequence[int], at: int) -> None:
    """Columns of the table below a row of headings, as lines, from a row on down."""
    last = heading + len(book.history.years)
    chart = LineChart()
    chart.title = title
    chart.height, chart.width = 8, 24
    years = Reference(sheet, min_col=1, min_row=heading + 1, max_row=last)
    for column in columns:
        chart.add_data(Reference(sheet, min_col=column, min_row=heading, max_row=last), titles_from_data=True)
    for series, (dash, color, marker) in zip(chart.series, _LOOKS, strict=False):
        series.smooth = False
        series.cat = AxDataSource(strRef=StrRef(f=str(years)))
        series.graphicalProperties.line.dashStyle = dash
        series.graphicalProperties.line.solidFill = color
        series.marker.symbol, series.marker.size = marker, 6
    chart.display_blanks = "gap"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"  # below the plot even where amounts are negative
    chart.y_axis.number_format = r"0\.0," if book.unit_of(sheet) == "wan" else "#,##0"
    chart.y_axis.title = book.word(book.unit_of(sheet))
    chart.legend = Legend()
    chart.legend.position = "b"
    sheet.add_chart(chart, f"A{at + 1}")
