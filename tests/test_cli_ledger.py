"""eduf ledger on the command line: what it prints and writes, what it refuses, and what a killed run leaves behind."""

import csv
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from test_cli import MACHINERY, Eduf, eduf  # noqa: F401 - a fixture
from test_ledger import RULES, made

from eduf.files import read
from eduf.schemas import schema_of
from eduf.words import LANGUAGES

EXAMPLES = Path(MACHINERY).parent
LEDGER, MAP = str(EXAMPLES / "ledger.csv"), str(EXAMPLES / "map.toml")
EDUF = Path(sys.executable).with_name("eduf")
CASE = """# the case of a test
format = 1

[enterprise]
name = "开封某某机械有限公司"   # its name

[[year]]
year = 2025
total_wages = 1_000_000.00
deductible_wages = 1_000_000.00
spent = 305.00          # as booked
# what follows is a plan

[[year]]
year = 2026
status = "plan"
total_wages = 1_000_000.00
deductible_wages = 1_000_000.00
spent = 0.00
"""
ROWS = (
    ("2025-01-31", "1", "2211.05", "计提", "", "1000.00"),
    ("2025-02-01", "2", "2211.05", "焊工培训", "305.00"),
)


def files(folder: Path, *rows: tuple[str, ...], case: str = CASE) -> None:
    made(folder / "ledger.csv", *(rows or ROWS))
    (folder / "map.toml").write_text(f'format = 1\naccounts = ["2211.05*"]\n{RULES}', encoding="utf-8")
    (folder / "case.toml").write_text(case, encoding="utf-8")


RUN = ("ledger", "ledger.csv", "--map", "map.toml")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_ledger_as_text(lang: str, eduf: Eduf) -> None:  # noqa: F811
    said = eduf("ledger", LEDGER, "--map", MAP, "--lang", lang)
    assert (said.status, said.err) == (0, "")
    for figure in ("268,915.00", "407,750.00", "166,000.00", "61.7%", "53,869,945.40"):
        assert figure in said.out
    assert "ledger." not in said.out.replace(LEDGER, "")
    short = eduf("ledger", LEDGER, "--map", MAP, "--lang", lang, "--show", "0")
    assert short.status == 0
    assert "记-0" not in short.out


def test_json_fits_the_schema_that_eduf_prints(eduf: Eduf) -> None:  # noqa: F811
    schema = json.loads(eduf("schema", "ledger").out)
    assert schema == schema_of("ledger")
    document = json.loads(eduf("ledger", LEDGER, "--map", MAP, "--json").out)
    Draft202012Validator(schema).validate(document)
    (year,) = [each for each in document["years"] if each["year"] == 2025]
    assert year["facts"] == {"extracted": "407750.00", "spent": "268915.00", "front_line_spent": "166000.00"}
    assert document["rows"]["whole"]["debit"] == document["rows"]["whole"]["credit"] == "53869945.40"


def test_lines_that_cannot_be_read_make_the_status_1(eduf: Eduf) -> None:  # noqa: F811
    files(Path(), *ROWS, ("2025-02-02", "3", "2211.05", "培训", "1.005"))
    said = eduf(*RUN)
    assert said.status == 1
    assert said.err.startswith("ledger.csv:4: debit: error: '1.005' has more than two decimals")
    assert "305.00" in said.out
    document = json.loads(eduf(*RUN, "--json").out)
    assert [(each["code"], each["level"]) for each in document["problems"]] == [("amount_decimals", "error")]
    assert eduf(*RUN, "--into", "case.toml").status == 2
    assert Path("case.toml").read_text(encoding="utf-8") == CASE


