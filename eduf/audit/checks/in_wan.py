"""A return filed in units of 10,000 yuan.

The form is in yuan. A whole year typed in 万元 looks plausible figure by figure, and makes its cap and its
carry-forward ten thousand times too small.
"""

from decimal import Decimal

from eduf.audit.check import AMOUNTS, CellCheck, Suspect
from eduf.audit.sheet import Value
from eduf.money import share

_A_TEN_THOUSANDTH = Decimal("0.0001")


def _in_wan(value: Value) -> Decimal | None:
    if value is None:
        return None
    size: Decimal = share(abs(value), _A_TEN_THOUSANDTH)
    return size if value > 0 else -size


def _fits(suspect: Suspect) -> bool:
    found = suspect.filed in (_in_wan(suspect.right), _in_wan(suspect.follows))
    return found and (suspect.filed != 0 or CHECK.code in suspect.codes)


CHECK = CellCheck("in_wan", "error", ("form", "rounding"), AMOUNTS, _fits, part_of=("in_wan",))
