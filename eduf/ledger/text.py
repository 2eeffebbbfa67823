"""A ledger for a person: what became of the file, what each year comes to, and the lines to look at."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from eduf.ledger import Ledger
from eduf.ledger.classes import REVERSAL, named
from eduf.ledger.lists import NAMES, Line, Listed
from eduf.ledger.totals import Total, Year
from eduf.money import significant, written
from eduf.show import padded
from eduf.words import sentence, word
from eduf.words.width import width

_GAP = "  "


def text(ledger: Ledger, lang: str, most: int) -> Iterator[str]:
    """Lines of text; of each list at most so many lines."""
    kind = ledger.source.seen.name or ledger.source.kind
    yield sentence("ledger.head", lang, file=ledger.source.path, kind=kind, rows=f"{ledger.file.rows:,}")
    yield ""
    yield from table(list(_sums(ledger, lang)))
    for year in ledger.years:
        yield ""
        yield from _year(year, lang)
    yield ""
    yield from table(list(_rules(ledger, lang)))
    if idle := [each.name for each in ledger.rules if not each.lines]:
        yield _GAP + sentence("ledger.idle", lang, rules=word("ledger.joint", lang).join(idle))
    for name in NAMES:
        if ledger.lists[name].count:
            yield ""
            yield from _list(ledger, name, ledger.lists[name], lang, most)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of cells in columns: the first to the left, the others to the right."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (padded(cell, widths[n], right=n > 0) for n, cell in enumerate(row))
        yield _GAP.join(cells).rstrip()


def _sums(ledger: Ledger, lang: str) -> Iterator[tuple[str, ...]]:
    yield word("ledger.file", lang), *(word(f"ledger.columns.{each}", lang) for each in ("lines", "debit", "credit"))
    for status, each in (*ledger.sums.items(), ("whole", ledger.file)):
        yield word(f"ledger.{status}", lang), f"{each.rows:,}", written(each.debit), written(each.credit)


def _year(year: Year, lang: str) -> Iterator[str]:
    head = sentence("ledger.year", lang, year=year.year, first=year.first, last=year.last)
    columns = (word(f"ledger.columns.{each}", lang) for each in ("lines", "amount", "front"))
    rows = [(head, *columns), *(_total(each, lang) for each in year.totals)]
    facts = [(_GAP + word(f"names.{name}", lang), "", written(amount), "") for name, amount in year.facts().items()]
    yield from table([*rows, *([(word("ledger.facts", lang), "", "", "")] if facts else []), *facts])
    if year.spent:
        yield _GAP + share(year, lang)


def _total(total: Total, lang: str) -> tuple[str, str, str, str]:
    front = written(total.front) if total.front or total.other else ""
    name = word("ledger.unmatched", lang) if total.name == REVERSAL else named(total.name, lang)
    return _GAP + name, f"{total.lines:,}", written(total.amount), front


def share(year: Year, lang: str) -> str:
    """The share for front-line staff, or what is known of it."""
    spent = year.front + year.front_unknown + sum((each.other for each in year.spending), Decimal("0.00"))
    form = "known" if year.front_known else "unknown"
    values = {"front": written(year.front), "spent": written(spent), "unknown": written(year.front_unknown)}
    return sentence(f"ledger.front_{form}", lang, percent=percent_of(year.front, spent), **values)


def percent_of(part: Decimal, whole: Decimal) -> str:
    """A share for a person, to a tenth of a per cent; nothing has none."""
    return f"{significant(part * 100 / whole, 12):.1f}%" if whole else "—"


def _rules(ledger: Ledger, lang: str) -> Iterator[tuple[str, ...]]:
    yield word("ledger.rules", lang), *(word(f"ledger.columns.{each}", lang) for each in ("lines", "net", "assigned"))
    for each in ledger.rules:
        if each.lines:
            yield f"{_GAP}{each.name}", f"{each.lines:,}", written(each.net), named(each.assigned, lang)


def _list(ledger: Ledger, name: str, listed: Listed, lang: str, most: int) -> Iterator[str]:
    yield sentence(f"ledger.lists.{name}", lang, count=f"{listed.count:,}", net=written(listed.net))
    shown = [_line(each, lang) for each in listed.lines[:most]]
    if shown:
        yield from table_left(shown)
    if listed.count > len(shown):
        yield _GAP + sentence("ledger.more", lang, count=f"{listed.count - len(shown):,}")


def table_left(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of cells in columns, all to the left but the amounts in the fifth."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        yield (_GAP + _GAP.join(padded(cell, widths[n], right=n in (0, 4)) for n, cell in enumerate(row))).rstrip()


def _line(line: Line, lang: str) -> tuple[str, ...]:
    because = (
        sentence("ledger.asks", lang, word=line.asked) if line.asked else line.rule or word("ledger.no_rule", lang)
    )
    other = sentence("ledger.with", lang, line=line.other) if line.other else ""
    return (
        str(line.row),
        line.day.isoformat(),
        line.voucher or "",
        line.account,
        written(line.net),
        shortened(line.text or ""),
        f"[{because}] {other}".strip(),
    )


def shortened(text: str) -> str:
    """The words of a line, in at most 40 cells."""
    from eduf.money import visible

    kept = visible(text)
    while width(kept) > 40:
        kept = kept[:-2] + "…" if kept.endswith("…") else kept[:-1] + "…"
    return kept
