"""The cap reckoned on another wage figure, where it binds.

The cap is a share of the wages deductible for tax (row 1, deducted), not of total wages, which are the base of the
extraction. Where the cap binds, every yuan of difference in the wages changes the deduction.
"""

from decimal import Decimal

from eduf import lines
from eduf.audit.check import CellCheck, Suspect

_OTHER = ("row1_booked", "row1_spent")


def binds(suspect: Suspect) -> bool:
    """Whether the deduction of the year is another with the wages as filed."""
    cap = lines.cap(max(suspect.filed, Decimal(0)), suspect.figure("cap_rate"))
    return bool(lines.deducted(suspect.figure("available"), cap) != suspect.figure("deducted"))


def _fits(suspect: Suspect) -> bool:
    if suspect.cell == "row1_deducted":
        return binds(suspect)
    available = lines.available(suspect["row5_spent"], suspect["row5_brought_forward"])
    declared = suspect.returns[suspect.year].figures()
    wages = [suspect.figure("total_wages"), *(declared[each] for each in _OTHER if each in declared)]
    caps = [lines.cap(each, suspect["row5_rate"]) for each in wages if each >= 0]
    return suspect.filed in [lines.deducted(available, cap) for cap in caps]


CHECK = CellCheck(
    "cap_on_other_wages", "error", ("wages_base.deductible_wages", "cap"), ("row1_deducted", "row5_deducted"), _fits
)
