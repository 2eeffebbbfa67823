"""What is due when: the days of each kind of case, their amounts and their law, and what the files say of them."""

import re
import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from making import case_of

from eduf import deadlines, read
from eduf.case import Case
from eduf.deadlines import Calendar, Deadline, hours, years
from eduf.deadlines.document import as_json
from eduf.deadlines.ics import ALARM, LONGEST, escaped, folded, ics
from eduf.deadlines.text import text
from eduf.law import Law, current
from eduf.law.entry import Term
from eduf.problems import Problem, Refused
from eduf.schemas import schema_of
from eduf.words import LANGUAGES
from eduf.words.width import width

ROOT = Path(__file__).parent.parent
MACHINERY = read(ROOT / "examples" / "machinery.toml")
SERVICES = read(ROOT / "examples" / "services.toml")
HOURS = {"hours_declared", "hours_filing"}
SETTLED = {"prepayment", "settlement", "wages_paid", "vouchers"}
BOOKED = {"extraction", "front_line"}
PERIODS = {"missed_from_year_end", "missed_from_settlement", "refund", "collection"}


def made(*stated: Mapping[str, Any], **enterprise: Any) -> Case:
    """A case of a few years; a year that does not say so has a million of wages and spends its whole extraction."""
    plain = {"total_wages": 1_000_000, "deductible_wages": 1_000_000, "extracted": 25_000, "spent": 25_000}
    table = {"name": "测试企业", "extraction_rate": "2.5%", **enterprise}
    return case_of({"format": 1, "enterprise": table, "year": [{**plain, **each} for each in stated]})


def of_year(case: Case, year: int) -> tuple[Deadline, ...]:
    return deadlines.of(case).of_year(year).deadlines


def codes(case: Case, year: int) -> set[str]:
    return {each.code for each in of_year(case, year)}


def one(case: Case, year: int, code: str, part: int | None = None) -> Deadline:
    (found,) = (each for each in of_year(case, year) if each.code == code and part in (None, each.part))
    return found


# Days

DAYS = [
    ("prepayment", 1, "2023-04-15"),
    ("prepayment", 2, "2023-07-15"),
    ("prepayment", 3, "2023-10-15"),
    ("prepayment", 4, "2024-01-15"),
    ("settlement", None, "2024-05-31"),
    ("wages_paid", None, "2024-05-31"),
    ("vouchers", None, "2024-05-31"),
    ("extraction", None, "2023-12-31"),
    ("front_line", None, "2023-12-31"),
    ("hours_declared", None, "2023-12-31"),
    ("hours_filing", None, "2023-12-31"),
    ("refund", None, "2027-05-31"),  # 3 years from 31 May 2024
    ("collection", 3, "2027-05-31"),
    ("collection", 5, "2029-05-31"),
    ("missed_from_year_end", 5, "2028-12-31"),
    ("missed_from_settlement", 5, "2029-05-31"),
]


@pytest.mark.parametrize(("code", "part", "day"), DAYS)
def test_the_days_of_a_tax_year(code: str, part: int | None, day: str) -> None:
    assert one(made({"year": 2023}), 2023, code, part).day.isoformat() == day


@pytest.mark.parametrize("year", [2023, 2024, 2027])
def test_a_leap_year_moves_no_day_of_tax(year: int) -> None:
    case = made({"year": year})
    days = {(each.code, each.day.month, each.day.day) for each in of_year(case, year) if each.code in SETTLED | PERIODS}
    assert days == {
        *(("prepayment", month, 15) for month in (1, 4, 7, 10)),
        *((code, 5, 31) for code in ("settlement", "wages_paid", "vouchers", "refund", "collection")),
        ("missed_from_year_end", 12, 31),
        ("missed_from_settlement", 5, 31),
    }


TERMS = [
    ({"days": 15}, "2024-12-31", "2025-01-15"),
    ({"days": 1}, "2024-02-28", "2024-02-29"),
    ({"months": 5}, "2023-12-31", "2024-05-31"),
    ({"months": 2}, "2023-12-31", "2024-02-29"),  # the end of a month leads to the end of a month
    ({"months": 1}, "2023-01-30", "2023-02-28"),  # there is no 30 February
    ({"years": 3}, "2021-05-31", "2024-05-31"),
    ({"years": 1}, "2023-02-28", "2024-02-29"),
    ({"years": 1}, "2024-02-29", "2025-02-28"),
    ({"years": 1}, "2024-02-28", "2025-02-28"),
]


