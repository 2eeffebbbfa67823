"""What is declared as booked is not what the books extracted.

The adjustment starts from the booked amount: where it is not the books', neither is the income that it corrects.
"""

from eduf.audit.check import CellCheck, always

CHECK = CellCheck(
    "books_booked",
    "error",
    ("form_rows.5", "accounting.extraction", "deduction.added_back"),
    ("row5_booked", "row6_booked"),
    always,
    fallback=True,
)
