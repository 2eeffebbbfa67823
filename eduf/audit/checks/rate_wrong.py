"""A rate that is not the one of the year and of the qualifications held in it.

A certificate that was not held, or had lapsed, is the commonest reason for a cap of 8 % before 2018.
"""

from eduf.audit.check import CellCheck, Suspect
from eduf.audit.checks.old_rate import deducted_at, is_old

CELLS = ("row5_rate", "row6_rate", "row5_deducted")


def _fits(suspect: Suspect) -> bool:
    if suspect.cell != "row5_deducted":
        return not is_old(suspect)
    law = suspect.history.law.matter("cap")
    others = {each.value for each in law.entry} - {suspect["row5_rate"]}
    return not is_old(suspect) and any(deducted_at(suspect, each) == suspect.filed for each in others)


CHECK = CellCheck("rate_wrong", "error", ("cap", "deduction.qualification"), CELLS, _fits)
