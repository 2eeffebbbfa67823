"""An audit as JSON, as eduf/schemas/findings.json describes it."""

from datetime import date
from decimal import Decimal
from typing import Any

from eduf.audit.auditing import Audit
from eduf.audit.effect import TaxYear, net
from eduf.audit.finding import Finding
from eduf.explain import entry_json
from eduf.version import __version__


def as_json(audit: Audit, lang: str) -> dict[str, Any]:
    """The audit as a document: amounts and rates are text, null is unknown; a finding names its entries of the law."""
    places = audit.history.case.places
    files = {each.places.file: each.places.sha256 for each in audit.returns if each.places.file}
    return {
        "format": 1,
        "eduf": __version__,
        "case": {"name": audit.history.case.enterprise.name, "file": places.file, "sha256": places.sha256},
        "returns": {
            "years": [each.year for each in audit.returns],
            "files": [{"file": file, "sha256": sha256} for file, sha256 in files.items()],
        },
        "law": {"sha256": audit.history.law.sha256(), "entries": [entry_json(each, lang) for each in audit.entries]},
        "findings": [_finding(each, lang) for each in audit.findings],
        "taxes": [_tax(each) for each in audit.taxes],
        "tax_net": _text(net(audit.taxes)),
        "problems": [problem.as_json(lang) for problem in audit.problems],
    }


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    because = finding.because_of
    return {
        "code": finding.code,
        "explanations": list(finding.codes),
        "level": finding.level,
        "year": finding.year,
        "line": finding.line,
        "label": finding.label(lang),
        "where": finding.place.text(lang),
        "filed": _text(finding.filed),
        "should_be": _text(finding.should_be),
        "difference": _text(finding.difference),
        "tax_effect": _text(finding.tax_effect),
        "tax_net": _text(finding.tax_net),
        "taxes": [_tax(each) for each in finding.taxes],
        "knock_on": [
            {"year": each.year, "line": each.line, "filed": str(each.filed), "becomes": str(each.becomes)}
            for each in finding.steps
        ],
        "says": finding.says(lang),
        "law": [entry.id for entry in finding.law],
        "do": finding.do(lang),
        "because_of": {"code": because.code, "year": because.year, "line": because.line} if because else None,
    }


def _tax(tax: TaxYear) -> dict[str, Any]:
    fee, claim = tax.late_fee, tax.claim
    return {
        "year": tax.year,
        "adjustment": str(tax.adjustment),
        "tax": _text(tax.tax),
        "late_fee": {"since": fee.since.isoformat(), "a_day": str(fee.a_day)} if fee else None,
        "claim": {
            "from_year_end": _day(claim.from_year_end),
            "from_settlement": _day(claim.from_settlement),
            "refund": _day(claim.refund),
        }
        if claim
        else None,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
