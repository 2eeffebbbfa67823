"""The form's own arithmetic.

Sums of rows, the adjustment and the carry-forward follow from the other columns; where they do not, one of the
figures was typed and not reckoned.
"""

from eduf.audit.check import OF_THE_FORM, CellCheck, Suspect

_SOURCES = ("row1_deducted", "row5_booked", "row6_booked", "row5_spent", "row6_spent", "row5_brought_forward")
_CELLS = tuple(name for name in OF_THE_FORM if name not in (*_SOURCES, "row5_deducted"))


def _fits(suspect: Suspect) -> bool:
    return suspect.cell != "row6_deducted" or suspect.filed > suspect.right


CHECK = CellCheck("arithmetic", "error", ("form", "form_rows.4", "deduction"), _CELLS, _fits, fallback=True)
