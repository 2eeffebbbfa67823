"""What is brought forward is not what last year carried forward, and no transfer is stated.

The two columns are one balance seen from two years: a break between them is the first thing a tax office's own
comparison shows.
"""

from eduf.audit.check import CellCheck, always

CHECK = CellCheck(
    "brought_forward_differs", "error", ("carry_forward",), ("row5_brought_forward",), always, fallback=True
)
