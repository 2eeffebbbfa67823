"""The rules of the mapping file as SQL: the first that fits an entry decides, and is named on it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from eduf.ledger import classes
from eduf.ledger.duck import fits, fold, holds, listed, quoted
from eduf.ledger.mapping import Map, Rule

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_YES = ("是", "yes", "y", "true", "1", "√", "✓", "一线")
_NO = ("否", "no", "n", "false", "0", "×", "非一线")
_RULE = (
    "create table rule "
    "(rule integer, name varchar, assigned varchar, settles boolean, front boolean, equipment varchar)"
)
_SIDES = {"debit": "> 0", "credit": "< 0"}


def make(connection: "DuckDBPyConnection", mapping: Map) -> None:
    """The table `line`: the accepted entries with the rule that fits, what it assigns them to, and front-line or not.

    `asked` is the word for which an entry only asks, whatever rule fits.
    """
    connection.execute(_RULE)
    for n, rule in enumerate(mapping.table.rule):
        connection.execute("insert into rule values ($1, $2, $3, $4, $5, $6)", [n, *_row(rule)])
    connection.execute(_line(mapping))


def _row(rule: Rule) -> tuple[str, str, bool, bool | None, str | None]:
    """A rule that names its vouchers settles what words ask; so does an account that is for what is forbidden."""
    by_account = rule.to in classes.forbidden() and bool(rule.account) and not rule.words
    return rule.name, rule.to, bool(rule.vouchers) or by_account, rule.front_line, rule.equipment


def _line(mapping: Map) -> str:
    asking = "|".join(f"\\Q{each}\\E" for each in sorted(mapping.asking(), key=len, reverse=True))
    guarded = listed((*classes.guarded(), classes.UNASSIGNED))
    return f"""
create table line as
with folded as (
  select *, debit - credit as net, {fold("coalesce(text, '')")} as said
  from (select * replace (coalesce(debit, 0) as debit, coalesce(credit, 0) as credit) from entry
        where status = 'accepted')
), chosen as (
  select *, {_first(mapping)} as rule, nullif(regexp_extract(said, {quoted(asking)}), '') as asking from folded
)
select c.n, c.day, c.voucher, c.account, c.text, c.said, c.debit, c.credit, c.net, c.cost_center, c.beneficiary,
  c.rule, r.name, coalesce(r.assigned, '{classes.UNASSIGNED}') as ruled,
  case when asking is not null and ruled in {guarded} and not coalesce(r.settles, false) then asking end as asked,
  case when asked is not null then '{classes.ASK}' else ruled end as class,
  {_front(mapping)} as front, c.front_typed, null::bigint as original, false as reversed
from chosen c left join rule r on r.rule = c.rule"""


def _first(mapping: Map) -> str:
    """The number of the first rule that fits."""
    tries = " ".join(f"when {_condition(rule)} then {n}" for n, rule in enumerate(mapping.table.rule))
    return f"case {tries} else null end" if tries else "null::integer"


def _condition(rule: Rule) -> str:
    return " and ".join(_conditions(rule)) or "true"


def _conditions(rule: Rule) -> Iterator[str]:
    if rule.account:
        yield fits("account", rule.account)
    if rule.words:
        yield holds("said", rule.words)
    if rule.side:
        yield f"net {_SIDES[rule.side]}"
    if rule.cost_center:
        yield f"coalesce({fits('cost_center', rule.cost_center)}, false)"
    if rule.vouchers:
        yield f"coalesce(voucher in {listed(rule.vouchers)}, false)"


def equipment(connection: "DuckDBPyConnection") -> list[tuple[str, int, int, Decimal]]:
    """By which ways teaching equipment counts: the first row of each, their number and their sum."""
    return connection.execute(
        "select r.equipment, min(f.n), count(*), sum(f.net) from final f join rule r on r.rule = f.rule "
        f"where f.class = '{classes.EQUIPMENT}' and r.equipment is not null and f.net <> 0 "
        "and not f.reversed and f.original is null group by r.equipment order by r.equipment"
    ).fetchall()


def unclear(connection: "DuckDBPyConnection", most: int) -> list[tuple[int, str]]:
    """The first lines of spending with a mark of front-line staff that is neither yes nor no."""
    spending = listed((*classes.uses(), classes.IN_FULL))
    where = f"class in {spending} and {fold('front_typed')} not in {listed((*_YES, *_NO))}"
    return connection.execute(f"select n, front_typed from final where {where} order by n limit {most}").fetchall()


def _front(mapping: Map) -> str:
    """What the line itself says, else its rule, else its cost centre; NULL is unknown."""
    typed = fold("c.front_typed")
    centers = mapping.table.front_line_centers
    by_center = fits("c.cost_center", centers) if centers else "null"
    return (
        f"coalesce(case when {typed} in {listed(_YES)} then true when {typed} in {listed(_NO)} then false end, "
        f"r.front, {by_center})"
    )
