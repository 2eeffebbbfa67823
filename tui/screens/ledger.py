"""台账: the fund year by year, and the carry-forward by the year in which it arose."""

from tui.desk import Desk
from tui.widgets.sheet import Cell, Column, Row, Sheet

FUND = ("fund_opening", "extraction_due", "extracted", "extraction_shortfall", "spent", "spent_in_full", "fund_closing")
CARRY = ("prior_carried_forward", "deducted_current", "deducted_earlier", "carried_forward")


class Ledger(Sheet):
    """Years down; the fund, the deduction and the vintages across."""

    def show_desk(self, desk: Desk) -> None:
        """The ledger of what lies on the desk."""
        model, looks = desk.shown, desk.looks
        plan = f" {looks.word('.values.plan')}"
        rows = [
            Row(str(each.year), f"{each.year}{plan if each.status == 'plan' else ''}", "=")
            for each in model.history.years
        ]
        left = {each.year: dict(each.vintages) for each in model.history.years}
        origins = sorted({origin for each in left.values() for origin in each}, key=lambda each: each or 0)
        vintages = [
            Column(f"vintage {each}", looks.says("ledger.vintage", year=each or looks.word(".explain.unknown")))
            for each in origins
        ]
        by_key = {f"vintage {each}": each for each in origins}

        def cell(row: Row, column: Column) -> Cell:
            year, name = int(row.key), str(column.key)
            if name in by_key:
                amount = left[year].get(by_key[name])
                return Cell("" if amount is None else looks.amount(amount))
            value = model.value(name, year)
            text = looks.figure(name, value)
            if name == "fund_closing" and value is not None and value < 0:
                return Cell(text, "!", "wrong")
            return Cell(text, "~", "differs") if model.differs(name, year) else Cell(text)

        columns = [*(Column(name, looks.name(name)) for name in (*FUND, *CARRY)), *vintages]
        self.show(rows, columns, cell, looks.word(".names.year"))
