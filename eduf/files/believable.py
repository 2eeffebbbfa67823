"""The case that the example rows of the template show; its parts hold together."""

from typing import Any

from eduf.case import Case
from eduf.words import word

_OPENING = {
    "fund_balance": 56_000,
    "carried_forward": [{"from": 2023, "amount": 80_000}],
    "losses": [{"from": 2022, "amount": 300_000}],
}
_YEAR = {
    "year": 2025,
    "total_wages": 12_000_000,
    "deductible_wages": 11_800_000,
    "extracted": 180_000,
    "spent": 165_000,
    "extraction_rate": "1.5%",
    "qualifications": ["high_tech"],
    "front_line_spent": 100_000,
    "income": 3_600_000,
    "monthly_wages": [1_000_000] * 12,
}
_DECLARED = {
    "booked": 180_000,
    "spent": 165_000,
    "rate": "8%",
    "brought_forward": 80_000,
    "deducted": 245_000,
    "adjustment": -65_000,
    "carried_forward": 0,
}
_CHANGES = (
    {"fact": "spent", "years": "2025", "to": "300000"},
    {"fact": "total_wages", "years": "2026-2028", "grow": "5%"},
)
_CENTERS = (("workshop", "60%"), ("office", "40%"))


def believable(lang: str) -> Case:
    """The example, with its names in the language."""
    centers = [_center(key, share, lang) for key, share in _CENTERS]
    return Case.model_validate(
        {
            "format": 1,
            "enterprise": {"name": _said("enterprise", lang), "cost_centers": centers},
            "opening": _OPENING,
            "year": [_YEAR],
            "filed": [{"year": 2025, "row5": _DECLARED, "fund_balance": 71_000, "deferred_tax": 0}],
            "scenario": [{"name": _said("scenario", lang), "set": _CHANGES}],
        }
    )


def _center(key: str, share: str, lang: str) -> dict[str, Any]:
    return {"name": _said(key, lang), "account": _said(f"{key}_account", lang), "share": share}


def _said(key: str, lang: str) -> str:
    return word(f"book.example.{key}", lang)
