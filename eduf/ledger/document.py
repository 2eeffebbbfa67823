"""A ledger as JSON for other programs; amounts are text."""

from decimal import Decimal
from typing import Any

from eduf.ledger import Ledger
from eduf.ledger.entries import Sum
from eduf.ledger.lists import Line, Listed
from eduf.ledger.totals import Total, Year
from eduf.version import __version__


def as_json(ledger: Ledger, lang: str) -> dict[str, Any]:
    """The document that `eduf schema ledger` describes."""
    source, places = ledger.source, ledger.mapping.places
    return {
        "format": 1,
        "eduf": __version__,
        "file": {
            "name": str(source.path),
            "sha256": source.seen.sha256,
            "kind": source.kind,
            "encoding": source.seen.name or None,
        },
        "map": {"name": places.file, "sha256": places.sha256},
        "rows": {name: _sum(each) for name, each in (*ledger.sums.items(), ("whole", ledger.file))}
        | {"totals_passed_over": ledger.total_rows},
        "years": [_year(each) for each in ledger.years],
        "rules": [
            {"name": each.name, "to": each.assigned, "lines": each.lines, "net": _text(each.net)}
            for each in ledger.rules
        ],
        "lists": {name: _listed(each) for name, each in ledger.lists.items()},
        "problems": [each.as_json(lang) for each in ledger.problems],
    }


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _sum(found: Sum) -> dict[str, Any]:
    return {"rows": found.rows, "debit": _text(found.debit), "credit": _text(found.credit)}


def _year(year: Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "from": year.first.isoformat(),
        "to": year.last.isoformat(),
        "facts": {name: _text(amount) for name, amount in year.facts().items()},
        "front_line": {"spent": _text(year.front), "unknown": _text(year.front_unknown)},
        "classes": [_total(each) for each in year.totals],
    }


def _total(total: Total) -> dict[str, Any]:
    amounts = {key: _text(getattr(total, key)) for key in ("debit", "credit", "amount", "front", "other", "unknown")}
    return {"to": total.name, "lines": total.lines, **amounts}


def _listed(listed: Listed) -> dict[str, Any]:
    return {"count": listed.count, "net": _text(listed.net), "lines": [_line(each) for each in listed.lines]}


def _line(line: Line) -> dict[str, Any]:
    return {
        "line": line.row,
        "date": line.day.isoformat(),
        "voucher": line.voucher,
        "account": line.account,
        "text": line.text,
        "net": _text(line.net),
        "rule": line.rule,
        "asked": line.asked,
        "to": line.assigned,
        "with": line.other,
    }
