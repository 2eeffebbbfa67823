"""The law as data: what is in force when, what the loader refuses, and that every value is used by a case."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from making import computed

from eduf.budget import plan
from eduf.explain import explain
from eduf.history import compute
from eduf.law import Law, LawError, current
from eduf.money import Unreadable
from eduf.statute import as_json, found, text, value_of

FOLDER = Path(current().folder)


def test_every_matter_can_be_read() -> None:
    assert len(current().names()) > 15
    for name in current().names():
        assert current().matter(name).entry


def test_every_document_is_cited() -> None:
    cited = {
        source.document
        for name in current().names()
        for each in current().matter(name).entry
        for source in each.sources
    }
    assert cited == set(current().documents())


def test_entries_stand_in_the_order_of_their_days() -> None:
    for name in current().names():
        days = [entry.begins for entry in current().matter(name).entry]
        assert days == sorted(days), name


CAPS = [
    (2008, (), "2.5%"),
    (2017, (), "2.5%"),
    (2018, (), "8%"),
    (2100, ("advanced_service",), "8%"),
    (2014, ("high_tech",), "2.5%"),
    (2015, ("high_tech",), "8%"),
    (2017, ("high_tech",), "8%"),
    (2008, ("advanced_service",), "2.5%"),
    (2009, ("advanced_service",), "8%"),
    (2013, ("advanced_service",), "8%"),
    (2014, ("advanced_service",), "8%"),
    (2016, ("advanced_service",), "8%"),
    (2017, ("advanced_service",), "8%"),
    (2016, ("software",), "2.5%"),
    (2016, ("software", "high_tech"), "8%"),
    (2016, ("animation", "tech_sme", "small_low_profit"), "2.5%"),
]


@pytest.mark.parametrize(("year", "who", "rate"), CAPS)
def test_the_cap_of_a_year_and_a_qualification(year: int, who: tuple[str, ...], rate: str) -> None:
    value = current().rate("cap", year, who).value
    assert value == Decimal(rate.removesuffix("%")) / 100


APPLIED = [
    (2015, ("high_tech", "advanced_service"), "cap.high_tech.2015"),  # which asks for no pilot city
    (2016, ("advanced_service", "high_tech"), "cap.high_tech.2015"),
    (2016, ("advanced_service",), "cap.advanced_service.2014"),
    (2018, ("advanced_service", "high_tech"), "cap.general.2018"),
]


@pytest.mark.parametrize(("year", "who", "entry"), APPLIED)
def test_of_equal_caps_the_one_without_a_condition_applies(year: int, who: tuple[str, ...], entry: str) -> None:
    assert current().rate("cap", year, who).id == entry


IN_FULL = [("software", 2008), ("ic_design", 2008), ("animation", 2009), ("software", 2011), ("ic_design", 2024)]


@pytest.mark.parametrize(("who", "year"), IN_FULL)
def test_full_deduction_is_open_to(who: str, year: int) -> None:
    assert [entry.who for entry in current().on("full_deduction", year, (who,))] == [who]


def test_animation_enterprises_had_no_full_deduction_in_2008() -> None:
    assert current().on("full_deduction", 2008, ("animation",)) == ()


TAX = ("tax_rate", "small_first_rate", "small_rest_rate", "small_first_limit", "small_limit", "loss_relief", "tax")


def used_by_cases() -> set[str]:
    """The entries with a value that a computed case rests on, each through the explanation of a figure."""
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"year": 2012}, {}),
        ({"year": 2016}, {"qualifications": ["high_tech"]}),
        ({"year": 2017, "deferred_rate": "15%"}, {"qualifications": ["advanced_service"]}),
        ({"year": 2016}, {"qualifications": ["advanced_service"]}),
        ({"year": 2010}, {"qualifications": ["advanced_service"]}),
        ({"year": 2018, "extraction_rate": "1.5%"}, {}),
        ({"year": 2019}, {"qualifications": ["high_tech"]}),
        ({"year": 2019, "income": 1}, {"qualifications": ["high_tech", "tech_sme"]}),
        *(({"year": year, "income": 1}, {"qualifications": ["small_low_profit"]}) for year in range(2018, 2025)),
    ]
    ids: set[str] = set()
    for year, enterprise in cases:
        history = computed(year, **enterprise)
        for name in ("cap_rate", "deferred_rate", "extraction_due", "form_deducted", *TAX):
            ids.update(entry.id for entry in explain(history, year["year"], name).law)
    return ids


def used_by_plans() -> set[str]:
    """Those that a plan year of a case is held against."""
    history = computed({"year": 2026, "status": "plan"})
    return {entry.id for entry in plan(history.case).entries}


def test_every_value_of_the_law_is_used_by_a_line_of_a_case_or_a_plan() -> None:
    valued = {
        entry.id
        for name in current().names()
        for entry in current().matter(name).entry
        if entry.value is not None and entry.automatic
    }
    assert valued - used_by_cases() - used_by_plans() == set()


def test_what_is_not_automatic_asks() -> None:
    for name in current().names():
        for entry in current().matter(name).entry:
            assert entry.automatic or entry.ask, entry.id


DOCUMENTS = '["d"]\nzh = "文件"\nen = "document"\n'
SOURCE = 'sources = [ { document = "d", checked = "seen", checked_on = 2026-01-01 } ]\n'
ENTRY = '[[entry]]\nid = "m.a"\nfrom = 2008-01-01\nvalue = "8%"\nzh = "规则"\nen = "rule"\n' + SOURCE
HEAD = 'zh = "事项"\nen = "matter"\nkind = "rate"\n'

REFUSED = {
    "no source": (HEAD + ENTRY.replace(SOURCE, ""), "m.toml: m.a: sources: Field required"),
    "an empty list of sources": (
        HEAD + ENTRY.replace(SOURCE, "sources = []\n"),
        "m.toml: m.a: sources: Tuple should have at least 1 item after validation, not 0",
    ),
    "an unknown key": (HEAD + ENTRY + 'wrong = "x"\n', "m.toml: m.a: wrong: Extra inputs are not permitted"),
    "an overlap": (HEAD + ENTRY + ENTRY.replace("m.a", "m.b"), "m.toml: m.b: overlaps m.a"),
    "the same id": (HEAD + ENTRY + ENTRY.replace("2008", "2009"), "m.toml: m.a: id: stands twice"),
    "another matter's id": (HEAD + ENTRY.replace("m.a", "n.a"), "m.toml: n.a: id: does not begin with m."),
    "an unknown document": (
        HEAD + ENTRY.replace('"d"', '"e"'),
        "m.toml: m.a: sources: no document e in documents.toml",
    ),
    "a rate without a value": (HEAD + ENTRY.replace('value = "8%"\n', ""), "m.toml: m.a: value: a rate needs one"),
    "a text with a value": (HEAD.replace("rate", "text") + ENTRY, "m.toml: m.a: value: a text has none"),
    "part without what is unchecked": (
        HEAD + ENTRY.replace('"seen"', '"part"'),
        'm.toml: m.a: sources.0: Value error, `unchecked` stands exactly where checked = "part"',
    ),
    "dates out of order": (
        HEAD + ENTRY.replace("value", "to = 2007-01-01\nvalue"),
        "m.toml: m.a: : Value error, `to` lies before `from`",
    ),
    "an amount for a rate": (HEAD + ENTRY.replace("8%", "8.00"), "m.toml: m.a: value: 8.00 is not of the kind rate"),
    "a rate for a limit": (
        HEAD.replace('"rate"', '"limit"') + ENTRY,
        "m.toml: m.a: value: 0.080 is not of the kind limit",
    ),
    "an amount for years": (
        HEAD.replace('"rate"', '"years"') + ENTRY.replace("8%", "5.00"),
        "m.toml: m.a: value: 5.00 is not of the kind years",
    ),
    "a rate that is no rate": (HEAD + ENTRY.replace("8%", "1.75%"), "m.toml: m.a: value: Value error, rate_step"),
    "a term of two units": (
        HEAD + ENTRY.replace("value", "terms = [ { years = 3 }, { days = 15, months = 5 } ]\nvalue"),
        "m.toml: m.a: terms.1: Value error, a term has one of days, months, years",
    ),
    "a term of none": (
        HEAD + ENTRY.replace("value", "terms = [ { } ]\nvalue"),
        "m.toml: m.a: terms.0: Value error, a term has one of days, months, years",
    ),
    "a term of nothing": (
        HEAD + ENTRY.replace("value", "terms = [ { years = 0 } ]\nvalue"),
        "m.toml: m.a: terms.0.years: Input should be greater than 0",
    ),
    "no entry": (HEAD + "entry = []\n", "m.toml: m: entry: Tuple should have at least 1 item after validation, not 0"),
}


def law_in(folder: Path, matter: str) -> Law:
    (folder / "documents.toml").write_text(DOCUMENTS, encoding="utf-8")
    (folder / "m.toml").write_text(matter, encoding="utf-8")
    return Law(folder)


def test_a_sound_matter_is_accepted(tmp_path: Path) -> None:
    assert law_in(tmp_path, HEAD + ENTRY).matter("m").entry[0].value == Decimal("0.080")


def test_a_limit_is_an_amount_or_a_number_of_people(tmp_path: Path) -> None:
    head, people = HEAD.replace('"rate"', '"limit"'), ENTRY.replace("m.a", "m.b").replace('"8%"', "300")
    text = head + ENTRY.replace("8%", "3,000,000.00") + people.replace("from", 'choice = "people"\nfrom')
    entries = law_in(tmp_path, text).matter("m").entry
    assert [value_of(each) for each in entries] == ["3,000,000.00", "300"]
    assert [each.is_amount for each in entries] == [True, False]


@pytest.mark.parametrize("why", REFUSED)
def test_the_loader_refuses(why: str, tmp_path: Path) -> None:
    matter, message = REFUSED[why]
    with pytest.raises(LawError) as refused:
        law_in(tmp_path, matter).matter("m")
    assert str(refused.value) == message


def test_the_loader_names_the_line_of_a_syntax_error(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"^m\.toml: .*line 2"):
        law_in(tmp_path, 'zh = "x"\nen = = 1').matter("m")


def test_an_unknown_matter_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        current().matter("nothing")


def test_the_fingerprint_changes_with_a_file(tmp_path: Path) -> None:
    before = law_in(tmp_path, HEAD + ENTRY).sha256()
    assert law_in(tmp_path, HEAD + ENTRY.replace("8%", "9%")).sha256() != before


def test_the_law_of_a_year_is_shown_with_its_marks() -> None:
    lines = list(text(found("cap", 2016, ("high_tech",)), "zh"))
    assert lines == [
        "职工教育经费税前扣除比例  [cap]",
        "  2.5%  企业发生的职工教育经费支出，不超过工资薪金总额2.5%的部分，准予扣除。",
        "      《中华人民共和国企业所得税法实施条例》（国务院令第512号） 第四十二条 "
        "(2008-01-01至2017-12-31; 已核对原文)",
        lines[3],
        "      财税〔2015〕63号 (2015-01-01至2017-12-31; 未核对：开始日期)",
    ]
    assert lines[3].endswith("(适用于：高新技术企业)")


def test_what_is_not_applied_by_itself_says_so_and_asks() -> None:
    lines = "\n".join(text(found("cap", 2012, ("high_tech",)), "en"))
    assert lines.count("shown, not applied by itself") == 4
    assert lines.count("asks: If the enterprise is in") == 4


def test_nothing_in_force_is_said() -> None:
    assert list(text(found("form", 2008, ()), "en")) == ["No rule of that kind."]


def test_the_law_as_json_holds_every_entry() -> None:
    document = as_json(found(None, None, ()), "en")
    files = [path for path in FOLDER.glob("*.toml") if path.stem != "documents"]
    entries = sum(len(tomllib.loads(path.read_text(encoding="utf-8"))["entry"]) for path in files)
    assert sum(len(matter["entries"]) for matter in document["matters"]) == entries


def test_a_rate_that_is_replaced_holds_for_what_the_entry_holds_for() -> None:
    law = current().replace("cap.general.2018", Decimal("0.06"))
    assert [law.rate("cap", year).value for year in (2017, 2018, 2030)] == [
        Decimal("0.025"),
        Decimal("0.060"),
        Decimal("0.060"),
    ]
    assert current().rate("cap", 2018).value == Decimal("0.080")
    facts = {"total_wages": 1_000_000, "deductible_wages": 1_000_000, "spent": 90_000}
    case = computed({"year": 2018, **facts}).case
    assert compute(case, law).years[0].values["cap"] == Decimal("60000.00")
    assert compute(case).years[0].values["cap"] == Decimal("80000.00")


def test_replacements_add_up_and_the_last_of_an_entry_counts() -> None:
    law = current().replace("cap.general.2018", "6%").replace("tax_rate.general.2008", "20%")
    again = law.replace("cap.general.2018", "7%")
    assert again.rate("cap", 2018).value == Decimal("0.070")
    assert again.rate("tax_rate", 2018).value == Decimal("0.200")
    assert law.rate("cap", 2018).value == Decimal("0.060")


def test_a_law_with_a_replaced_rate_has_its_own_fingerprint_and_counts_as_unchecked() -> None:
    law = current().replace("cap.general.2018", "6%")
    assert law != current()
    assert law.sha256() != current().sha256() != current().replace("cap.general.2018", "7%").sha256()
    assert law == current().replace("cap.general.2018", Decimal("0.06"))
    assert law.rate("cap", 2018).unchecked
    assert not current().rate("cap", 2018).unchecked
    case = computed({"year": 2018}).case
    assert "law_unchecked" in [each.code for each in compute(case, law).problems]


@pytest.mark.parametrize(
    ("value", "rate"),
    [("0%", "0"), (Decimal(0), "0"), (Decimal("1.000"), "1"), ("100%", "1"), (Decimal("0.125"), "0.125")],
)
def test_a_rate_from_nothing_to_all_may_be_put_in(value: Decimal | str, rate: str) -> None:
    assert current().replace("cap.general.2018", value).rate("cap", 2018).value == Decimal(rate)


@pytest.mark.parametrize("value", ["8", "8.05%", "101%", "-1%", "a", Decimal("0.0801"), Decimal("1.1"), Decimal("nan")])
def test_what_is_not_a_rate_is_refused(value: Decimal | str) -> None:
    with pytest.raises(Unreadable):
        current().replace("cap.general.2018", value)


@pytest.mark.parametrize("entry", ["cap.general.2019", "cap", "nothing.2018", "deduction.actual.2008", "form.2018"])
def test_only_a_rate_that_is_there_can_be_replaced(entry: str) -> None:
    with pytest.raises(KeyError, match=re.escape(entry.partition(".")[0])):
        current().replace(entry, "6%")
