"""More deducted than was spent and brought forward."""

from eduf.audit.check import CellCheck, Suspect


def _fits(suspect: Suspect) -> bool:
    return suspect.filed > suspect.figure("available")


CHECK = CellCheck("over_available", "error", ("deduction", "carry_forward"), ("row5_deducted",), _fits, fallback=True)
