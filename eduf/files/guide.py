"""What explains a case workbook: the sheet that is read first, and a comment at every heading."""

from collections.abc import Iterator, Mapping

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from eduf.files import shape
from eduf.files.rules import TYPED
from eduf.files.shape import Form
from eduf.law import Entry, current
from eduf.words import known, sentence, word
from eduf.words.width import width
from eduf.xlsx import page
from eduf.xlsx.cells import put_text

LINES = ("required", "unknown", "none", "mark", "example", "amounts", "rates", "comments", "next")
LISTS: Mapping[str, Form] = {  # what may be chosen, with the sheet whose heading it bears
    **dict.fromkeys(("amounts", "kind", "accounting", "vintage_order", "qualifications"), shape.ENTERPRISE),
    **dict.fromkeys(("deferred_recognised", "deferred_on_fund"), shape.ENTERPRISE),
    "item": shape.OPENING,
    **dict.fromkeys((shape.MARK, "status", "collection", "restricted_industry"), shape.YEARS),
    "row": shape.FILED,
    "fact": shape.SCENARIOS,
}
NOT_CHANGED = (shape.MARK, "year", "status", "cap_rate_because", "transferred_because")

_ABILITY = ("cap.high_tech.2015", "full_deduction.software.2011", "tax_rate.high_tech.2008")
_EXTRACTION = ("extraction.ordinary.2002", "extraction.intensive.2002")
LAW: Mapping[str, tuple[str, ...]] = {  # sheet and fact -> the entries of the law that it rests on
    "enterprise.kind": ("extraction_duty.public_institution.2021", "extraction_duty.administrative_organ.2021"),
    "enterprise.accounting": ("deferred_tax.2008", "deferred_tax.small_business.2008"),
    "enterprise.deferred_recognised": ("deferred_tax.2008",),
    "enterprise.deferred_on_fund": ("deferred_tax.fund_balance.2008",),
    "enterprise.qualifications": _ABILITY,
    "enterprise.extraction_rate": _EXTRACTION,
    "cost_centers.account": ("accounting.extraction.2008",),
    "opening.item": ("fund.balance.2006", "before_2008.2008", "carry_forward.2018"),
    "years.total_wages": ("fund.extraction_base.2006", "wages_base.total_wages.1990"),
    "years.deductible_wages": ("wages_base.deductible_wages.2008", "form_rows.1.2017"),
    "years.extracted": ("extraction_duty.vocational_education.2022", "accounting.extraction.2008"),
    "years.spent": ("deduction.2018", "uses.1.2006", "forbidden.degree.2006"),
    "years.spent_in_full": ("full_deduction.software.2011", "full_deduction.animation.2009"),
    "years.booked_in_full": ("form_rows.6.2017",),
    "years.extraction_rate": _EXTRACTION,
    "years.qualifications": _ABILITY,
    "years.front_line_spent": ("front_line.2010",),
    "years.cap_rate": ("cap.general.2008", "cap.general.2018"),
    "years.cap_rate_because": ("cap.high_tech.zone_zhongguancun.2010", "cap.high_tech.zone_donghu.2012"),
    "years.tax_rate": ("tax_rate.general.2008", "tax_rate.high_tech.2008"),
    "years.deferred_rate": ("deferred_tax.rate.2008",),
    "years.staff": ("small_limit.staff.2019",),
    "years.assets": ("small_limit.assets.2019",),
    "years.restricted_industry": ("small_low_profit.industry.2019",),
    "filed.row": ("form.2018",),
    "filed.rate": ("cap.general.2018",),
    "filed.brought_forward": ("carry_forward.2018",),
    "filed.deducted": ("deduction.2018",),
    "filed.carried_forward": ("carry_forward.2018",),
    "filed.fund_balance": ("fund.balance.2006",),
    "filed.deferred_tax": ("deferred_tax.2008",),
}

_FIRST_LINE = 3
_WIDE = 420  # of a comment, in pixels
_LETTER, _LINE, _MARGIN = 8, 19, 16  # of half a Chinese character, of a line of text, around it; generous


def write(sheet: Worksheet, lang: str) -> Mapping[str, str]:
    """How to fill in the book, and below it the words to choose from; gives the cells of each list."""
    put_text(sheet, 1, 1, word("book.titles.guide", lang), "title")
    for row, line in enumerate(LINES, _FIRST_LINE):
        put_text(sheet, row, 1, sentence(f"book.guide.{line}", lang, typed=TYPED), "line")
        sheet.row_dimensions[row].height = 18
    top = _FIRST_LINE + len(LINES) + 1
    put_text(sheet, top, 1, word("book.page.choices", lang), "note")
    cells = {}
    for column, (key, form) in enumerate(LISTS.items(), 1):
        words = choices(key, lang)
        heading = shape.label(form, key, lang)
        put_text(sheet, top + 1, column, heading, "heading")
        for row, each in enumerate(words, top + 2):
            put_text(sheet, row, column, each)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(map(width, (heading, *words))) + 3
        cells[key] = f"{quote_sheetname(sheet.title)}!${letter}${top + 2}:${letter}${top + 1 + len(words)}"
    page.set_up(sheet, freeze="A2", titles="1:1")
    return cells


def choices(key: str, lang: str) -> list[str]:
    """What may be chosen in the cells of a column, in the words of the language."""
    if key == "fact":
        return [shape.label(shape.YEARS, each, lang) for each in shape.YEARS.columns if each not in NOT_CHANGED]
    if key == "row":
        return [each.removeprefix("row") for each in shape.ROWS]
    none = [word("book.page.none", lang)] if key == "qualifications" else []
    return none + [shape.choice(key, each, lang) for each in shape.CHOICES[key]]


def note(form: Form, key: str, lang: str) -> str:
    """What a fact is."""
    shared = "month" if key in shape.MONTHS else key
    own = f"book.notes.{form.name}.{shared}"
    return word(own if known(own) else f"book.notes.all.{shared}", lang)


def comment(form: Form, key: str, lang: str) -> Comment:
    """What a fact is and which law says so, in a box that holds it all."""
    required = [word("book.page.required", lang)] if key in form.required else []
    lines = [" ".join([*required, note(form, key, lang)]), *_law(LAW.get(f"{form.name}.{key}", ()), lang)]
    room = (_WIDE - _MARGIN) // _LETTER
    high = sum(-(-width(each) // room) for each in lines) + 1
    return Comment("\n".join(lines), "eduf", height=high * _LINE + _MARGIN, width=_WIDE)


def _law(cited: tuple[str, ...], lang: str) -> Iterator[str]:
    """Where the entries stand written and whether that was checked, each document's article once."""
    told = set()
    for source in (source for each in cited for source in _entry(each).sources):
        document = current().documents()[source.document].said(lang)
        where = " ".join([document, *([source.article.said(lang)] if source.article else [])])
        unchecked = source.unchecked.said(lang) if source.unchecked else ""
        if where not in told:
            said = sentence(f"explain.{source.checked}", lang, unchecked=unchecked)
            yield sentence("book.page.law", lang, document=where, checked=said)
        told.add(where)


def _entry(cited: str) -> Entry:
    return next(each for each in current().matter(cited.partition(".")[0]).entry if each.id == cited)
