"""The balance from before 2008 not used first.

Spending goes to what was extracted before 2008 first, and only what is beyond it is deductible.
"""

from eduf import lines
from eduf.audit.check import CellCheck, Suspect

_CELLS = ("row5_spent", "row5_deducted", "row5_carried_forward")


def _fits(suspect: Suspect) -> bool:
    old = suspect.figure("from_before_2008")
    if not old:
        return False
    if suspect.cell == "row5_spent":
        return suspect.filed == suspect.right + old
    available = lines.available(suspect["row5_spent"] + old, suspect["row5_brought_forward"])
    if suspect.cell == "row5_deducted":
        return bool(suspect.filed == lines.deducted(available, suspect["cap"]))
    return bool(suspect.filed == lines.carried_forward(available, suspect["row5_deducted"]))


CHECK = CellCheck("before_2008_not_first", "warning", ("before_2008",), _CELLS, _fits)
