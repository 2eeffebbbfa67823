"""What every sheet has in common: A4 landscape, page numbers, frozen panes, protection without a password."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet


def set_up(sheet: Worksheet, *, freeze: str, titles: str, pages: int = 1, footer: str = "") -> None:
    """Freeze what is above and left of a cell, repeat title rows in print, and fit the width to so many pages.

    The footer counts the pages behind its text.
    """
    sheet.freeze_panes = freeze
    sheet.print_title_rows = titles
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(f"{footer}  &P / &N".strip()))
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