def test_facts_go_into_the_case_with_their_source_and_nothing_else_changes(eduf: Eduf) -> None:  # noqa: F811
    files(Path())
    said = eduf(*RUN, "--into", "case.toml")
    assert (said.status, said.err) == (0, "")
    assert "Written into case.toml: Extracted (booked), Spent under the cap, Spent on front-line staff" in said.out
    after = Path("case.toml").read_text(encoding="utf-8")
    source = "[ledger.csv sha256 "
    kept = [line for line in after.splitlines() if source not in line]
    written = [line for line in after.splitlines() if source in line]
    assert kept == [line for line in CASE.splitlines() if not line.startswith("spent = 305")]
    assert [line.split("  ")[0].split(" #")[0].strip() for line in written] == [
        "spent = 305.00",
        "extracted = 1000.00",
        "front_line_spent = 305.00",
    ]
    assert written[0].startswith("spent = 305.00          # as booked [ledger.csv sha256 ")
    assert ", map.toml sha256 " in written[0]
    year = read("case.toml").years[0]
    assert [str(each) for each in (year.spent, year.extracted, year.front_line_spent)] == [
        "305.00",
        "1000.00",
        "305.00",
    ]
    assert eduf(*RUN, "--into", "case.toml").status == 0
    assert Path("case.toml").read_text(encoding="utf-8") == after


def test_a_fact_that_is_stated_differently_stays_unless_forced(eduf: Eduf) -> None:  # noqa: F811
    files(Path(), case=CASE.replace("305.00 ", "300.00 "))
    before = Path("case.toml").read_bytes()
    said = eduf(*RUN, "--into", "case.toml")
    assert said.status == 2
    assert said.err == (
        "case.toml:11: year 2025: spent: error: Spent under the cap is stated as 300.00; the ledger gives 305.00.\n"
        "    Find out which is right; add --force to write the ledger's.\n"
    )
    assert Path("case.toml").read_bytes() == before
    assert eduf(*RUN, "--into", "case.toml", "--force").status == 0
    assert "spent = 305.00          # as booked [" in Path("case.toml").read_text(encoding="utf-8")


def test_a_case_that_lacks_the_fact_gets_it(eduf: Eduf) -> None:  # noqa: F811
    files(Path(), case=CASE.replace("spent = 305.00          # as booked\n", ""))
    assert eduf("calc", "case.toml").status == 2
    assert eduf(*RUN, "--into", "case.toml").status == 0
    assert eduf("calc", "case.toml").status == 0


@pytest.mark.parametrize(
    ("row", "line", "code"),
    [
        (("2025-03-01", "3", "2211.05", "境外培训", "5.00"), 4, "ledger_asked"),
        (("2025-03-01", "3", "2211.05", "茶歇", "5.00"), 4, "ledger_unassigned"),
        (("2025-03-01", "3", "2211.05", "冲销", "-5.00"), 4, "ledger_unmatched"),
        (("2025-03-01", "3", "2211.05", "培训", "x"), None, "ledger_unread"),
    ],
)
def test_what_is_open_keeps_facts_out_of_the_case(
    row: tuple[str, ...],
    line: int | None,
    code: str,
    eduf: Eduf,  # noqa: F811
) -> None:
    files(Path(), *ROWS, row)
    said = eduf(*RUN, "--into", "case.toml", "--json")
    assert said.status == 2
    (problem,) = json.loads(said.err)["problems"]
    assert (problem["code"], problem["where"]) == (code, f"ledger.csv:{line}" if line else "ledger.csv")
    assert Path("case.toml").read_text(encoding="utf-8") == CASE
    assert eduf(*RUN, "--into", "case.toml", "--force").status == (1 if code == "ledger_unread" else 0)


@pytest.mark.parametrize(
    ("rows", "case", "code"),
    [
        ((("2024-01-31", "1", "2211.05", "计提", "", "1.00"),), CASE, "ledger_year"),
        ((("2025-01-31", "1", "2211.05", "工会", "1.00"),), CASE, "ledger_nothing"),
        (ROWS, CASE.replace('name = "', 'nam = "'), "missing_key"),
        ((*ROWS, ("2025-03-01", "3", "2211.05.9", "编程", "5.00")), CASE, "in_full_unqualified"),
    ],
)
def test_a_case_that_does_not_fit_stays_as_it_is(
    rows: tuple[tuple[str, ...], ...],
    case: str,
    code: str,
    eduf: Eduf,  # noqa: F811
) -> None:
    files(Path(), *rows, case=case)
    said = eduf(*RUN, "--into", "case.toml", "--json")
    assert said.status == 2
    assert code in [each["code"] for each in json.loads(said.err)["problems"]]
    assert Path("case.toml").read_text(encoding="utf-8") == case


