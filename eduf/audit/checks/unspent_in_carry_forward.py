"""Unspent extraction in the carry-forward, from 2018 on.

What was extracted and not spent is a balance of the fund. Carried forward as an excess it will be deducted without
ever having been spent, and once more when it is.
"""

from eduf import lines
from eduf.audit.check import CellCheck, Suspect
from eduf.audit.checks.one_plus_four import SINCE
from eduf.audit.form import CARRIED_AS_BOOKED
from eduf.line import BOOKS


def _fits(suspect: Suspect) -> bool:
    if suspect.edition != SINCE:
        return False
    if suspect.cell == "row5_brought_forward":
        return _brought_in(suspect)
    available = lines.available(suspect["row5_booked"], suspect["row5_brought_forward"])
    return bool(suspect.filed == lines.carried_forward(available, suspect["row5_deducted"]))


def _brought_in(suspect: Suspect) -> bool:
    last = suspect.sheet.last
    if last is None or last.year.setting.collection not in BOOKS or suspect.follows is None:
        return False
    booked, spent = last.implied["row5_booked"], last.implied["row5_spent"]
    return booked is not None and spent is not None and suspect.filed == suspect.follows + booked - spent


_CELLS = ("row5_brought_forward", "row5_carried_forward")
_LAW = ("form", "carry_forward", "fund.balance")
_RULES = {"row5_carried_forward": CARRIED_AS_BOOKED}
_SAME = ("one_plus_four", "extraction_deducted")  # who starts from column 1 does so in both columns
CHECK = CellCheck("unspent_in_carry_forward", "error", _LAW, _CELLS, _fits, part_of=_SAME, rules=_RULES)