@pytest.mark.parametrize(("term", "begins", "ends"), TERMS)
def test_a_term_ends(term: dict[str, int], begins: str, ends: str) -> None:
    assert Term(**term).after(date.fromisoformat(begins)).isoformat() == ends


@given(st.dates(date(2008, 1, 1), date(2100, 12, 31)), st.integers(1, 60))
def test_months_lead_to_the_month_that_many_later_and_years_to_twelve_times_as_many(begins: date, n: int) -> None:
    ends = Term(months=n).after(begins)
    assert (ends.year * 12 + ends.month) - (begins.year * 12 + begins.month) == n
    assert ((ends + timedelta(days=1)).day == 1) or ends.day == begins.day
    assert Term(years=n).after(begins) == Term(months=12 * n).after(begins)


# What applies to whom


def test_an_enterprise_has_all_but_what_its_figures_do_not_call_for() -> None:
    assert codes(made({"year": 2023}), 2023) == HOURS | SETTLED | BOOKED | PERIODS


def test_of_an_administrative_organ_only_study_hours_are_asked() -> None:
    organ = made({"year": 2020}, {"year": 2021}, kind="administrative_organ")
    assert codes(organ, 2021) == HOURS
    assert codes(organ, 2020) == set()


def test_a_public_institution_that_extracts_nothing_has_no_extraction_to_book() -> None:
    quiet = made({"year": 2023, "extracted": 0, "spent": 0}, kind="public_institution")
    assert codes(quiet, 2023) == (HOURS | SETTLED | PERIODS) - {"vouchers"}
    assert "extraction" in codes(made({"year": 2023}, kind="public_institution"), 2023)


def test_a_deemed_year_has_no_settlement_of_this_fund_and_no_periods() -> None:
    deemed = made({"year": 2023, "collection": "deemed"}, {"year": 2024})
    assert codes(deemed, 2023) == HOURS | BOOKED
    assert codes(deemed, 2024) == HOURS | SETTLED | BOOKED | PERIODS
    assert one(deemed, 2023, "extraction").notes == ("deemed",)
    assert "deemed" not in one(deemed, 2024, "extraction").notes


@pytest.mark.parametrize(("accounting", "there"), [("cas", True), ("small_business", False), ("government", False)])
def test_deferred_tax_is_measured_where_there_is_any(accounting: str, there: bool) -> None:  # noqa: FBT001
    over = {"year": 2023, "spent": 100_000}  # 100,000 - 1,000,000 * 8 % = 20,000 carried forward
    assert ("deferred_tax" in codes(made(over, accounting=accounting), 2023)) is there
    assert "deferred_tax" not in codes(made({"year": 2023}, accounting=accounting), 2023)


def test_a_carry_forward_that_is_used_up_is_still_measured_once_more() -> None:
    case = made({"year": 2022, "spent": 100_000}, {"year": 2023, "spent": 0})
    assert one(case, 2023, "deferred_tax").amounts == (
        ("deferred_tax", Decimal("0.00")),
        ("deferred_tax_change", Decimal("-5000.00")),  # 20,000 * 25 %
    )


def test_nothing_spent_needs_no_vouchers() -> None:
    assert "vouchers" not in codes(made({"year": 2023, "spent": 0}), 2023)


SINCE = [
    ("hours_declared", 2021),
    ("hours_filing", 2021),
    ("wages_paid", 2015),
    ("front_line", 2010),
    ("prepayment", 2008),
]


@pytest.mark.parametrize(("code", "first"), SINCE)
def test_a_rule_asks_nothing_of_the_years_before_it(code: str, first: int) -> None:
    case = made(*({"year": year} for year in range(2008, 2024)))
    assert {each.year for each in deadlines.of(case).deadlines if each.code == code} == set(range(first, 2024))


