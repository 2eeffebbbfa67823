"""A carry-forward of the returns for 2014 to 2017 that holds unspent extraction and flows into 2018.

The older editions put it there by their own formula; from 2018 on nothing that was not spent may be deducted.
"""

from eduf.audit.check import CellCheck, Suspect


def _never(suspect: Suspect) -> bool:
    """It is found where a figure follows from an older return."""
    return False


CHECK = CellCheck("unspent_brought_in", "error", ("form", "carry_forward", "deduction"), (), _never)
