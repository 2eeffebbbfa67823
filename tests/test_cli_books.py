"""Case workbooks on the command line: the template, conversion, answers to questions, quiet and progress."""

import io
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from test_cli import MACHINERY, Eduf, eduf  # noqa: F401 - a fixture

from eduf.cli import console
from eduf.files import read
from eduf.words import LANGUAGES, word


def filled(path: str, **cells: Any) -> None:
    """The template there, with a name, the example year as one's own, and these cells of the sheet of years."""
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["B4"] = "开封某某机械有限公司"
    years = book.worksheets[4]
    for cell, value in {"A4": None, **cells}.items():
        years[cell] = value
    book.save(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_in_template_computes_explains_and_reports_as_toml_does(lang: str, eduf: Eduf) -> None:  # noqa: F811
    said = eduf("new", "case.xlsx", "--lang", lang)
    assert said.out == word("cli.new.next", lang).format(file="case.xlsx") + "\n"
    filled("case.xlsx")
    assert "944,000.00" in eduf("calc", "case.xlsx", "--lang", lang).out
    title = word("book.sheets.years", lang)
    assert f"case.xlsx:{title}!E4" in eduf("explain", "case.xlsx", "2025", "cap", "--lang", lang).out
    assert eduf("report", "case.xlsx", "--lang", lang).out.startswith(("Written: case-report.xlsx", "已写入"))
    assert openpyxl.load_workbook("case-report.xlsx").sheetnames[0] == word("report.sheets.cover", lang)


def test_the_template_as_it_comes_holds_no_year_and_says_so(eduf: Eduf) -> None:  # noqa: F811
    eduf("new", "case.xlsx")
    assert eduf("calc", "case.xlsx").err.splitlines() == [
        "case.xlsx:Enterprise!B4: Enterprise: Name: error: Name is empty; it is required.",
        "    Fill in this cell.",
        "case.xlsx:Years!A1: Year: error: The case has no year.",
        "    Fill in at least one row of the sheet Years: year, total wages, deductible wages and what was spent. "
        "(A row marked example is not read.)",
    ]


def test_a_case_goes_to_a_workbook_and_back_without_loss(eduf: Eduf) -> None:  # noqa: F811
    assert eduf("convert", MACHINERY, "a.xlsx").out == "Written: a.xlsx\n"
    assert eduf("convert", "a.xlsx", "b.toml", "--quiet").out == ""
    assert read("b.toml") == read("a.xlsx") == read(MACHINERY)
    assert eduf("convert", "b.toml", "a.xlsx").status == 2
    assert "already" in eduf("convert", "b.toml", "a.xlsx").err
    assert eduf("convert", "b.toml", "b.toml", "--force").status == 2


def test_a_question_is_answered_on_the_command_line(eduf: Eduf) -> None:  # noqa: F811
    eduf("new", "case.xlsx")
    filled("case.xlsx", B5="合计", D5=12_000_000)
    assert "--answer totals=skip" in eduf("calc", "case.xlsx").err
    said = eduf("calc", "case.xlsx", "--answer", "totals=skip")
    assert said.status == 0
    assert "1 cells or rows" in said.out or "1 cell" in said.out
    assert eduf("calc", "case.xlsx", "--answer", "totals=perhaps").err.splitlines() == [
        "error: 'totals=perhaps' is not an answer that eduf knows.",
        "    Answers: unit=yuan|wan, totals=skip, hidden=read|skip.",
    ]


def test_quiet_leaves_out_what_is_only_to_be_looked_at(eduf: Eduf) -> None:  # noqa: F811
    loud, quiet = eduf("calc", MACHINERY), eduf("calc", MACHINERY, "--quiet")
    assert quiet.out == loud.out.partition("\nTo look at")[0] or quiet.out in loud.out
    assert (len(quiet.out) < len(loud.out), quiet.err) == (True, "")
    assert eduf("report", MACHINERY, "-o", "r.xlsx", "--quiet") == (0, "", "")


def test_errors_are_said_even_when_quiet(eduf: Eduf) -> None:  # noqa: F811
    assert "There is no such file" in eduf("calc", "none.xlsx", "--quiet").err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_work_over_a_second_says_so_on_a_terminal_and_takes_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for quiet, expected in ((False, "\rworking … 1 s\r\x1b[K"), (True, "")):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        with console.working(quiet=quiet):
            time.sleep(1.3)
        assert terminal.getvalue() == expected


def test_short_work_says_nothing() -> None:
    main, side = pty.openpty()
    command = [sys.executable, "-m", "eduf", "calc", MACHINERY, "--csv", "--quiet"]
    subprocess.run(command, stderr=side, stdout=subprocess.DEVNULL, check=True)
    os.close(side)
    with pytest.raises(OSError, match="Input/output"):
        assert os.read(main, 100) == b""


def test_the_workbook_of_a_case_is_the_same_bytes_each_time(eduf: Eduf) -> None:  # noqa: F811
    eduf("convert", MACHINERY, "a.xlsx")
    time.sleep(2.1)  # a zip entry's clock counts in twos
    eduf("convert", MACHINERY, "b.xlsx")
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()
