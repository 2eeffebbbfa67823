"""A cell of a case workbook becomes what the case reads, or a problem: never a guess."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from eduf.files import shape
from eduf.files.formats import is_percent
from eduf.files.sheets import Cell
from eduf.money import Typed, plain, shown
from eduf.words import LANGUAGES, word

NONE = frozenset({"无", "none", "[]"})  # stated to be nothing; what is left empty is not stated
_OTHER_UNIT = re.compile(
    r"千元|百万|千万|亿元?|美元|港币|港元|欧元|日元|\bthousands?\b|\bmillions?\b|\bbillions?\b|\b(?:usd|hkd|eur|jpy)\b|[$€]|'000",
    re.IGNORECASE,
)
_WAN = re.compile(
    r"万元|单位[:：]?\s*(?:人民币)?\s*万|[(（\[]\s*(?:万|wan)\s*[)）\]]|\b10,?000\b|\bten thousand\b", re.IGNORECASE
)
UNIT_LINE = re.compile(r"\s*(金额)?单位\s*[:：]|\s*units?\s*:", re.IGNORECASE)
_YUAN = re.compile(
    r"[(（\[]\s*(?:单位[:：]?)?\s*(?:人民币)?\s*(?:元|yuan)\s*[)）\]]|单位[:：]\s*(?:人民币)?\s*元\s*$", re.IGNORECASE
)
_SPOKEN_OF = re.compile(r"[\[]|[(（]|单位|人民币|\bunit|\bin\b|\brmb\b|\bcny\b|元$|万$", re.IGNORECASE)
_TOTAL = re.compile(r"(本页|本年)?(合计|小计|总计|累计|共计)|(grand|sub)?total|sum")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_FIRST_DAY = date(1899, 12, 30)  # of serials
_SERIALS = range(20_000, 80_000)  # days of the years 1954 to 2119


@dataclass(frozen=True)
class Read:
    """What a cell gave: the value for the case; `differs` where it was typed otherwise; or the code of a problem."""

    value: object = None
    differs: bool = False
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def text_of(cell: Cell) -> str:
    """What a cell says, on one line, without the spaces of other keyboards around it."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell.value) if cell.kind == "text" else cell.value
    return re.sub(r"[\u200b\u200c\u200d\ufeff]", "", text).strip()


def unit_said(text: str) -> str:
    """What a heading or a title says that amounts are in: `yuan`, `wan`, `other`, or "" where it says nothing."""
    if not _SPOKEN_OF.search(text):
        return ""
    if _OTHER_UNIT.search(re.sub(r"ten thousand", "", text, flags=re.IGNORECASE)):
        return "other"
    if _WAN.search(text):
        return "wan"
    return "yuan" if _YUAN.search(text) else ""


def is_total(text: str) -> bool:
    """Whether a row of that name sums other rows."""
    return _TOTAL.fullmatch(shape.plain(text)) is not None


def read(cell: Cell, key: str, unit: str, fact: str = "") -> Read:
    """The value of a cell in the column of that key; `unit` is what plain amounts are in, `fact` what changes."""
    if cell.kind == "error":
        return Read(code="book_error_value", values={"found": cell.value})
    if cell.kind == "no_value":
        return Read(code="book_no_value", values={"formula": shown(f"={cell.formula.removeprefix('=')}")})
    found = _READERS[shape.kind(key)](cell, key, unit, fact)
    return Read(found.value, found.differs or bool(cell.formula), found.code, found.values)


def _amount(cell: Cell, key: str, unit: str, fact: str) -> Read:
    if cell.kind == "date":
        return Read(code="book_date", values={"found": cell.value})
    if cell.kind == "true_false":
        return Read(cell.value == "true")
    text = text_of(cell)
    if cell.kind == "text":
        in_wan = unit == "wan" and not re.search("[元万亿]", text)
        return Read(_in_wan(text) if in_wan else text, differs=True)
    if is_percent(cell.format):
        return Read(code="book_percent_amount", values={"found": _percent(cell.value)})
    if "万" in cell.format:
        return Read(code="book_format_wan", values={"found": cell.value, "format": cell.format})
    if unit_said(re.sub(r"[\\\[\]\"]", "", cell.format)) == "other":
        return Read(code="book_unit_other", values={"found": cell.format})
    return Read(_in_wan(text), differs=True) if unit == "wan" else Read(Typed(text))


def _in_wan(text: str) -> str:
    inside = re.fullmatch(r"[(（](.*)[)）]", text)
    return f"({inside[1]}万元)" if inside else f"{text}万元"


