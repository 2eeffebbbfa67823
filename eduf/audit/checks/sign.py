"""A figure with the wrong sign.

Adding back and deducting stand in one column, told apart by the sign alone; turned round, an adjustment counts twice
over in the tax.
"""

from eduf.audit.check import AMOUNTS, CellCheck, Suspect


def _fits(suspect: Suspect) -> bool:
    turned = -suspect.filed
    return suspect.filed != 0 and turned in (suspect.right, suspect.follows)


CHECK = CellCheck("sign", "error", ("form_rows.a105000", "deduction.added_back"), AMOUNTS, _fits)
