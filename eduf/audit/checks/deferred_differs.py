"""The booked deferred tax asset is not the carry-forward times the rate for its reversal."""

from eduf.audit.check import CellCheck, always

CHECK = CellCheck(
    "deferred_differs", "warning", ("deferred_tax", "deferred_tax.rate"), ("deferred_tax",), always, fallback=True
)
