"""Text in a cell that stays the text that it is, and numbers to the last digit."""

import re
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from eduf.xlsx.style import Style

_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")  # what a spreadsheet would read as a character of that number


def put_text(sheet: Worksheet, row: int, column: int, text: str | int, style: Style = "text") -> Cell:
    """A text or a year number. What begins with = stays text."""
    cell: Any = sheet.cell(row, column, _ESCAPE.sub("_x005F_x", text) if isinstance(text, str) else text)
    cell.style = style
    if isinstance(text, str):
        cell.data_type = "s"
        if text.startswith("="):
            cell.quotePrefix = True
    return cell  # type: ignore[no-any-return]


def put_number(sheet: Worksheet, row: int, column: int, number: Decimal | None, style: Style) -> Cell:
    """A number by its digits, because openpyxl would write 9.95 as 9.949999999999999; an empty cell for None."""
    cell: Any = sheet.cell(row, column)
    cell.style = style
    if number is not None:
        cell.value = str(number)
        cell.data_type = "n"
    return cell  # type: ignore[no-any-return]
