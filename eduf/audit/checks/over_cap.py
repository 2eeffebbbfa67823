"""More deducted than the cap allows."""

from eduf.audit.check import CellCheck, Suspect


def _fits(suspect: Suspect) -> bool:
    return suspect.filed > suspect.figure("cap")


CHECK = CellCheck("over_cap", "error", ("cap", "deduction"), ("row5_deducted",), _fits, fallback=True)
