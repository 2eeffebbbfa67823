"""What is declared as spent is not what the books spent.

Only what was actually spent is deductible, so the ledger's debits are the first thing to be held against the return.
"""

from eduf.audit.check import CellCheck, always

CHECK = CellCheck(
    "books_spent", "error", ("deduction", "accounting.use"), ("row5_spent", "row6_spent"), always, fallback=True
)