def test_every_line_is_written_with_its_rule(eduf: Eduf) -> None:  # noqa: F811
    files(
        Path(),
        *ROWS,
        ("2025-02-02", "=1", "2211.05", "冲销 2", "-305.00"),
        ("2025-02-03", "3", "2211.05", "=境外", "-5.00"),
        ("2025-02-03", "4", "1002", "x", "5.00"),
    )
    assert eduf(*RUN, "--lines", "lines.csv").status == 0
    rows = list(csv.DictReader(Path("lines.csv").read_text(encoding="utf-8").splitlines()))
    assert [(each["row"], each["to"], each["rule"], each["asked"], each["with_row"]) for each in rows] == [
        ("1", "extraction", "extraction", "", ""),
        ("2", "5", "welders", "", ""),
        ("3", "5", "back", "", "2"),
        ("4", "ask", "", "境外", ""),
    ]
    assert (rows[2]["voucher"], rows[2]["debit"], rows[3]["text"]) == ("'=1", "-305.00", "'=境外")
    assert eduf(*RUN, "--lines", "lines.csv").status == 2
    assert eduf(*RUN, "--lines", "lines.csv", "--force").status == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--into", "case.xlsx"), "ledger_into"),
        (("--into", "map.toml"), "file_is_input"),
        (("--into", "none.toml"), "file_missing"),
        (("--lines", "lines.txt"), "ledger_lines_csv"),
        (("--lines", "ledger.csv", "--force"), "file_is_input"),
        (("--lines", "none/lines.csv"), "folder_missing"),
        (("--years", "twenty"), "ledger_years"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: tuple[str, ...], code: str, eduf: Eduf) -> None:  # noqa: F811
    files(Path())
    before = {each.name: each.read_bytes() for each in Path().iterdir()}
    said = eduf(*RUN, *arguments, "--json")
    assert said.status == 2
    assert [each["code"] for each in json.loads(said.err)["problems"]] == [code]
    assert {each.name: each.read_bytes() for each in Path().iterdir()} == before


def test_wages_go_into_the_case(eduf: Eduf) -> None:  # noqa: F811
    Path("case.toml").write_bytes(Path(MACHINERY).read_bytes())
    pay, rules = str(EXAMPLES / "payroll.csv"), str(EXAMPLES / "wages.toml")
    assert eduf("ledger", pay, "--map", rules, "--wages", "--into", "case.toml").status == 0
    assert "total_wages = 16_310_000.00  # [payroll.csv sha256 " in Path("case.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_mapping_file_is_written_once(lang: str, eduf: Eduf) -> None:  # noqa: F811
    assert eduf("new", "map.toml", "--map", "--lang", lang).status == 0
    assert eduf("new", "map.toml", "--map").status == 2
    assert eduf("new", "map.xlsx", "--map").status == 2
    assert eduf("ledger", LEDGER, "--map", "map.toml", "--quiet").status == 0


def test_a_run_that_is_killed_leaves_nothing_half_written(tmp_path: Path) -> None:
    rows = [(f"2025-{n % 12 + 1:02d}-01", str(n), "2211.05", f"焊工培训 {n}", f"{n}.00") for n in range(150_000)]
    files(tmp_path, *rows)
    names = {each.name for each in tmp_path.iterdir()}
    command = [str(EDUF), *RUN, "--lines", "lines.csv", "--into", "case.toml", "--force", "--quiet"]
    began = time.monotonic()
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    took = time.monotonic() - began
    assert done.stdout
    whole = {name: (tmp_path / name).read_bytes() for name in ("lines.csv", "case.toml")}
    chance = random.Random(1)
    for _ in range(8):
        (tmp_path / "lines.csv").unlink(missing_ok=True)
        (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
        running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * chance.uniform(0.1, 1))
        running.send_signal(signal.SIGKILL)
        running.wait()
        for each in {each.name for each in tmp_path.iterdir()} - names - {"lines.csv"}:
            assert (tmp_path / each).read_bytes() == whole["case.toml"]  # killed just before it took its place
            (tmp_path / each).unlink()
        assert (tmp_path / "case.toml").read_bytes() in (CASE.encode(), whole["case.toml"])
        if (tmp_path / "lines.csv").exists():
            assert (tmp_path / "lines.csv").read_bytes() == whole["lines.csv"]
