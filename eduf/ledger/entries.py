"""Rows of text become entries: amounts to the fen, a day, and whether the row is accepted, ignored or rejected.

The file is read once, as a stream: what is kept (entries of the accounts asked for, and whatever could not be read)
becomes rows, all the rest is summed. Nothing becomes 0 because it could not be read.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from eduf.ledger.duck import fits, indented, listed, narrow, plain, quoted
from eduf.ledger.headings import VOUCHERS
from eduf.ledger.mapping import Map
from eduf.ledger.source import Source
from eduf.money import Unreadable, amount
from eduf.reading import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# With at most twelve digits before the point no such amount is over the limit of eduf; all others money.amount reads.
AMOUNT = r"-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?"
_DAYS = (
    (r"(\d{4})/(\d{1,2})/(\d{1,2})( \d{1,2}:.*)?", r"\1-\2-\3"),
    (r"(\d{4})-(\d{1,2})-(\d{1,2})([ T]\d{1,2}:.*)?", r"\1-\2-\3"),
    (r"(\d{4})\.(\d{1,2})\.(\d{1,2})", r"\1-\2-\3"),
    (r"(\d{4})年(\d{1,2})月(\d{1,2})日", r"\1-\2-\3"),
    (r"(\d{4})(\d{2})(\d{2})", r"\1-\2-\3"),
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
_LAST = "\U0010ffff"  # no text that begins with an account comes after it and this


class Sum(NamedTuple):
    """So many rows with the sum of their debits and of their credits, in yuan."""

    rows: int
    debit: Decimal
    credit: Decimal

    def plus(self, other: "Sum") -> "Sum":
        """The rows of both."""
        return Sum(self.rows + other.rows, self.debit + other.debit, self.credit + other.credit)


def make(connection: "DuckDBPyConnection", source: Source, mapping: Map) -> dict[str, Sum]:
    """The table `entry`, and the sums of the file by accepted, ignored and rejected."""
    for statement in _kept(source, mapping):
        connection.execute(statement)
    rest = _sum(connection, "from kept where n is null", "sum(rows)", "rest_debit", "rest_credit")
    _read_the_rest(connection)
    connection.execute(_entry(mapping))
    connection.execute("drop view row; drop table kept")
    found = {status: _sum(connection, f"from entry where status = '{status}'") for status in STATUSES}
    found["ignored"] = found["ignored"].plus(rest)
    return found


STATUSES = ("accepted", "ignored", "rejected")


def _sum(
    connection: "DuckDBPyConnection", rows: str, count: str = "count(*)", debit: str = "debit", credit: str = "credit"
) -> Sum:
    sides = ", ".join(f"coalesce(sum({side}), 0)::decimal(38,2)" for side in (debit, credit))
    found = connection.execute(f"select coalesce({count}, 0)::bigint, {sides} {rows}").fetchone()
    assert found is not None
    return Sum(*found)


def _kept(source: Source, mapping: Map) -> tuple[str, str]:
    """The table `kept`: the cells of each row that is kept, the sums of all others in one row; and the view `row`."""
    rest = ", ".join(f"sum(case when not keep then {_money(side)} end) as rest_{side}" for side in ("debit", "credit"))
    cells = ", ".join(f"cells[{n}] as {key}" for n, key in enumerate(VOUCHERS.columns, 1))
    return (
        "create table kept as select case when keep then n end as n, count(*) as rows, "
        f"first(case when keep then [{', '.join(VOUCHERS.columns)}] end) as cells, {rest} "
        f"from (select *, {_keep(mapping)} as keep from {source.relation}) group by 1",
        f"create view row as select n, {cells} from kept where n is not null",
    )


def _keep(mapping: Map) -> str:
    """Whether a row may be of an account that is asked for, or has an amount that the pattern does not fit.

    It runs on every row of a large file: so it takes more accounts than are asked for, and one pattern a row at best.
    """
    starts = sorted({each.partition("*")[0] for each in mapping.table.accounts})
    account = " ".join(f"when account between {quoted(each)} and {quoted(each + _LAST)} then true" for each in starts)
    odd = (
        f"case when debit is null then {_odd('credit')} when credit is null then {_odd('debit')} "
        f"else {_odd('debit')} or {_odd('credit')} end"
    )
    return f"(case {account} else account is null or {indented('account')} end or {odd})"


def _odd(column: str) -> str:
    return f"coalesce(not regexp_full_match({column}, '({AMOUNT})?'), false)"


def _money(column: str) -> str:
    """The amount of a text that the pattern fits, NULL for nothing."""
    bare = f"case when contains({column}, ',') then replace({column}, ',', '') else {column} end"
    return f"try_cast({bare} as decimal(18,2))"


def _read_the_rest(connection: "DuckDBPyConnection") -> None:
    """The table `typed`: amounts that the pattern does not fit, as eduf reads them, or why it does not."""
    connection.execute("create table typed (found varchar, amount decimal(18,2), code varchar)")
    either = "select debit as found from row union all select credit from row"
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
    found = narrow(plain(column), "－／．", "-/.")
    tries = " ".join(
        f"when regexp_full_match({found}, {quoted(form)}) then regexp_replace({found}, {quoted(form)}, {quoted(to)})"
        for form, to in _DAYS
    )
    return (
        f"try_cast(case when regexp_full_match({column}, '\\d{{4}}-\\d\\d?-\\d\\d?') then {column} {tries} end as date)"
    )


def _entry(mapping: Map) -> str:
    """The table `entry`: what was kept, read. `wrong` is the code of what keeps a row from being read."""
    texts = ", ".join(
        f"{plain(f'k.{key}')} as {key}" for key in ("voucher", "account", "text", "cost_center", "beneficiary")
    )
    inside = fits("account", mapping.table.accounts)
    sides = ", ".join(
        f"case when {_odd(f'k.{side}')} then {side[0]}.amount else {_money(f'k.{side}')} end as {side}, "
        f"{side[0]}.code as {side}_code, k.{side} as {side}_typed"
        for side in ("debit", "credit")
    )
    return f"""
create table entry as
with read as (
  select k.n, {day("k.date")} as day, k.date as day_typed, {texts}, {sides},
    {plain("k.front_line")} as front_typed
  from row k left join typed d on d.found = k.debit left join typed c on c.found = k.credit
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
