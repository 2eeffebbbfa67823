"""Cells to type into: they take only what eduf itself would, so that nothing is rounded in silence."""

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eduf.money import LIMIT
from eduf.report.book import Book


def accept_amounts(book: Book, sheet: Worksheet, first: str, last: str, *, signed: bool = False) -> None:
    """From the first cell to the last: amounts of yuan to the fen, of 0 or more unless they have a sign."""
    low = -LIMIT if signed else 0
    rule = f"AND(ISNUMBER({first}),{first}>={low:.0f},{first}<={LIMIT:.0f},ROUND({first},2)={first})"
    _accept(sheet, f"{first}:{last}", rule, book.word("not_an_amount"))


def accept_rates(book: Book, sheet: Worksheet, first: str, last: str) -> None:
    """From the first cell to the last: rates in steps of 0.1 %."""
    step = f"ABS({first}*1000-ROUND({first}*1000,0))<0.000001"
    _accept(sheet, f"{first}:{last}", f"AND(ISNUMBER({first}),{first}>=0,{first}<=1,{step})", book.word("not_a_rate"))


def _accept(sheet: Worksheet, cells: str, rule: str, message: str) -> None:
    """The rule is written for the first of the cells; a spreadsheet moves it along to the others."""
    validation = DataValidation("custom", formula1=rule, allow_blank=True, showErrorMessage=True, error=message)
    validation.add(cells)
    sheet.add_data_validation(validation)
