"""The form's own formula of 2014 to 2017, where it is not the statute's.

These editions reckon from what was booked. Who filled them in as printed made no mistake of his own, but the statute's
figure is another, and the difference must not flow into 2018.
"""

from eduf.audit.check import CellCheck, Suspect
from eduf.audit.form import BOOKED_FIRST


def _fits(suspect: Suspect) -> bool:
    """What the printed formula gives is known already; here the extraction alone, within the cap or not."""
    booked = suspect["row5_booked"]
    return suspect.edition in BOOKED_FIRST and suspect.filed in (booked, min(booked, suspect["cap"]))


_LAW = ("form", "form_rows.form_deducted")
CHECK = CellCheck("form_formula", "warning", _LAW, ("row5_deducted",), _fits, part_of=("form_formula",))
