"""Large sheets as rows of text, read by a child process that may die without harm."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from eduf.files.rows import rows
from eduf.problems import Problem, Refused


def saved(path: Path, *table: list[Any], title: str = "凭证") -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in table:
        sheet.append(row)
    book.save(path)
    return path


def problem(path: Path, sheet: str = "") -> Problem:
    with pytest.raises(Refused) as refused:
        list(rows(path, sheet))
    return refused.value.problems[0]


def test_every_cell_is_text_in_the_digits_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    table: list[list[Any]] = [
        ["日期", "账户", "金额"],
        [date(2024, 12, 31), "001", 0.1 + 0.2],
        [datetime(2024, 12, 31, 8, 5), "2211.05\n(培训)", 999_999_999_999.99],
        ["２０２４", "=1+1", 1_000_000_000_000],
        [None, True, -5],
    ]
    table[3][1] = '记-1,2"3'
    assert list(rows(saved(tmp_path / "a.xlsx", *table))) == [
        ["日期", "账户", "金额"],
        ["2024-12-31", "001", "0.3"],
        ["2024-12-31 08:05:00", "2211.05\n(培训)", "999999999999.99"],
        ["２０２４", '记-1,2"3', "1000000000000"],
        ["", "true", "-5"],
    ]


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ["1"])
    assert list(rows(path, "凭证")) == [["1"]]
    found = problem(path, "科目")
    assert (found.code, dict(found.values)) == ("book_sheet_unknown", {"found": "科目", "known": "凭证"})


def test_a_value_in_the_last_cell_ends_the_child_not_the_program(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ["1"])
    part, out = "xl/worksheets/sheet1.xml", io.BytesIO()
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as to:
        for name in old.namelist():
            content = old.read(name)
            to.writestr(name, content.replace(b"</sheetData>", far) if name == part else content)
    path.write_bytes(out.getvalue())
    assert problem(path).code == "book_too_wide"


def test_what_is_no_workbook_is_refused_before_a_child_is_started(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html>")
    assert problem(path).code == "book_is_markup"
    assert problem(tmp_path / "b.xlsx").code == "file_missing"


def test_a_damaged_sheet_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook>")
    assert problem(path).code == "book_damaged"


def test_a_cell_longer_than_any_spreadsheet_has_is_said(tmp_path: Path) -> None:
    path, out = saved(tmp_path / "a.xlsx", ["1"]), io.BytesIO()
    long = b'<c r="B1" t="inlineStr"><is><t>' + b"x" * 200_000 + b"</t></is></c></row>"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as to:
        for name in old.namelist():
            to.writestr(name, old.read(name).replace(b"</row>", long))
    path.write_bytes(out.getvalue())
    assert problem(path).code == "book_damaged"


def test_who_has_seen_enough_stops(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", *([n, "x" * 500] for n in range(5_000)))
    found = rows(path)
    assert next(found)[0] == "0"
    found.close()  # type: ignore[attr-defined]
