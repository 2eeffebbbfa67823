"""Reversals find what they take back: the latest entry of the same account and amount on the other side."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from eduf.ledger import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

_BATCH = 10_000
_LATEST = 1_000  # entries of one amount in which a voucher that is named is looked for


class _Entry(NamedTuple):
    account: str
    size: Decimal
    n: int
    day: date
    voucher: str | None
    text: str | None
    net: Decimal
    reverses: bool


def make(connection: "DuckDBPyConnection") -> None:
    """The table `pair`, and the view `final`: each line with its class, a reversal with that of what it takes back.

    So a reversal is never spending of its own, and what was reversed nets out where it was counted.
    """
    connection.execute("create table pair (n bigint, original bigint)")
    found = connection.cursor().execute(
        f"""
select account, abs(net), n, day, voucher, text, net, class = '{classes.REVERSAL}' from line
where net <> 0 and (account, abs(net)) in (select (account, abs(net)) from line where class = '{classes.REVERSAL}')
order by account, abs(net), day, class = '{classes.REVERSAL}', n"""
    )
    pairs: list[tuple[int, int]] = []
    for _, group in groupby(_entries(found), key=lambda each: (each.account, each.size)):
        pairs += _paired(group)
        if len(pairs) > _BATCH:
            _insert(connection, pairs)
    _insert(connection, pairs)


def _entries(found: "DuckDBPyConnection") -> "Iterator[_Entry]":
    while batch := found.fetchmany(_BATCH):
        yield from (_Entry(*row) for row in batch)


def _paired(group: "Iterable[_Entry]") -> "Iterator[tuple[int, int]]":
    """Each reversal with an earlier entry of the opposite amount: one whose voucher it names, else the latest."""
    standing: dict[Decimal, list[_Entry]] = defaultdict(list)
    for each in group:
        if not each.reverses:
            standing[each.net].append(each)
            continue
        candidates = standing[-each.net]
        if candidates:
            yield each.n, candidates.pop(_choice(candidates, each.text or "")).n


def _choice(candidates: "list[_Entry]", text: str) -> int:
    """Which of the latest is taken back, counted from the end."""
    named = (-n for n, each in enumerate(reversed(candidates[-_LATEST:]), 1) if each.voucher and each.voucher in text)
    return next(named, -1)


def _insert(connection: "DuckDBPyConnection", pairs: list[tuple[int, int]]) -> None:
    if pairs:
        connection.execute("insert into pair select unnest($1), unnest($2)", _columns(pairs))
        pairs.clear()


def _columns(pairs: list[tuple[int, int]]) -> list[list[int]]:
    return [[n for n, _ in pairs], [original for _, original in pairs]]


def view(connection: "DuckDBPyConnection", first: int | None, last: int | None) -> None:
    """The view `final`: lines with their final class; those outside the years asked for are of another period."""
    outside = "false" if first is None else f"year(l.day) not between {first} and {last}"
    connection.execute(
        f"""
create view final as
select l.* replace (
    case when {outside} then '{classes.OTHER_PERIOD}' when o.n is not null then o.class else l.class end as class,
    case when o.n is not null then o.front else l.front end as front),
  p.original, p.original is not null as reverses, t.n is not null as reversed
from line l left join pair p on p.n = l.n left join line o on o.n = p.original left join pair t on t.original = l.n"""
    )
