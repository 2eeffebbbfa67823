"""Less deducted than the law allows.

The enterprise paid too much tax; it may claim the deduction back, but not for ever.
"""

from eduf.audit.check import CellCheck, Suspect


def _fits(suspect: Suspect) -> bool:
    return suspect.filed < suspect.right


_LAW = ("deduction", "time_limits.missed_deduction", "time_limits.refund")
CHECK = CellCheck("too_little_deducted", "warning", _LAW, ("row5_deducted", "row6_deducted"), _fits, fallback=True)