def test_periods_are_shown_while_they_run_when_the_last_actual_year_ends() -> None:
    case = made(*({"year": year} for year in range(2016, 2024)), {"year": 2024, "status": "plan"})
    open_years: dict[str, set[int]] = {}
    for each in deadlines.of(case).deadlines:
        if each.code in PERIODS:
            open_years.setdefault(f"{each.code} {each.part}", set()).add(each.year)
    assert open_years == {
        "missed_from_year_end 5": {2019, 2020, 2021, 2022, 2023},  # that of 2018 ends with 2023 itself
        "missed_from_settlement 5": {2018, 2019, 2020, 2021, 2022, 2023},
        "refund 3": {2020, 2021, 2022, 2023},
        "collection 3": {2020, 2021, 2022, 2023},
        "collection 5": {2018, 2019, 2020, 2021, 2022, 2023},
    }


def test_before_the_announcement_of_2012_no_claim_for_missed_deductions_is_shown() -> None:
    assert codes(made({"year": 2010}), 2010) & PERIODS == {"refund", "collection"}
    assert codes(made({"year": 2010}, {"year": 2011}, {"year": 2012}), 2010) >= PERIODS


def test_a_case_of_planned_years_has_no_periods() -> None:
    assert codes(made({"year": 2026, "status": "plan"}), 2026) & PERIODS == set()


# Amounts

AMOUNTS = [
    (MACHINERY, 2021, "settlement", {"total_deducted": "1084950.40", "total_adjustment": "-174950.40",
                                     "carried_forward": "266089.81"}),
    (MACHINERY, 2021, "front_line", {"front_line_spent": "561700.00", "total": "884250.00"}),
    (MACHINERY, 2020, "front_line", {"front_line_spent": None, "total": "1143906.25"}),
    (MACHINERY, 2021, "wages_paid", {"deductible_wages": "13561880.00"}),
    (MACHINERY, 2021, "vouchers", {"spent": "884250.00"}),
    (MACHINERY, 2021, "extraction", {"extracted": "910000.00"}),
    (MACHINERY, 2018, "overspent", {"overspent": "115945.60"}),
    (SERVICES, 2024, "overspent", {"overspent": "78925.90"}),
]  # fmt: skip


@pytest.mark.parametrize(("case", "year", "code", "expected"), AMOUNTS)
def test_the_amounts_of_a_deadline(case: Case, year: int, code: str, expected: dict[str, str | None]) -> None:
    found = {name: None if value is None else str(value) for name, value in one(case, year, code).amounts}
    assert found == expected


def test_training_deducted_in_full_is_shown_where_there_is_any() -> None:
    case = made({"year": 2023, "spent_in_full": 5_000, "extracted": 30_000}, qualifications=["software"])
    assert dict(one(case, 2023, "vouchers").amounts) == {"spent": Decimal("25000.00"), "spent_in_full": Decimal("5000")}
    assert dict(one(case, 2023, "front_line").amounts)["total"] == Decimal("30000.00")


