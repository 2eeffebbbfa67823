"""How cells look: inputs blue on pale yellow, formulas black, links green."""

from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

Style = Literal[
    "title",
    "note",
    "heading",
    "text",
    "year",
    "head",
    "sign",
    "wrapped",
    "none",
    "amount",
    "rate",
    "count",
    "amount link",
    "rate link",
    "amount input",
    "rate input",
    "text input",
    "word input",
    "year input",
    "count input",
    "label",
    "line",
    "absent",
    "result",
    "link",
]

FONT = "微软雅黑"
AMOUNT = "#,##0.00;-#,##0.00"
WAN = r"0\.0000;-0\.0000"  # yuan shown as 万元: the point stands before the last four digits, so fen are not shown
RATE = "0.0%"

_LINE = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_RIGHT = Alignment(horizontal="right", vertical="center")
_HEADING = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TEXT = Alignment(horizontal="left", vertical="center", indent=1)
_WRAPPED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_MIDDLE = Alignment(vertical="center")
_LABEL = Alignment(vertical="center", wrap_text=True)
INPUT, PALE = "0000FF", "FFFBE0"


def _number(name: Style, form: str, color: str, fill: str = "", *, locked: bool = True) -> NamedStyle:
    style = NamedStyle(name, Font(FONT, 10, color=color), border=_BOX, alignment=_RIGHT, number_format=form)
    style.protection = Protection(locked=locked)
    if fill:
        style.fill = PatternFill("solid", fill)
    return style


def _typed(name: Style, form: str = "General") -> NamedStyle:
    """An input that is no amount; the form @ keeps what looks like a number the text that it is."""
    style = NamedStyle(name, Font(FONT, 10, color=INPUT), PatternFill("solid", PALE), _BOX, _MIDDLE, form)
    style.protection = Protection(locked=False)
    return style


def new_workbook() -> Workbook:
    """A workbook without a sheet, in this look; the widths of its columns are counted in digits of its font."""
    book: Any = Workbook()
    book.remove(book.active)
    font = Font(FONT, 10)
    book._fonts[0] = font  # that of the style Normal, which openpyxl makes Calibri
    book._named_styles["Normal"].font = font
    for style in NAMED_STYLES:
        book.add_named_style(style)
    return book  # type: ignore[no-any-return]


NAMED_STYLES = (
    NamedStyle("title", Font(FONT, 14, bold=True)),
    NamedStyle("note", Font(FONT, 9, color="595959")),
    NamedStyle("heading", Font(FONT, 10, bold=True), PatternFill("solid", "DDE6F0"), _BOX, _HEADING),
    NamedStyle("text", Font(FONT, 10), border=_BOX, alignment=_TEXT),
    NamedStyle("year", Font(FONT, 10), border=_BOX, alignment=_HEADING),
    NamedStyle("head", Font(FONT, 9)),
    NamedStyle("sign", Font(FONT, 9), protection=Protection(locked=False)),
    NamedStyle("wrapped", Font(FONT, 9), border=_BOX, alignment=_WRAPPED),
    NamedStyle("none", Font(FONT, 10, color="808080"), border=_BOX, alignment=_HEADING),
    NamedStyle("absent", Font(FONT, 10), PatternFill("solid", "E7E6E6"), _BOX),
    NamedStyle("result", Font(FONT, 10, bold=True, color="007A33"), border=_BOX, alignment=_HEADING),
    NamedStyle("link", Font(FONT, 9, color="0563C1", underline="single")),
    _number("amount", AMOUNT, "000000"),
    _number("rate", RATE, "000000"),
    _number("count", "#,##0", "000000"),
    _number("amount link", AMOUNT, "007A33"),
    _number("rate link", RATE, "007A33"),
    _number("amount input", AMOUNT, INPUT, PALE, locked=False),
    _number("rate input", RATE, INPUT, PALE, locked=False),
    _typed("text input", "@"),
    _typed("word input"),
    _typed("year input", "0"),
    _typed("count input", "#,##0"),
    NamedStyle("label", Font(FONT, 10, bold=True), PatternFill("solid", "DDE6F0"), _BOX, _LABEL),
    NamedStyle("line", Font(FONT, 10), alignment=_MIDDLE),
)
