"""Still 2.5 % after 2017.

From 2018 on the cap is 8 % for everybody; who goes on with 2.5 % gives away deductions, and time to claim them runs.
"""

from decimal import Decimal

from eduf import lines
from eduf.audit.check import CellCheck, Suspect
from eduf.line import Number

_SINCE = 2018


def deducted_at(suspect: Suspect, rate: Number) -> Decimal:
    """What is deducted with a cap at another rate."""
    cap = lines.cap(max(suspect["row1_deducted"], Decimal(0)), rate)
    found: Decimal = lines.deducted(lines.available(suspect["row5_spent"], suspect["row5_brought_forward"]), cap)
    return found


def is_old(suspect: Suspect) -> bool:
    """Whether the rate of the years before is used after them."""
    if suspect.year < _SINCE or suspect.cell == "row6_rate":
        return False
    (old,) = (each for each in suspect.history.law.on("cap", _SINCE - 1) if each.choice == "")
    rate = Decimal(old.value or 0)
    if suspect.cell == "row5_rate":
        return suspect.filed == rate
    return suspect["row5_rate"] != rate and deducted_at(suspect, rate) == suspect.filed


CHECK = CellCheck("old_rate", "warning", ("cap",), ("row5_rate", "row5_deducted"), is_old)