def test_december_holds_what_the_rounded_months_leave_of_the_year() -> None:
    stated = next(each for each in MACHINERY.years if each.year == 2025)
    wages = [int(each * 100) for each in stated.monthly_wages or ()]
    months = [(each * 25 + 500) // 1000 for each in wages]  # fen, half up
    december = 40_775_000 - sum(months[:11])
    assert dict(one(MACHINERY, 2025, "extraction").amounts) == {
        "extracted": Decimal("407750.00"),
        "december": Decimal(december).scaleb(-2),
        "true_up": Decimal(december - months[11]).scaleb(-2),
    }
    assert december != months[11]


def test_months_that_need_no_true_up_say_so() -> None:
    case = made({"year": 2023, "total_wages": 1_200_000, "monthly_wages": [100_000] * 12, "extracted": 30_000})
    assert dict(one(case, 2023, "extraction").amounts) == {
        "extracted": Decimal("30000.00"),
        "december": Decimal("2500.00"),
        "true_up": Decimal("0.00"),
    }


# Law


def stated_law() -> dict[str, dict[str, Any]]:
    """The entries as the files have them."""
    found: dict[str, dict[str, Any]] = {}
    for path in Path(current().folder).glob("*.toml"):
        found |= {each["id"]: each for each in tomllib.loads(path.read_text("utf-8")).get("entry", ())}
    return found


def test_a_deadline_is_marked_by_its_least_checked_text() -> None:
    law, worst = stated_law(), ["no", "part", "seen"]
    for each in deadlines.of(MACHINERY).deadlines:
        marks = [source["checked"] for entry in each.law for source in law[entry.id]["sources"]]
        assert each.checked == min(marks, key=worst.index), each


def test_the_days_that_no_text_was_read_for_are_not_called_checked() -> None:
    unread = {"prepayment", "settlement", "wages_paid", "vouchers", "extraction"}
    marks = {each.code: each.checked for each in deadlines.of(MACHINERY).deadlines}
    assert {marks[code] for code in unread} == {"no"}


def test_only_the_claims_whose_counting_is_open_are_disputed_and_both_readings_stand_there() -> None:
    found = deadlines.of(MACHINERY).deadlines
    assert {each.code for each in found if each.disputed} == {"missed_from_year_end", "missed_from_settlement"}
    for each in found:
        assert each.disputed == ("time_limits.counting.2012" in {entry.id for entry in each.law})


def test_a_term_stands_in_the_sentence_of_its_entry() -> None:
    units = {"days": "{}日", "months": "{}个月", "years": "{}年"}
    terms = [(entry, term) for entry in stated_law().values() for term in entry.get("terms", ())]
    assert len(terms) == 6
    for entry, term in terms:
        ((unit, number),) = term.items()
        assert units[unit].format(number) in entry["zh"]


def test_the_law_of_a_deadline_was_in_force() -> None:
    case = made(*({"year": year} for year in range(2008, 2024)))
    for each in deadlines.of(case).deadlines:
        limit = date(2023 if each.code in PERIODS else each.year, 12, 31)
        assert all(entry.in_force(limit) for entry in each.law), each


# Text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", [MACHINERY, SERVICES], ids=["machinery", "services"])
def test_the_table_stands_straight_and_in_the_order_of_the_days(case: Case, lang: str) -> None:
    calendar = deadlines.of(case)
    lines = list(text(calendar, lang))
    table = lines[2 : lines.index("", 2)]
    rows = [line for line in table if re.match(r"\d{4}-", line)]
    assert [line[:10] for line in rows] == sorted(each.day.isoformat() for each in calendar.deadlines)
    assert len({width(line[: line.index(" [") + 2]) for line in rows}) == 1
    assert max(map(width, rows)) <= 120
    with_amounts = [line for line in table if line.startswith("   ")]
    assert len(with_amounts) == sum(bool(each.amounts) for each in calendar.deadlines)
    assert not any(line != line.rstrip() for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_the_law_leads_to_its_entry_with_its_mark(lang: str) -> None:
    calendar = deadlines.of(MACHINERY)
    lines = list(text(calendar, lang))
    listed = [line for line in lines if re.match(r"\[\d+\] ", line)]
    assert [line.rsplit("[", 1)[1].rstrip("]") for line in listed] == [entry.id for entry in calendar.entries]
    numbers = {int(n) for line in lines if re.match(r"\d{4}-", line) for n in re.findall(r"\[(\d+)\]", line)}
    assert numbers == set(range(1, len(listed) + 1))


def test_what_must_be_said_is_said_once_and_only_where_it_matters() -> None:
    assert deadlines.of(MACHINERY).of_year(2016).notes == ("weekends",)
    assert set(deadlines.of(MACHINERY).notes) == {"weekends", "hours", "periods"}
    assert deadlines.of(SERVICES).of_year(2023).notes == ("deemed", "hours")


def test_text_in_english() -> None:
    lines = list(text(deadlines.of(MACHINERY).of_year(2018), "en"))
    assert lines[0] == "开封精工机械示例有限公司: what is due when"
    assert lines[2].split() == ["Day", "Year", "What", "is", "due", "Law"]
    assert lines[3].split("  ")[:3] == ["2018-04-15", "2018", "Prepay income tax for quarter 1 of 2018"]
    assert "                  Charge to cost 115,945.60" in lines
    assert "    Enterprise Income Tax Law of the People's Republic of China (from 2008-01-01; not checked)" in lines


def test_no_deadline_is_said() -> None:
    organ = made({"year": 2020}, kind="administrative_organ")
    assert list(text(deadlines.of(organ), "en")) == [
        "测试企业: what is due when",
        "No deadline that eduf knows: there is none in these years.",
    ]


# JSON

VALIDATOR = Draft202012Validator(schema_of("calendar"), format_checker=FormatChecker())
ORGAN = made({"year": 2020}, {"year": 2021}, kind="administrative_organ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", [MACHINERY, SERVICES, ORGAN], ids=["machinery", "services", "organ"])
def test_the_json_fits_its_schema_and_cites_what_it_lists(case: Case, lang: str) -> None:
    document = as_json(deadlines.of(case), lang)
    VALIDATOR.validate(document)
    listed = [entry["id"] for entry in document["law"]["entries"]]
    assert {each for deadline in document["deadlines"] for each in deadline["law"]} == set(listed)
    assert len(listed) == len(set(listed))
    assert {each for deadline in document["deadlines"] for each in deadline["notes"]} == {
        note["code"] for note in document["notes"]
    }
    assert not any("deadlines." in str(each) or "{" in each["says"] for each in document["deadlines"])


def test_the_schema_knows_every_code_and_no_other() -> None:
    known = schema_of("calendar")["$defs"]["deadline"]["properties"]["code"]["enum"]
    made_here = {kind.code for kind in years.KINDS} | {period.code for period in years.PERIODS}
    assert set(known) == made_here | {each.code for each in hours.of(current(), 2021)}


def test_the_schema_refuses_what_the_command_would_never_write() -> None:
    document = as_json(deadlines.of(SERVICES), "en")
    for key, wrong in {"checked": "yes", "law": [], "date": "31 May", "amounts": [{"name": "spent"}]}.items():
        first = {**document["deadlines"][0], key: wrong}
        assert not VALIDATOR.is_valid({**document, "deadlines": [first]}), key


def test_both_languages_have_the_same_days_and_amounts() -> None:
    def bare(lang: str) -> list[tuple[Any, ...]]:
        document = as_json(deadlines.of(MACHINERY), lang)["deadlines"]
        return [
            (each["date"], each["code"], each["part"], [amount["amount"] for amount in each["amounts"]])
            for each in document
        ]

    assert bare("zh") == bare("en")


def test_a_chosen_year_has_its_own_problems_only() -> None:
    whole = deadlines.of(MACHINERY)
    assert {each.where.year for each in whole.of_year(2018).problems if each.code == "fund_overspent"} == {2018}
    assert not [each for each in whole.of_year(2020).problems if each.code == "fund_overspent"]


# iCalendar, read back by the package icalendar


def events(calendar: Calendar, lang: str = "zh") -> list[Any]:
    """The events as the package understands them."""
    parsed = icalendar.Calendar.from_ical(ics(calendar, lang))
    assert isinstance(parsed, icalendar.Calendar)
    assert parsed.errors == []
    found = [each for each in parsed.walk("VEVENT") if isinstance(each, icalendar.Event)]
    assert all(each.errors == [] for each in found)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", [MACHINERY, SERVICES, ORGAN], ids=["machinery", "services", "organ"])
def test_an_ics_file_says_to_others_what_the_calendar_says(case: Case, lang: str) -> None:
    calendar = deadlines.of(case)
    read_back = events(calendar, lang)
    assert len(read_back) == len(calendar.deadlines)
    for event, deadline in zip(read_back, calendar.deadlines, strict=True):
        assert event["DTSTART"].dt == deadline.day
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["SUMMARY"] == f"{deadline.says(lang)} ({deadline.marks(lang)})"
        assert all(entry.said(lang) in event["DESCRIPTION"].split("\n") for entry in deadline.law)
        (alarm,) = event.walk("VALARM")
        assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-ALARM))
    assert len({event["UID"] for event in read_back}) == len(read_back)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_ics_file_is_lines_of_at_most_75_bytes_each_valid_by_itself(lang: str) -> None:
    content = ics(deadlines.of(MACHINERY), lang)
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) == LONGEST == 75
    assert all("\n" not in line.decode() and "\r" not in line.decode() for line in lines)


