"""eduf calendar on the command line: what it prints and writes, and what it refuses."""

import json
from pathlib import Path

import icalendar
import pytest
from jsonschema import Draft202012Validator
from test_cli import MACHINERY, SERVICES, Eduf, eduf  # noqa: F401 - a fixture

from eduf.schemas import schema_of
from eduf.words import LANGUAGES

ORGAN = """format = 1

[enterprise]
name = "开封市某某局"
kind = "administrative_organ"

[[year]]
year = {year}
total_wages = 1000000.00
deductible_wages = 1000000.00
spent = 0.00
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_as_text(lang: str, eduf: Eduf) -> None:  # noqa: F811
    said = eduf("calendar", MACHINERY, "--year", "2025", "--quiet", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    days = [line[:10] for line in said.out.splitlines() if line[:2] == "20"]
    assert days == sorted(days)
    assert {"2026-01-15", "2026-05-31", "2030-12-31", "2031-05-31"} <= set(days)
    assert "deadlines." not in said.out
    assert "time_limits.counting.2012" in said.out
    assert ("有争议" if lang == "zh" else "disputed") in said.out


def test_what_is_to_be_looked_at_goes_to_standard_error_unless_quiet(eduf: Eduf) -> None:  # noqa: F811
    said = eduf("calendar", MACHINERY, "--year", "2018")
    assert said.status == 0
    assert "year 2018: spent: warning: The fund closes 2018 at -115,945.60" in said.err
    assert eduf("calendar", MACHINERY, "--year", "2018", "--quiet") == (0, said.out, "")


def test_json_fits_the_schema_that_eduf_prints(eduf: Eduf) -> None:  # noqa: F811
    schema = json.loads(eduf("schema", "calendar").out)
    assert schema == schema_of("calendar")
    document = json.loads(eduf("calendar", SERVICES, "--year", "2024", "--json").out)
    Draft202012Validator(schema).validate(document)
    assert {each["year"] for each in document["deadlines"]} == {2024}
    assert document["case"]["file"] == SERVICES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_calendar_file_is_written_whole_and_the_same_twice(lang: str, eduf: Eduf) -> None:  # noqa: F811
    said = eduf("calendar", MACHINERY, "--ics", "a.ics", "--lang", lang, "--year", "2025")
    assert said.status == 0
    assert said.out == ("Written: a.ics\n" if lang == "en" else "已写入：a.ics\n")
    assert eduf("calendar", MACHINERY, "--ics", "b.ICS", "--lang", lang, "--year", "2025", "--quiet").out == ""
    assert Path("a.ics").read_bytes() == Path("b.ICS").read_bytes()
    parsed = icalendar.Calendar.from_ical(Path("a.ics").read_bytes())
    assert isinstance(parsed, icalendar.Calendar)
    assert len(parsed.walk("VEVENT")) == len(
        json.loads(eduf("calendar", MACHINERY, "--json", "--year", "2025").out)["deadlines"]
    )


def test_a_calendar_file_replaces_nothing_unless_told(eduf: Eduf) -> None:  # noqa: F811
    Path("a.ics").write_text("mine", encoding="utf-8")
    assert eduf("calendar", MACHINERY, "--ics", "a.ics") == (
        2,
        "",
        "a.ics: error: The file stands already; nothing was written.\n"
        "    Choose another name, or add --force to replace it.\n",
    )
    assert Path("a.ics").read_text(encoding="utf-8") == "mine"
    assert eduf("calendar", MACHINERY, "--ics", "a.ics", "--force", "--quiet") == (0, "", "")
    assert Path("a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


REFUSED = [
    (
        (MACHINERY, "--ics", "a.txt"),
        "a.txt: error: The calendar file is in the iCalendar format; its name must end in .ics.\n"
        "    Write, for example, --ics deadlines.ics.\n",
        "a.txt: 错误: 日历文件为 iCalendar 格式，文件名应以 .ics 结尾。\n    请写成，例如 --ics deadlines.ics。\n",
    ),
    (
        (MACHINERY, "--year", "2030"),
        "error: The case has no year 2030; it has 2016 to 2027.\n    Choose one of these.\n",
        "错误: 案例文件中没有2030年；现有2016年至2027年。\n    请从中选择一年。\n",
    ),
    (
        (MACHINERY, "--year", "x"),
        "error: the value of --year is not one that it takes: a whole number\n"
        "    `eduf calendar --help` shows what it takes.\n",
        "错误: --year 的值不是可以接受的值（整数）\n    `eduf calendar --help` 列示可用的参数和选项。\n",
    ),
    (
        (MACHINERY, "--json", "--ics", "a.ics"),
        "error: --json, --ics: only one of these\n    `eduf calendar --help` shows what it takes.\n",
        "错误: --json, --ics：只能选用其中一个\n    `eduf calendar --help` 列示可用的参数和选项。\n",
    ),
    (
        ("organ.toml", "--ics", "a.ics"),
        "error: There is no deadline to write, so no calendar file was written.\n"
        "    Run the command without --ics to see why, or choose other years.\n",
        "错误: 没有可以写入的事项，未写出日历文件。\n    请去掉 --ics 运行命令查看原因，或选择其他年度。\n",
    ),
    (
        ("case.ics", "--ics", "case.ics", "--force"),
        "case.ics: error: This is the case itself; it is never replaced.\n    Name another file.\n",
        "case.ics: 错误: 这是案例文件本身，不会被替换。\n    请另指定文件名。\n",
    ),
]


@pytest.mark.parametrize(("arguments", "english", "chinese"), REFUSED, ids=lambda value: str(value)[-30:])
def test_wrong_input_is_told_what_is_wrong_and_leaves_no_file(
    arguments: tuple[str, ...],
    english: str,
    chinese: str,
    eduf: Eduf,  # noqa: F811
) -> None:
    Path("organ.toml").write_text(ORGAN.format(year=2020), encoding="utf-8")
    said = {lang: eduf("calendar", *arguments, "--lang", lang) for lang in LANGUAGES}
    if "--json" in arguments:
        problems = [
            json.loads(said["en"].err)["problems"][0]["says"],
            json.loads(said["zh"].err)["problems"][0]["says"],
        ]
        assert problems == [text.split(": ", 1)[1].split("\n")[0] for text in (english, chinese)]
    else:
        assert said == {"zh": (2, "", chinese), "en": (2, "", english)}
    assert not Path("a.ics").exists()
    assert not Path("a.txt").exists()


def test_an_administrative_organ_has_its_hours_and_still_nothing_to_compute(eduf: Eduf) -> None:  # noqa: F811
    Path("organ.toml").write_text(ORGAN.format(year=2021), encoding="utf-8")
    document = json.loads(eduf("calendar", "organ.toml", "--json").out)
    Draft202012Validator(schema_of("calendar")).validate(document)
    assert [each["code"] for each in document["deadlines"]].count("hours_filing") == 1
    assert {each["code"] for each in document["deadlines"]} == {"hours_declared", "hours_filing"}
    assert eduf("calc", "organ.toml").status == 2


@pytest.mark.parametrize("text", [ORGAN.format(year=2021), None], ids=["organ", "enterprise"])
def test_a_workbook_gives_the_same_calendar_as_its_toml(text: str | None, eduf: Eduf) -> None:  # noqa: F811
    Path("case.toml").write_text(text or Path(SERVICES).read_text(encoding="utf-8"), encoding="utf-8")
    assert eduf("convert", "case.toml", "case.xlsx").status == 0
    assert (
        eduf("calendar", "case.xlsx", "--quiet").out.splitlines()
        == eduf("calendar", "case.toml", "--quiet").out.splitlines()
    )


def test_a_file_that_cannot_be_read_says_so_as_everywhere(eduf: Eduf) -> None:  # noqa: F811
    said = eduf("calendar", "none.toml", "--json")
    assert (said.status, said.out) == (2, "")
    assert [each["code"] for each in json.loads(said.err)["problems"]] == ["file_missing"]
