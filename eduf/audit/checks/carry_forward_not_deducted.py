"""A carry-forward that was not deducted although the cap had room for it.

The year's own spending alone was deducted: what earlier years left is given away, or at least put off.
"""

from eduf.audit.check import CellCheck, Suspect


def _fits(suspect: Suspect) -> bool:
    alone = min(suspect["row5_spent"], suspect["cap"])
    return suspect.filed == alone and suspect.filed < suspect.right


_LAW = ("carry_forward", "time_limits.missed_deduction", "time_limits.missed_carry_forward")
CHECK = CellCheck("carry_forward_not_deducted", "warning", _LAW, ("row5_deducted",), _fits)