def test_an_ics_file_has_the_same_bytes_twice_and_no_clock_in_them() -> None:
    case = read(ROOT / "examples" / "machinery.toml")
    content = ics(deadlines.of(case), "zh")
    assert content == ics(deadlines.of(read(ROOT / "examples" / "machinery.toml")), "zh")
    checked = max(source["checked_on"] for each in stated_law().values() for source in each["sources"])
    assert set(re.findall(rb"DTSTAMP:(\d+)T000000Z\r\n", content)) == {f"{checked:%Y%m%d}".encode()}


def test_a_changed_amount_or_language_replaces_the_same_events_and_another_enterprise_does_not() -> None:
    def uids(case: Case, lang: str = "zh") -> set[str]:
        return {str(event["UID"]) for event in events(deadlines.of(case), lang)}

    plain = made({"year": 2023})
    assert uids(plain) == uids(plain, "en") == uids(made({"year": 2023, "spent": 24_000}))
    assert not uids(plain) & uids(made({"year": 2023}, name="另一企业"))
    coded = {"credit_code": "91410200MA44KF5X7J"}
    assert uids(made({"year": 2023}, **coded)) == uids(made({"year": 2023}, name="更名后", **coded))


@pytest.mark.parametrize("name", ['a\\n,b;c:"d"', "长" * 200, "𝄞 e\u0301 👩‍👩‍👧 " * 9 + "x", "END:VCALENDAR"])
def test_a_name_of_any_characters_is_read_back(name: str) -> None:
    calendar = deadlines.of(made({"year": 2023}, name=name))
    parsed = icalendar.Calendar.from_ical(ics(calendar, "zh"))
    assert isinstance(parsed, icalendar.Calendar)
    title = escaped(f"{name}：办理事项日历")  # which icalendar hands on as it stands; see the test of escaped texts
    assert (str(parsed["NAME"]), str(parsed["X-WR-CALNAME"])) == (title, title)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_folded_lines_are_whole_characters_and_unfold_to_the_line(line: str) -> None:
    pieces = list(folded(line))
    assert b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).decode() == line
    assert all(piece.decode() is not None and len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\\;,n\n"), max_size=80))
def test_an_escaped_text_is_read_back(said: str) -> None:
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\nDESCRIPTION:{escaped(said)}\r\nEND:VEVENT\r\n")
    assert isinstance(event, icalendar.Event)
    assert str(event["DESCRIPTION"]) == said


def test_a_calendar_without_deadlines_is_no_file() -> None:
    with pytest.raises(Refused) as refused:
        ics(deadlines.of(made({"year": 2020}, kind="administrative_organ")), "zh")
    assert refused.value.problems == (Problem("deadlines_none", "error"),)


# Wrong input


def test_a_year_that_the_case_does_not_have_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        deadlines.of(MACHINERY).of_year(2015)
    assert [each.says("en") for each in refused.value.problems] == ["The case has no year 2015; it has 2016 to 2027."]


def test_a_case_whose_figures_cannot_be_is_refused() -> None:
    case = made({"year": 2023, "transferred": -1, "transferred_because": "分立"})
    with pytest.raises(Refused) as refused:
        deadlines.of(case)
    assert [each.code for each in refused.value.problems] == ["transferred_from_nothing"]


def test_the_days_follow_the_law_that_is_given(tmp_path: Path) -> None:
    shutil.copytree(current().folder, tmp_path / "law")
    file = tmp_path / "law" / "time_limits.toml"
    stated = file.read_text(encoding="utf-8")
    later = stated.replace('from = 2008-01-01\nchoice = "vouchers"', 'from = 2030-01-01\nchoice = "vouchers"')
    file.write_text(later.replace("terms = [ { days = 15 } ]", "terms = [ { days = 10 } ]"), encoding="utf-8")
    found = deadlines.of(made({"year": 2023}), Law(tmp_path / "law")).deadlines
    assert {each.code for each in found} == HOURS | (SETTLED - {"vouchers"}) | BOOKED | PERIODS
    assert {each.day.day for each in found if each.code == "prepayment"} == {10}
