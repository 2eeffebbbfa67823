"""Reversals find what they take back: the latest entry of the same account and amount on the other side."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from eduf.ledger import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

_CANDIDATES = f"""
select account, abs(net), n, day, voucher, text, net, class = '{classes.REVERSAL}' from line
where net <> 0 and (account, abs(net)) in (select (account, abs(net)) from line where class = '{classes.REVERSAL}')
order by account, abs(net), day, class = '{classes.REVERSAL}', n"""
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
    """Give each reversal in the table `line` the class of what it takes back, and the row of that as its `original`.

    So a reversal is never spending of its own, and what was reversed nets out where it was counted.
    """
    connection.execute("create table pair (n bigint, original bigint)")
    found = connection.cursor().execute(_CANDIDATES)
    pairs: list[tuple[int, int]] = []
    for _, group in groupby(_entries(found), key=lambda each: (each.account, each.size)):
        pairs += _paired(group)
        if len(pairs) > _BATCH:
            _insert(connection, pairs)
    _insert(connection, pairs)
    connection.execute(
        "update line set class = o.class, front = o.front, original = o.n "
        "from pair p join line o on o.n = p.original where line.n = p.n"
    )
    connection.execute("update line set reversed = true from pair p where line.n = p.original")


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
    latest = enumerate(reversed(candidates[-_LATEST:]), 1)
    return next((-n for n, each in latest if each.voucher and _names(text, each.voucher)), -1)


def _names(text: str, voucher: str) -> bool:
    """Whether a text names a voucher: that number and not a longer one."""
    return re.search(rf"(?<!\d){re.escape(voucher)}(?!\d)", text) is not None


def _insert(connection: "DuckDBPyConnection", pairs: list[tuple[int, int]]) -> None:
    if pairs:
        connection.execute("insert into pair select unnest($1), unnest($2)", _columns(pairs))
        pairs.clear()


def _columns(pairs: list[tuple[int, int]]) -> list[list[int]]:
    return [[n for n, _ in pairs], [original for _, original in pairs]]


def view(connection: "DuckDBPyConnection", first: int | None, last: int | None) -> None:
    """The view `final`: the lines, those outside the years asked for as of another period."""
    outside = "false" if first is None else f"year(day) not between {first} and {last}"
    connection.execute(
        f"create view final as select * replace "
        f"(case when {outside} then '{classes.OTHER_PERIOD}' else class end as class) from line"
    )
