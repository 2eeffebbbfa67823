"""Rows of text become entries: amounts to the fen, a day, and whether the row is accepted, ignored or rejected.

The whole file is read twice, as a stream: once for what is kept (entries of the accounts asked for, and whatever could
not be read), once for the sums of the rest. Nothing becomes 0 because it could not be read.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from eduf.ledger.duck import fits, listed, plain, quoted
from eduf.ledger.mapping import Map
from eduf.ledger.source import Source
from eduf.money import Unreadable, amount
from eduf.reading import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# With at most twelve digits before the point no such amount is over the limit of eduf; all others money.amount reads.
AMOUNT = r"-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?"
_DAYS = (
    (r"^(\d{4})-(\d{1,2})-(\d{1,2})([ T]\d{1,2}:.*)?$", r"\1-\2-\3"),
    (r"^(\d{4})/(\d{1,2})/(\d{1,2})( \d{1,2}:.*)?$", r"\1-\2-\3"),
    (r"^(\d{4})\.(\d{1,2})\.(\d{1,2})$", r"\1-\2-\3"),
    (r"^(\d{4})年(\d{1,2})月(\d{1,2})日$", r"\1-\2-\3"),
    (r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3"),
)
TOTALS = (  # texts of rows that only add up other rows
    "合计",
    "总计",
    "小计",
    "本日合计",
    "本月合计",
    "本季合计",
    "本年合计",
    "本年累计",
    "累计",
    "期初余额",
    "期末余额",
    "上年结转",
    "结转下年",
    "承前页",
    "过次页",
    "total",
    "subtotal",
)
_BATCH = 10_000


class Sum(NamedTuple):
    """So many rows with the sum of their debits and of their credits, in yuan."""

    rows: int
    debit: Decimal
    credit: Decimal

    def plus(self, other: "Sum") -> "Sum":
        """The rows of both."""
        return Sum(self.rows + other.rows, self.debit + other.debit, self.credit + other.credit)


def make(connection: "DuckDBPyConnection", source: Source, mapping: Map) -> dict[str, Sum]:
    """The tables `kept` and `entry`, and the sums of the file by accepted, ignored and rejected."""
    connection.execute(f"create table kept as select * from {source.relation} where {_kept(mapping)}")
    rest = _sum(connection, f"from {source.relation} where not {_kept(mapping)}", _money("debit"), _money("credit"))
    _read_the_rest(connection)
    connection.execute(_entry(mapping))
    found = {status: _sum(connection, f"from entry where status = '{status}'") for status in STATUSES}
    found["ignored"] = found["ignored"].plus(rest)
    return found


STATUSES = ("accepted", "ignored", "rejected")


def _sum(connection: "DuckDBPyConnection", rows: str, debit: str = "debit", credit: str = "credit") -> Sum:
    found = connection.execute(
        f"select count(*), coalesce(sum({debit}), 0)::decimal(38,2), coalesce(sum({credit}), 0)::decimal(38,2) {rows}"
    ).fetchone()
    assert found is not None
    return Sum(*found)


def _kept(mapping: Map) -> str:
    """Whether a row is of an account that is asked for, or cannot be told to be of another."""
    inside = fits(plain("account"), mapping.table.accounts)
    return f"(coalesce({inside}, true) or {_odd('debit')} or {_odd('credit')})"


def _odd(column: str) -> str:
    return f"coalesce(not regexp_full_match({column}, '({AMOUNT})?'), false)"


def _money(column: str) -> str:
    """The amount of a text that the pattern fits, NULL for nothing."""
    return f"nullif(replace({column}, ',', ''), '')::decimal(18,2)"


def _read_the_rest(connection: "DuckDBPyConnection") -> None:
    """The table `typed`: amounts that the pattern does not fit, as eduf reads them, or why it does not."""
    connection.execute("create table typed (found varchar, amount decimal(18,2), code varchar)")
    either = "select debit as found from kept union all select credit from kept"
    odd = connection.cursor().execute(f"select distinct found from ({either}) where {_odd('found')}")
    while batch := odd.fetchmany(_BATCH):
        columns = [list(column) for column in zip(*(_typed(found) for (found,) in batch), strict=True)]
        connection.execute("insert into typed select unnest($1), unnest($2)::decimal(18,2), unnest($3)", columns)


def _typed(found: str) -> tuple[str, str | None, str | None]:
    if not found.strip():
        return found, None, None
    try:
        return found, str(amount(found)), None
    except Unreadable as error:
        return found, None, error.code


def day(column: str) -> str:
    """A day as a person or a system writes it; years of two digits, and days without a year, are not read."""
    found = f"translate({plain(column)}, '０１２３４５６７８９－／．', '0123456789-/.')"
    tries = (
        f"when regexp_matches({found}, {quoted(form)}) then regexp_replace({found}, {quoted(form)}, {quoted(to)})"
        for form, to in _DAYS
    )
    return f"try_cast(case {' '.join(tries)} end as date)"


def _entry(mapping: Map) -> str:
    """The table `entry`: what was kept, read. `wrong` is the code of what keeps a row from being read."""
    texts = ", ".join(f"{plain(key)} as {key}" for key in ("voucher", "account", "text", "cost_center", "beneficiary"))
    inside = fits("account", mapping.table.accounts)
    sides = ", ".join(
        f"case when {_odd(f'k.{side}')} then {side[0]}.amount else {_money(f'k.{side}')} end as {side}, "
        f"{side[0]}.code as {side}_code, k.{side} as {side}_typed"
        for side in ("debit", "credit")
    )
    return f"""
create table entry as
with read as (
  select k.n, {day("k.date")} as day, k.date as day_typed, {texts.replace("trim(", "trim(k.")}, {sides},
    {plain("k.front_line")} as front_typed
  from kept k left join typed d on d.found = k.debit left join typed c on c.found = k.credit
), judged as (
  select *, coalesce({inside}, false) as inside, lower(coalesce(text, '')) in {listed(TOTALS)} as adds_up,
    case when debit_code is not null then debit_code
         when credit_code is not null then credit_code end as broken
  from read
)
select * exclude (broken, inside, adds_up),
  coalesce(broken, case
    when adds_up then null
    when account is null then 'ledger_no_account'
    when not inside then null
    when debit is null and credit is null then 'ledger_no_amount'
    when day is null or year(day) not between {FIRST_YEAR} and {LAST_YEAR} then 'ledger_day' end) as wrong,
  case when wrong is not null then 'rejected' when adds_up or not inside then 'ignored' else 'accepted' end as status,
  adds_up and wrong is null as total_row
from judged"""


def rejected(connection: "DuckDBPyConnection", most: int) -> Iterator[tuple[int, str, str, str]]:
    """The first rows that could not be read: number, column, what stood there, and the code of the problem."""
    found = connection.execute(
        "select n, case when debit_code is not null then 'debit' when credit_code is not null then 'credit' "
        "when wrong = 'ledger_day' then 'date' when wrong = 'ledger_no_account' then 'account' else 'debit' end as k, "
        "case k when 'debit' then debit_typed when 'credit' then credit_typed when 'date' then day_typed end, wrong "
        "from entry where status = 'rejected' order by n limit $1",
        [most],
    )
    while row := found.fetchone():
        yield row[0], row[1], row[2] or "", row[3]
