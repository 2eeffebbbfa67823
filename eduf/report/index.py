"""The index numbers of the working papers: a sheet has the same one in every report, whichever others are there."""

from collections.abc import Mapping

NUMBERS: Mapping[str, str] = {
    "cover": "EF-0",
    "inputs": "EF-1",
    "fund": "EF-2",
    "deduction": "EF-3",
    "matrix": "EF-3-1",
    "schedule": "EF-4",
    "tax": "EF-4-1",
    "losses": "EF-4-2",
    "deferred": "EF-5",
    "entries": "EF-6",
    "monthly": "EF-6-1",
    "note": "EF-7",
    "scenarios": "EF-8",
    "tornado": "EF-8-1",
    "problems": "EF-10",  # 9 is kept for findings
    "checks": "EF-11",
    "laws": "EF-12",
    "imported": "EF-13",
}
# typed, booked, compared or told: always to the fen
IN_YUAN = frozenset({"inputs", "entries", "monthly", "checks", "problems", "laws", "imported"})
