"""The ledger's balance of the fund is not the computed one.

Opening, extraction and spending give the closing balance; a difference is an entry that the facts do not know of.
"""

from eduf.audit.check import CellCheck, always

CHECK = CellCheck(
    "ledger_balance", "error", ("fund.balance", "accounting.extraction"), ("fund_balance",), always, fallback=True
)
