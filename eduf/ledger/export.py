"""Every line of a ledger with what it was assigned to and by which rule, as a CSV file that is whole or not there."""

from pathlib import Path
from typing import TYPE_CHECKING

from eduf.files.write import save_stream
from eduf.ledger.encoding import spool

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FORMULAS = "[=+@\\t\\r-]"  # how a text begins that a spreadsheet would take for a formula
_TEXTS = ("voucher", "account", "text", "cost_center", "beneficiary", "rule", "asked")
_COLUMNS = ("row", "date", *_TEXTS[:3], "debit", "credit", *_TEXTS[3:5], "front_line", "to", *_TEXTS[5:], "with_row")


def write(connection: "DuckDBPyConnection", path: Path, *, replace: bool) -> None:
    """Write the accepted lines in the order of the file; `row` counts the rows below the headings."""
    with spool() as (file, name):
        connection.execute(f"copy ({_lines()}) to '{name}' (format csv, header true, use_tmp_file false)")
        file.seek(0)
        save_stream(path, file, replace=replace)


def _lines() -> str:
    sources = {"rule": "name", "row": "n", "date": "day", "to": "class", "front_line": "front", "with_row": "original"}
    return f"select {', '.join(_column(key, sources.get(key, key)) for key in _COLUMNS)} from final order by n"


def _column(key: str, source: str) -> str:
    safe = f"case when regexp_matches({source}, '^{_FORMULAS}') then '''' || {source} else {source} end"
    return f'{safe if key in _TEXTS else source} as "{key}"'
