"""Row 1 with another wage figure, where the cap does not bind.

It changes no tax this year, but the next auditor reckons the cap from it.
"""

from eduf.audit.check import CellCheck, Suspect
from eduf.audit.checks.cap_on_other_wages import binds


def _fits(suspect: Suspect) -> bool:
    return not binds(suspect)


CHECK = CellCheck("wages_differ", "warning", ("wages_base.deductible_wages",), ("row1_deducted",), _fits)
