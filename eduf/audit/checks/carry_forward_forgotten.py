"""Last year's carry-forward not brought forward at all.

A new accountant or a new system often starts at nothing; whether the 5 years for missed deductions then run is
disputed.
"""

from eduf.audit.check import CellCheck, Suspect


def _fits(suspect: Suspect) -> bool:
    return suspect.filed == 0 and suspect.follows is not None and suspect.follows > 0


_LAW = ("carry_forward", "time_limits.missed_carry_forward")
CHECK = CellCheck("carry_forward_forgotten", "error", _LAW, ("row5_brought_forward",), _fits)
