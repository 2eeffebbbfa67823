"""Extraction deducted instead of spending.

Extracting charges the cost but spends nothing; what was extracted and not spent must be added back.
"""

from eduf.audit.check import CellCheck, Suspect
from eduf.audit.checks.one_plus_four import as_booked
from eduf.audit.form import BOOKED_FIRST


def _fits(suspect: Suspect) -> bool:
    booked = suspect["row5_booked"]
    if suspect.cell == "row5_spent":
        return suspect.filed == booked
    if suspect.edition in BOOKED_FIRST:
        return False
    return suspect.filed in (booked, min(booked, suspect["cap"])) or bool(suspect.filed == as_booked(suspect))


_LAW = ("deduction", "deduction.added_back")
CHECK = CellCheck("extraction_deducted", "error", _LAW, ("row5_spent", "row5_deducted"), _fits)
