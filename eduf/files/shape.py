"""The shape of a case workbook: its sheets, their columns, and what kind of fact stands in each."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple, get_args

from eduf.case import Enterprise, Qualification, Year
from eduf.law import Text
from eduf.words import LANGUAGES, known, word

Kind = Literal["amount", "rate", "year", "count", "word", "words", "flag", "text", "fact", "span", "change"]

MARK = "mark"  # the column that says what to do with a row
MARKS = ("example", "skip", "read")
MONTHS = tuple(f"month{n}" for n in range(1, 13))
ROWS = ("row1", "row4", "row5", "row6")
ROW_COLUMNS = ("booked", "spent", "rate", "brought_forward", "deducted", "adjustment", "carried_forward")
WAYS = ("to", "grow", "times", "add")
ITEMS = ("fund_balance", "before_2008_balance", "carried_forward", "losses")
UNITS = ("yuan", "wan")
FLAGS = ("deferred_recognised", "deferred_on_fund", "restricted_industry")


_UNIT_LABELS = ("单位", "unit")  # what else the unit of amounts may be called
_UNIT_NOTE = (
    r"(?:人民币|rmb|cny|in)?"
    r"(?:[千百十]*[万亿]?元?|[\d,]*yuan|[\d,]+|wan|thousand|million|美元|港元|usd|hkd|[$€¥'0]+)"
)
_NOTE = re.compile(rf"[(\[【](?:单位)?(?:{_UNIT_NOTE}|必填|选填|可不填|required|optional)[)\]】]$")


class Form(NamedTuple):
    """A sheet: its columns, or, where it is upright, the labels down its first column with the facts beside them."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...] = ()
    upright: bool = False

    def titles(self) -> frozenset[str]:
        """What the sheet may be called."""
        return frozenset({plain(self.name), *(plain(word(f"book.sheets.{self.name}", lang)) for lang in LANGUAGES)})

    def title(self, lang: str) -> str:
        """What eduf calls it."""
        return word(f"book.sheets.{self.name}", lang)

    def headings(self) -> Mapping[str, str]:
        """The key of every heading that is understood."""
        return _headings(self)


ENTERPRISE = Form(
    "enterprise",
    (
        "name",
        "credit_code",
        "founded",
        "kind",
        "accounting",
        "qualifications",
        "extraction_rate",
        "vintage_order",
        "deferred_recognised",
        "deferred_on_fund",
        "amounts",
        "format",
    ),
    ("name",),
    upright=True,
)
COST_CENTERS = Form("cost_centers", (MARK, "name", "account", "share"), ("name", "account", "share"))
OPENING = Form("opening", (MARK, "item", "from", "amount"), ("item", "amount"))
YEARS = Form(
    "years",
    (
        MARK,
        "year",
        "status",
        "total_wages",
        "deductible_wages",
        "extracted",
        "spent",
        "spent_in_full",
        "booked_in_full",
        "extraction_rate",
        "qualifications",
        "front_line_spent",
        "collection",
        "cap_rate",
        "cap_rate_because",
        "transferred",
        "transferred_because",
        "income",
        "tax_rate",
        "deferred_rate",
        "staff",
        "assets",
        "restricted_industry",
    ),
    ("year", "total_wages", "deductible_wages", "spent"),
)
MONTHLY = Form("monthly_wages", (MARK, "year", *MONTHS), ("year", *MONTHS))
FILED = Form("filed", (MARK, "year", "row", *ROW_COLUMNS, "fund_balance", "deferred_tax"), ("year",))
SCENARIOS = Form("scenarios", (MARK, "name", "fact", "years", *WAYS), ("name", "fact", "years"))

FORMS = (ENTERPRISE, COST_CENTERS, OPENING, YEARS, MONTHLY, FILED, SCENARIOS)

CHOICES: Mapping[str, tuple[str, ...]] = {
    **{key: get_args(Enterprise.model_fields[key].annotation) for key in ("kind", "accounting", "vintage_order")},
    **{key: get_args(Year.model_fields[key].annotation) for key in ("status", "collection")},
    "qualifications": get_args(Qualification),
    **dict.fromkeys(FLAGS, ("true", "false")),
    "amounts": UNITS,
    "item": ITEMS,
    MARK: MARKS,
}

_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(CHOICES, "word"),
    "qualifications": "words",
    **dict.fromkeys(FLAGS, "flag"),
    **dict.fromkeys(("extraction_rate", "cap_rate", "tax_rate", "deferred_rate", "share", "rate"), "rate"),
    **dict.fromkeys(("year", "from", "founded"), "year"),
    **dict.fromkeys(("staff", "format"), "count"),
    **dict.fromkeys(("name", "account", "credit_code", "cap_rate_because", "transferred_because", "row"), "text"),
    **dict.fromkeys(WAYS, "change"),
    "fact": "fact",
    "years": "span",
}


def kind(key: str) -> Kind:
    """What kind of fact a column holds."""
    return _KINDS.get(key, "amount")


def label(form: Form, key: str, lang: str) -> str:
    """The heading of a column, or the label of an upright fact."""
    own = f"book.columns.{form.name}.{key}"
    return word(own if known(own) else f"names.{key}", lang)


def choice(key: str, value: str, lang: str) -> str:
    """A word of a choice, as a person reads it."""
    own = f"book.choices.{key}.{value}"
    return word(own if known(own) else f"values.{value}", lang)


def choice_said(key: str, *values: str) -> Text:
    """Words of a choice in both languages."""
    zh, en = ([choice(key, each, lang) for each in values] for lang in ("zh", "en"))
    return Text(zh="、".join(zh), en=", ".join(en))


@cache
def choices(key: str) -> Mapping[str, str]:
    """The word of every text that is understood in a column of choices."""
    labels = {plain(choice(key, each, lang)): each for each in CHOICES[key] for lang in LANGUAGES}
    return {**labels, **{plain(each): each for each in CHOICES[key]}}


@cache
def facts() -> Mapping[str, str]:
    """The key of every fact of a year by what a person may call it."""
    labels = {plain(label(YEARS, key, lang)): key for key in Year.model_fields for lang in LANGUAGES}
    return {**labels, **{plain(key): key for key in Year.model_fields}}


def plain(text: str) -> str:
    """A label as it is compared: without width, case, spaces, and marks of what is required."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_*:：\u200b\u200c\u200d\ufeff]", "", folded)


def heading(text: str) -> str:
    """A heading as it is compared: also without a note of its unit, or of what must be filled in."""
    return _NOTE.sub("", plain(text))


@cache
def _headings(form: Form) -> Mapping[str, str]:
    labels = {heading(label(form, key, lang)): key for key in form.columns for lang in LANGUAGES}
    units = {plain(each): "amounts" for each in _UNIT_LABELS} if "amounts" in form.columns else {}
    return {**{plain(key): key for key in form.columns}, **units, **labels}
