"""1 + 4 used: the deduction reckoned from what was booked, as before 2018.

Until the return for 2017 the form said so itself; since 2018 it starts from what was spent (columns 2 and 4).
"""

from eduf import lines
from eduf.audit.check import CellCheck, Suspect
from eduf.audit.form import DEDUCTED_AS_BOOKED

SINCE = 2018


def _fits(suspect: Suspect) -> bool:
    if suspect.edition != SINCE:
        return False
    return bool(suspect.filed == as_booked(suspect))


def as_booked(suspect: Suspect) -> object:
    """What the formula of the editions 2014 and 2017 gives."""
    return lines.form_deducted_booked(suspect["row5_booked"], suspect["row5_brought_forward"], suspect["cap"])


_RULES = {"row5_deducted": DEDUCTED_AS_BOOKED}
CHECK = CellCheck("one_plus_four", "error", ("form", "deduction"), ("row5_deducted",), _fits, rules=_RULES)
