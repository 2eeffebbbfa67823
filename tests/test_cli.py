"""The command line as a user meets it: what it prints, where, with which exit status, on any console."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from eduf.cli import run
from eduf.files import read
from eduf.history import compute
from eduf.result import PANEL
from eduf.schemas import schema_of
from eduf.words.width import width

ROOT = Path(__file__).parent.parent
MACHINERY = str(ROOT / "examples" / "machinery.toml")
SERVICES = str(ROOT / "examples" / "services.toml")
COMMANDS = (
    "demo", "new", "convert", "calc", "explain", "tui", "scenario", "plan", "solve", "vary", "tax", "law", "report",
    "audit", "calendar", "ledger",
    "schema",
)  # fmt: skip


class Said(NamedTuple):
    status: int
    out: str
    err: str


Eduf = Callable[..., Said]


@pytest.fixture
def eduf(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Eduf:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        status = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Said(status, out.decode(), err.decode())

    return call


def test_help_lists_every_command_and_the_examples(eduf: Eduf) -> None:
    said = eduf("--help")
    assert said.status == 0
    assert said.out.startswith("Usage: eduf COMMAND [OPTIONS]\n")
    assert [
        line.split()[0] for line in said.out.split("Commands:\n")[1].split("\n\n")[0].splitlines() if line[2:3].strip()
    ] == [*COMMANDS]
    assert "  eduf explain case.toml 2021 carried_forward\n" in said.out


def test_no_command_shows_the_help(eduf: Eduf) -> None:
    assert eduf().out.rstrip() == eduf("--help").out.rstrip()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help_with_examples_in_both_languages(command: str, lang: str, eduf: Eduf) -> None:
    said = eduf(command, "--help", "--lang", lang)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("用法：" if lang == "zh" else "Usage:")
    assert f"  eduf {command}" in said.out.split("示例:" if lang == "zh" else "Examples:")[1]
    assert "default" not in said.out
    assert "cli." not in said.out


def test_the_version_is_said(eduf: Eduf) -> None:
    assert eduf("--version").out == "eduf 0.1.0\n"


USAGE = [
    (("calc",), "CASE is missing", "缺少 CASE"),
    (("calc", "a", "b"), "too much was given: b", "多余的参数：b"),
    (("cal",), "there is no command cal", None),
    (("calc", "a", "--foo"), "there is no option --foo", None),
    (("calc", "a", "--lang", "fr"), "the value of --lang is not one that it takes: zh, en", None),
    (("law", "--year", "x"), "the value of --year is not one that it takes: 2008–2100", None),
    (("law", "--year", "2007"), "the value of --year is not one that it takes: 2008–2100", None),
    (("explain", "a", "x", "cap"), "the value of YEAR is not one that it takes: a whole number", None),
    (("explain", "a", "2018", "cap", "--depth", "-1"), "the value of --depth is not one that it takes: 0, 1, …", None),
    (("law", "--year"), "the option --year needs a value", None),
    (("calc", MACHINERY, "--years", "2018", "--csv"), "--csv, --years: only one of these", None),
]


@pytest.mark.parametrize(("arguments", "english", "chinese"), USAGE, ids=lambda value: str(value)[:40])
def test_a_usage_error_is_one_sentence_and_where_to_look(
    arguments: tuple[str, ...], english: str, chinese: str | None, eduf: Eduf
) -> None:
    said = eduf(*arguments)
    command = f"eduf {arguments[0]}" if arguments[0] in COMMANDS and arguments[-1] != "--year" else "eduf"
    assert said == (2, "", f"error: {english}\n    `{command} --help` shows what it takes.\n")
    in_chinese = eduf(*arguments, "--lang=zh") if arguments[-1] != "--year" and "fr" not in arguments else None
    if in_chinese:
        assert in_chinese.status == 2
        assert "error" not in in_chinese.err
        assert chinese is None or chinese in in_chinese.err


def test_a_usage_error_is_json_too_where_json_is_asked_for(eduf: Eduf) -> None:
    said = eduf("calc", "a", "b", "--json")
    (problem,) = json.loads(said.err)["problems"]
    assert (said.status, said.out, problem["code"], problem["says"]) == (2, "", "usage", "too much was given: b")


def test_calc_prints_a_table_whose_lines_fit_and_whose_columns_stand_straight(eduf: Eduf) -> None:
    for lang in ("zh", "en"):
        said = eduf("calc", MACHINERY, "--lang", lang)
        assert said.status == 0
        table = said.out.split("需要关注" if lang == "zh" else "To look at")[0].splitlines()
        assert max(map(width, table)) <= 100
        for block in said.out.split("\n\n")[1:-1]:
            full = [line for line in block.splitlines() if line.endswith("00") or line[-1:].isdigit()]
            assert {width(line) for line in full if len(line.split()) == len(full[0].split()) + 1} <= {width(full[0])}


def test_calc_in_a_wide_terminal_shows_all_years_in_one_block(eduf: Eduf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert eduf("calc", MACHINERY).out.count("Deduction cap") == 1


def test_calc_shows_chosen_years_only(eduf: Eduf) -> None:
    heads = {
        years: eduf("calc", SERVICES, "--years", years).out.splitlines()[2].split()[1:]
        for years in ("2023", "2023-2024", "2024-", "-2022")
    }
    assert heads == {
        "2023": ["2023"],
        "2023-2024": ["2023", "2024"],
        "2024-": ["2024", "2025", "2026", "plan"],
        "-2022": ["2022"],
    }


@pytest.mark.parametrize("years", ["x", "-", "20-21", "2022,2023"])
def test_what_does_not_name_years_is_refused(years: str, eduf: Eduf) -> None:
    said = eduf("calc", SERVICES, "--years", years)
    assert said == (2, "", f"error: '{years}' does not name years.\n    Write 2018, 2016-2018, 2018- or -2018.\n")


@pytest.mark.parametrize("years", ["2022—2023", "2022～2023", "2022至2023", "2022 - 2023"])
def test_a_span_of_years_may_be_typed_as_people_type_it(years: str, eduf: Eduf) -> None:
    assert eduf("calc", SERVICES, "--years", years) == eduf("calc", SERVICES, "--years", "2022-2023")


def test_the_problems_of_other_years_are_left_out_with_them(eduf: Eduf) -> None:
    assert "warning" in eduf("calc", SERVICES, "--years", "2024").out
    assert "warning" not in eduf("calc", SERVICES, "--years", "2022").out


@pytest.mark.parametrize("years", ["2030", "2024-2023"])
def test_years_that_are_not_there_are_refused(years: str, eduf: Eduf) -> None:
    said = eduf("calc", SERVICES, "--years", years)
    assert (said.status, said.out) == (2, "")
    assert f"The case has no year {years}; it has 2022 to 2026." in said.err


@pytest.mark.parametrize("case", [MACHINERY, SERVICES])
def test_the_json_of_calc_fits_its_schema_and_holds_the_computed_figures(case: str, eduf: Eduf) -> None:
    said = eduf("calc", case, "--json")
    document = json.loads(said.out)
    Draft202012Validator(schema_of("result")).validate(document)
    history = compute(read(case))
    for shown, year in zip(document["years"], history.years, strict=True):
        assert shown["lines"] == {name: None if v is None else str(v) for name, v in year.lines().items()}
        assert shown["facts"]["spent"] == str(year.values["spent"])
    assert [problem["code"] for problem in document["problems"]] == [problem.code for problem in history.problems]
    assert document["case"]["sha256"] == history.case.places.sha256


def test_the_csv_of_calc_has_the_panel_and_every_line(eduf: Eduf) -> None:
    said = eduf("calc", SERVICES, "--csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [*rows[0]][: len(PANEL)] == list(PANEL)
    assert [row["carried_forward"] for row in rows] == ["0.00", "0.00", "11708.80", "0.00", "0.00"]
    assert rows[1]["cap"] == ""
    assert [row["opening_carried_forward"] for row in rows] == ["0.00", "", "", "", ""]
    assert "warning" in said.err


def test_a_name_that_looks_like_a_formula_is_made_harmless_in_csv(eduf: Eduf) -> None:
    text = Path(SERVICES).read_text(encoding="utf-8").replace("开封清源保洁示例有限公司", "=1+1")
    Path("case.toml").write_text(text, encoding="utf-8")
    assert eduf("calc", "case.toml", "--csv").out.splitlines()[1].startswith("'=1+1,2022,")


def test_a_wrong_case_computes_nothing_and_says_everything(eduf: Eduf) -> None:
    Path("case.toml").write_text('format = 1\n[enterprise]\nname = ""\n[[year]]\nyear = 2007\n', encoding="utf-8")
    said = eduf("calc", "case.toml")
    assert (said.status, said.out) == (2, "")
    assert said.err.count("error:") == 5
    as_json = eduf("calc", "case.toml", "--json")
    assert (as_json.status, as_json.out) == (2, "")
    codes = [problem["code"] for problem in json.loads(as_json.err)["problems"]]
    assert codes == ["text_empty", "missing_fact", "missing_fact", "missing_fact", "year_before_2008"]


def test_nothing_is_written_when_something_is_wrong(eduf: Eduf, tmp_path: Path) -> None:
    Path("case.toml").write_text("format = 1\n", encoding="utf-8")
    assert eduf("report", "case.toml", "-o", "out.xlsx").status == 2
    assert eduf("report", "missing.toml", "-o", "out.xlsx").status == 2
    assert eduf("report", SERVICES, "-o", "out.xls").status == 2
    assert eduf("report", SERVICES, "-o", "no/folder/out.xlsx").status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.toml"]


def test_explain_takes_names_and_labels_of_both_languages(eduf: Eduf) -> None:
    said = {
        eduf("explain", MACHINERY, "2018", name).out for name in ("cap", "扣除限额", "Deduction cap", "deduction CAP")
    }
    assert len(said) == 1


def test_explain_suggests_the_nearest_name(eduf: Eduf) -> None:
    said = eduf("explain", MACHINERY, "2018", "carry_forward")
    assert said == (
        2,
        "",
        "error: There is no line 'carry_forward'.\n"
        "    Did you mean carried_forward (Carried forward), opening_carried_forward (Opening carry-forward)?\n",
    )
    assert "Lines: " in eduf("explain", MACHINERY, "2018", "zzzz").err


def test_a_label_of_the_form_suggests_row_five_first(eduf: Eduf) -> None:
    close = eduf("explain", MACHINERY, "2018", "纳税调整金额").err.split("Did you mean ")[1]
    assert close.startswith("adjustment (Tax adjustment (row 5)), ")


def test_the_json_of_explain_fits_its_schema(eduf: Eduf) -> None:
    document = json.loads(eduf("explain", MACHINERY, "2021", "carried_forward", "--json", "--depth", "2").out)
    Draft202012Validator(schema_of("explanation")).validate(document)


def test_the_law_can_be_asked_by_matter_year_and_qualification(eduf: Eduf) -> None:
    assert "8%" in eduf("law", "cap", "--year", "2016", "--qualification", "高新技术企业").out
    assert eduf("law").out.count("\n") > 200
    assert json.loads(eduf("law", "cap", "--json").out)["matters"][0]["name"] == "cap"
    assert "Did you mean cap (Deduction cap as a share of deductible wages)?" in eduf("law", "capp").err
    assert "Did you mean high_tech?" in eduf("law", "--qualification", "hightech").err
    assert "Qualifications: " in eduf("law", "--qualification", "zzz").err


@pytest.mark.parametrize(
    "name", ["case", "result", "explanation", "scenario", "solution", "sensitivity", "findings", "calendar"]
)
def test_a_schema_is_a_schema(name: str, eduf: Eduf) -> None:
    Draft202012Validator.check_schema(json.loads(eduf("schema", name).out))


def test_a_schema_that_is_not_there_is_refused(eduf: Eduf) -> None:
    assert eduf("schema", "cases").err == "error: There is no schema 'cases'.\n    Did you mean case?\n"


def test_the_examples_fit_the_schema_of_a_case() -> None:
    import tomllib

    validator = Draft202012Validator(schema_of("case"))
    for name in (MACHINERY, SERVICES):
        validator.validate(tomllib.loads(Path(name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_can_be_computed_as_it_stands(lang: str, eduf: Eduf) -> None:
    assert eduf("new", "case.toml", "--lang", lang).status == 0
    said = eduf("calc", "case.toml", "--json")
    assert said.status == 0
    levels = {problem["level"] for problem in json.loads(said.out)["problems"]}
    assert "error" not in levels


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_names_every_key_of_a_case(lang: str, eduf: Eduf) -> None:
    from eduf.case import Enterprise, Opening, Year

    eduf("new", "case.toml", "--lang", lang)
    text = Path("case.toml").read_text(encoding="utf-8")
    for model in (Enterprise, Opening, Year):
        assert [key for key in model.model_fields if f"{key} =" not in text] == []


def test_a_file_that_stands_is_never_replaced_unless_told(eduf: Eduf) -> None:
    Path("case.toml").write_text("mine", encoding="utf-8")
    assert eduf("new", "case.toml") == (
        2,
        "",
        "case.toml: error: The file stands already; nothing was written.\n"
        "    Choose another name, or add --force to replace it.\n",
    )
    assert Path("case.toml").read_text(encoding="utf-8") == "mine"
    assert eduf("new", "case.toml", "--force").status == 0
    assert "format = 1" in Path("case.toml").read_text(encoding="utf-8")


def test_report_writes_a_workbook_beside_the_case_and_never_replaces_it(eduf: Eduf) -> None:
    assert eduf("new", "case.toml").status == 0
    assert eduf("report", "case.toml").out == "Written: case-report.xlsx\n"
    assert load_workbook("case-report.xlsx").sheetnames[:2] == ["Cover", "Inputs"]
    assert eduf("report", "case.toml").status == 2
    assert eduf("report", "case.toml", "--force").status == 0


def test_a_report_never_replaces_its_own_case(eduf: Eduf) -> None:
    Path("case.xlsx").write_bytes(Path(SERVICES).read_bytes())
    said = eduf("report", "case.xlsx", "-o", "./case.xlsx", "--force")
    assert said.status == 2
    assert "This is the case itself; it is never replaced." in said.err
    assert Path("case.xlsx").read_bytes() == Path(SERVICES).read_bytes()


def test_a_template_is_only_written_under_a_name_of_its_kind(eduf: Eduf) -> None:
    assert "its name must end in .xlsx or .toml" in eduf("new", "case.txt").err
    assert not Path("case.xlsx").exists()


def test_a_folder_that_is_not_there_is_said_in_both_languages(eduf: Eduf) -> None:
    assert "The folder does not exist" in eduf("new", "no/case.toml").err
    assert "文件夹不存在" in eduf("new", "no/case.toml", "--lang", "zh").err


def test_a_link_stays_a_link_and_permissions_stay(eduf: Eduf, tmp_path: Path) -> None:
    real = tmp_path / "real.xlsx"
    real.write_bytes(b"old")
    real.chmod(0o600)
    (tmp_path / "link.xlsx").symlink_to(real)
    assert eduf("report", SERVICES, "-o", "link.xlsx", "--force").status == 0
    assert (tmp_path / "link.xlsx").is_symlink()
    assert real.read_bytes()[:2] == b"PK"
    assert real.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", [".", "/"])
def test_a_report_of_a_folder_is_refused(name: str, eduf: Eduf) -> None:
    said = eduf("report", name)
    assert said.status == 2
    assert "This is a folder" in said.err


def test_what_is_said_once_is_shown_for_every_year_it_concerns(eduf: Eduf) -> None:
    assert "tax_rate.high_tech.2008" in eduf("calc", MACHINERY, "--years", "2022").out


def test_demo_writes_nothing_where_its_workbook_is_somebody_elses(eduf: Eduf) -> None:
    Path("eduf-demo.xlsx").write_text("mine", encoding="utf-8")
    assert eduf("demo").status == 2
    assert [each.name for each in Path().iterdir()] == ["eduf-demo.xlsx"]


def test_demo_leaves_its_case_and_workbook_and_can_be_repeated(eduf: Eduf, tmp_path: Path) -> None:
    first, second = eduf("demo"), eduf("demo")
    assert first == second
    assert first.status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["eduf-demo.toml", "eduf-demo.xlsx"]
    Path("eduf-demo.toml").write_text("mine", encoding="utf-8")
    assert eduf("demo").status == 2
    assert Path("eduf-demo.toml").read_text(encoding="utf-8") == "mine"
    assert eduf("demo", "--force").status == 0


def process(*arguments: str, stdout: Any = subprocess.PIPE, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command = [str(Path(sys.executable).with_name("eduf")), *arguments]
    env = {**os.environ, "EDUF_LANG": "zh", **environment}
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=env, check=False)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "utf-8"])
def test_no_console_makes_it_crash(encoding: str) -> None:
    done = process("calc", SERVICES, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "11,708.80" in done.stdout.decode(encoding)


def test_what_a_console_lacks_is_written_plainly() -> None:
    arguments = ("explain", MACHINERY, "2018", "fund_closing", "--lang", "en", "--depth", "0")
    shown = process(*arguments, PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert "= 6,354.40 + 283,000.00 - 405,300.00 - 0.00 = -115,945.60" in shown


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device to write to")
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_full_disk_is_an_error_and_no_traceback(form: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("calc", SERVICES, *form, stdout=full, EDUF_LANG="en")
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: The output cannot be written: ") or b"warning" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_gbk_console_shows_chinese() -> None:
    assert "扣除限额" in process("calc", SERVICES, PYTHONIOENCODING="gbk").stdout.decode("gbk")


def test_json_is_utf8_on_a_gbk_console() -> None:
    done = process("calc", SERVICES, "--json", PYTHONIOENCODING="gbk")
    assert json.loads(done.stdout.decode("utf-8"))["case"]["name"] == "开封清源保洁示例有限公司"


def test_csv_is_utf8_on_a_gbk_console() -> None:
    done = process("calc", SERVICES, "--csv", PYTHONIOENCODING="gbk")
    assert "开封清源保洁示例有限公司" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = process("law", stdout=write_end)
    os.close(write_end)
    assert done.stderr == b""


def test_no_colour_goes_into_a_pipe_or_where_it_is_not_wanted() -> None:
    assert b"\x1b[" not in process("calc", MACHINERY).stdout


@pytest.mark.parametrize("wanted", [True, False])
def test_levels_are_coloured_on_a_terminal_unless_no_color_says_no(wanted: bool) -> None:  # noqa: FBT001
    import pty

    main, terminal = pty.openpty()
    environment = {} if wanted else {"NO_COLOR": "1"}
    done = process("calc", MACHINERY, "--years", "2018", stdout=terminal, **environment)
    os.close(terminal)
    shown = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(main)
    assert done.returncode == 0
    assert (b"\x1b[33m" in shown) is wanted