def _rate(cell: Cell, key: str, unit: str, fact: str) -> Read:
    if cell.kind == "date":
        return Read(code="book_date", values={"found": cell.value})
    if cell.kind == "number" and "%" in cell.format and not is_percent(cell.format):
        return Read(code="book_format_percent", values={"found": cell.value, "format": cell.format})
    if cell.kind == "number":
        return Read(_percent(cell.value) if is_percent(cell.format) else Typed(cell.value))
    return Read(cell.value == "true") if cell.kind == "true_false" else Read(text_of(cell), differs=True)


def _percent(number: str) -> str:
    return f"{plain(Decimal(number).scaleb(2))}%"


def _year(cell: Cell, key: str, unit: str, fact: str) -> Read:
    if cell.kind == "date":
        return Read(date.fromisoformat(cell.value).year, differs=True)
    if cell.kind == "number":
        found = _whole(cell.value)
        if isinstance(found, int) and found in _SERIALS:
            day = _FIRST_DAY + timedelta(days=found)
            return Read(code="book_serial", values={"found": cell.value, "day": day.isoformat(), "year": str(day.year)})
        return Read(found)
    text = re.sub("(年度?|fy)$|^fy", "", unicodedata.normalize("NFKC", text_of(cell)).casefold()).strip()
    return Read(int(text) if _digits(text) else text_of(cell), differs=True)


def _count(cell: Cell, key: str, unit: str, fact: str) -> Read:
    if cell.kind == "number":
        return Read(_whole(cell.value))
    text = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", text_of(cell)))
    return Read(int(text) if _digits(text) else text_of(cell), differs=True)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _whole(number: str) -> object:
    value = Decimal(number)
    return int(value) if value == value.to_integral_value() else Typed(number)


def _word(cell: Cell, key: str, unit: str, fact: str) -> Read:
    text = text_of(cell)
    return Read(shape.choices(key).get(shape.plain(text), text))


def _words(cell: Cell, key: str, unit: str, fact: str) -> Read:
    text = text_of(cell)
    if shape.plain(text) in NONE | {shape.plain(word("values.general", lang)) for lang in LANGUAGES}:
        return Read([])
    parts = [each for each in re.split(r"[、,，;；+/\n]", text) if each.strip()]
    return Read([shape.choices("qualifications").get(shape.plain(each), each.strip()) for each in parts])


def _flag(cell: Cell, key: str, unit: str, fact: str) -> Read:
    text = text_of(cell)
    found = shape.choices(key).get(shape.plain(text), text)
    return Read({"true": True, "false": False}.get(found, text))


def _text(cell: Cell, key: str, unit: str, fact: str) -> Read:
    text = text_of(cell)
    if cell.kind == "number" and re.fullmatch("0+", cell.format):
        return Read(text.zfill(len(cell.format)), differs=True)
    if key == "credit_code":
        narrow = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
        return Read(narrow, differs=narrow != text)
    return Read(text, differs=cell.kind not in ("text", "number"))


def _fact(cell: Cell, key: str, unit: str, fact: str) -> Read:
    text = text_of(cell)
    return Read(shape.facts().get(shape.plain(text), text))


def _span(cell: Cell, key: str, unit: str, fact: str) -> Read:
    if cell.kind == "number":
        return _year(cell, key, unit, fact)
    typed = text_of(cell)
    narrow = re.sub("年|\\s", "", unicodedata.normalize("NFKC", typed))
    text = re.sub("[–—−~至]+|起$", "-", narrow)
    return Read(text, differs=text != typed)


def _change(cell: Cell, key: str, unit: str, fact: str) -> Read:
    text = text_of(cell)
    is_amount = key in ("to", "add") and shape.kind(fact) == "amount" and not re.search("[×*]", text)
    if is_amount and not (cell.kind == "number" and is_percent(cell.format)):
        return _changed_amount(cell, unit)
    if cell.kind == "number" and "%" in cell.format and not is_percent(cell.format):
        return Read(code="book_format_percent", values={"found": cell.value, "format": cell.format})
    if cell.kind == "number":
        return Read(_changed(Decimal(text), cell.format))
    if fact == "qualifications":
        return _words(cell, key, unit, fact)
    if fact in shape.CHOICES:
        return Read(shape.choices(fact).get(shape.plain(text), text))
    return Read(text)


def _changed_amount(cell: Cell, unit: str) -> Read:
    """An amount that a fact is set to or changed by, as it is read anywhere else."""
    found = _amount(cell, "amount", unit, "")
    is_plain = cell.kind == "number" and isinstance(found.value, Typed)
    return Read(plain(Decimal(str(found.value)))) if is_plain else found


def _changed(number: Decimal, form: str) -> str:
    return f"{plain(number.scaleb(2))}%" if is_percent(form) else plain(number)


_READERS = {
    "amount": _amount,
    "rate": _rate,
    "year": _year,
    "count": _count,
    "word": _word,
    "words": _words,
    "flag": _flag,
    "text": _text,
    "fact": _fact,
    "span": _span,
    "change": _change,
}
