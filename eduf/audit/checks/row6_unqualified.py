"""Row 6 without the qualification.

Only software, IC-design and animation enterprises deduct training in full; for anybody else what stands in row 6 has
slipped past the cap.
"""

from eduf.audit.check import CellCheck, Suspect

_ROW_6 = ("row6_booked", "row6_spent", "row6_deducted", "row6_adjustment")


def _fits(suspect: Suspect) -> bool:
    history = suspect.history
    held = history.case.qualifications(history.case.years[suspect.sheet.year.position])
    entitled = [each for each in history.law.on("full_deduction", suspect.year, held) if each.who != "general"]
    return not entitled and suspect.filed != 0


CHECK = CellCheck("row6_unqualified", "error", ("full_deduction", "cap"), _ROW_6, _fits, part_of=("row6_unqualified",))
