"""The files that a ledger may be: the same vouchers give the same from each, and a broken one says where and why."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook
from test_ledger import HEADINGS, made, map_of, problems

from eduf.ledger import Ledger, encoding, read
from eduf.ledger.document import as_json
from eduf.problems import Refused
from eduf.words import LANGUAGES

EXAMPLES = Path(__file__).parent.parent / "examples"
CHINESE = "日期,凭证号,科目,摘要,借方,贷方,成本中心,受益人,一线职工\n"
ROWS = (
    '2025-01-31,记-1,2211.05,"计提, ""一月""",,1000.00,,,\n'
    "2025-02-01,记-2,2211.05,焊工培训,300.5,,一车间,张三,是\n"
    "2025-02-02,记-3,001,办公,7.25,,,,\n"
    "2025-02-03,记-4,2211.05,境外培训,80,,,,否\n"
    "2025-02-04,记-5,2211.05,培训,x,,,,否\n"
    "2025-02-05,记-6,2211.05,=1+1,-1.00,,,,\n"
)
TEXT = CHINESE + ROWS


def cells() -> list[list[str]]:
    return list(csv.reader(TEXT.splitlines()))


def as_text(codec: str, separator: str = ",", ends: str = "\n", above: str = "") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "ledger.csv"
        with path.open("w", encoding=codec, newline="") as file:
            file.write(above.replace("\n", ends))
            csv.writer(file, delimiter=separator, lineterminator=ends).writerows(cells())
        return path

    return write


def as_parquet(folder: Path) -> Path:
    made_, path = folder / "in.csv", folder / "ledger.parquet"
    made_.write_text(TEXT, encoding="utf-8")
    duckdb.execute(f"copy (select * from read_csv('{made_}', all_varchar=true)) to '{path}' (format parquet)")
    return path


def as_workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["某某公司 明细账"])
    for row in cells():
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.value else "n"
    path = folder / "ledger.xlsx"
    book.save(path)
    return path


def as_numbers(folder: Path) -> Path:
    """A workbook whose amounts are numbers."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in cells():
        sheet.append([float(each) if n in (4, 5) and each[:1].isdigit() else each for n, each in enumerate(row)])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else "n"
    path = folder / "numbers.xlsx"
    book.save(path)
    return path


FORMS = {
    "utf-8": as_text("utf-8"),
    "with its mark": as_text("utf-8-sig"),
    "GB18030": as_text("gb18030"),
    "UTF-16": as_text("utf-16"),
    "tabs": as_text("utf-8", "\t"),
    "semicolons in GB18030": as_text("gb18030", ";"),
    "CRLF": as_text("utf-8", ends="\r\n"),
    "CR": as_text("utf-8", ends="\r"),
    "titles above": as_text("utf-8", above="某某公司\n2025年 明细账\n"),
    "titles in GB18030 with CRLF": as_text("gb18030", ends="\r\n", above='某某公司\n"2025年\n明细账"\n'),
    "Parquet": as_parquet,
    "workbook": as_workbook,
    "workbook with numbers": as_numbers,
}


def figures(found: Ledger) -> dict[str, object]:
    """All that a ledger says, but for the file it is and the lines it stands in."""
    document = as_json(found, "en")
    text = json.dumps({key: document[key] for key in ("rows", "years", "rules")})
    listed = {name: [(x.voucher, x.net, x.text) for x in each.lines] for name, each in found.lists.items()}
    return {"figures": text, "lists": listed, "problems": [each.code for each in found.problems]}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_vouchers_give_the_same_from_every_file(form: str, tmp_path: Path) -> None:
    path = FORMS[form](tmp_path)
    found, plain = read(path, map_of(tmp_path)), read(as_text("utf-8")(tmp_path / ""), map_of(tmp_path))
    assert figures(found) == figures(plain)
    assert found.file == (6, plain.file.debit, plain.file.credit)


@pytest.mark.parametrize(
    ("form", "first"),
    {"utf-8": 2, "GB18030": 2, "titles above": 4, "titles in GB18030 with CRLF": 5, "workbook": 3, "CR": 2}.items(),
)
def test_lines_are_those_of_the_file(form: str, first: int, tmp_path: Path) -> None:
    found = read(FORMS[form](tmp_path), map_of(tmp_path))
    assert [each.row for each in found.lists["asked"].lines] == [first + 3]
    assert [each.where.line for each in found.problems] == [first + 4]


def test_lines_are_right_below_texts_of_several_lines_and_empty_lines(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(
        CHINESE + '2025-01-01,1,2211.05,"焊工\n培训",5.00,,,,\n\n2025-01-02,2,2211.05,境外培训,6.00,,,,\n'
        "2025-01-03,3,2211.05,培训,y,,,,\n\n",
        encoding="utf-8",
    )
    found = read(path, map_of(tmp_path))
    assert [each.row for each in found.lists["asked"].lines] == [5]
    assert [each.where.line for each in found.problems] == [6]
    assert found.file.rows == 3


def test_mixed_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    rows = [row + ("\r\n" if n % 2 else "\n") for n, row in enumerate(TEXT.splitlines())]
    path.write_bytes("".join(rows).encode())
    assert figures(read(path, map_of(tmp_path))) == figures(read(as_text("utf-8")(tmp_path), map_of(tmp_path)))


@pytest.mark.parametrize("change", ["gb18030", "mixed"])
def test_what_only_shows_far_down_in_a_file_is_seen(change: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    start = ",".join(HEADINGS) + "\n" + "2025-02-01,2,2211.05,training,1.00,,,,\n" * 10_000
    assert len(start) > encoding._CHUNK
    end = "2025-02-01,记-2,2211.05,焊工培训,300.50,,一车间,张三,是" + ("\r\n" if change == "mixed" else "\n")
    path.write_bytes(start.encode() + end.encode("gb18030" if change == "gb18030" else "utf-8"))
    found = read(path, map_of(tmp_path))
    assert found.source.seen.name == ("GB18030" if change == "gb18030" else "UTF-8")
    assert {each.name: str(each.amount) for each in found.years[0].totals} == {"5": "300.50", "unassigned": "10000.00"}


def test_a_name_with_signs_that_stand_for_files_is_a_name(tmp_path: Path) -> None:
    made(tmp_path / "1.csv", ("2025-03-01", "1", "2211.05", "培训", "5.00"))
    path = made(tmp_path / "[1]*?'.csv", ("2025-03-01", "1", "2211.05", "培训", "6.00"))
    assert str(read(path, map_of(tmp_path)).file.debit) == "6.00"


def test_a_mapping_names_headings_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(TEXT.replace("借方", "Soll"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read(path, map_of(tmp_path))
    assert problems(refused) == [("ledger_column_missing", 1)]
    assert refused.value.problems[0].says("en") == "There is no column debit (Debit); it is required."
    found = read(path, map_of(tmp_path, head='accounts = ["2211.05*"]\ncolumns = { debit = "Soll" }'))
    assert found.file.rows == 6


def test_headings_that_systems_write_are_understood_and_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    headings = "凭证日期,凭证字号,科目编码,摘要,借方金额,贷方金额,制单人,附件\n"
    path.write_text(headings + "2025-03-01,1,2211.05,培训,5.00,,王,2\n", encoding="utf-8")
    found = read(path, map_of(tmp_path))
    assert str(found.file.debit) == "5.00"
    assert [(each.code, each.values["found"]) for each in found.problems] == [
        ("ledger_columns_ignored", "制单人、附件")
    ]


BROKEN: dict[str, tuple[bytes, list[tuple[str, int | None]]]] = {
    "empty": (b"", [("ledger_empty", None)]),
    "blank": (b"\n\n", [("ledger_no_headings", None)]),
    "no headings": (ROWS.encode(), [("ledger_no_headings", None)]),
    "prose": ("这是一封信。\n没有表。\n".encode(), [("ledger_no_headings", None)]),
    "columns missing": ("日期,摘要,科目\n".encode(), [("ledger_column_missing", 1)] * 3),
    "heading twice": (TEXT.replace("贷方,", "贷方,借方金额,").encode(), [("book_column_twice", 1)]),
    "ten thousands": (TEXT.replace("借方", "借方（万元）").encode(), [("ledger_unit", 1)]),
    "too few columns": (f"{TEXT}2025,1,2211\n2025,2\n".encode(), [("ledger_columns", 8), ("ledger_columns", 9)]),
    "too many columns": (f"{TEXT}1,2,3,4,5,6,7,8,9,10\n".encode(), [("ledger_columns", 8)]),
    "too few, below a title": (f"账\n{TEXT}2025-01-01,1\n".encode(), [("ledger_columns", 9)]),
    "too few in GB18030": (f"{TEXT}2025-01-01,1\n".encode("gb18030"), [("ledger_columns", 8)]),
    "quote never closed": (f'{TEXT}2025,1,2211.05,"培训,5,,,,\n2025,1,1,x,1,,,,\n'.encode(), [("ledger_quote", 8)]),
    "text after a quote": (f'{TEXT}2025-01-01,1,2211.05,"培训"x,5,,,,\n'.encode(), [("ledger_quote", 8)]),
    "lines swallowed": (
        f'{TEXT}2025-01-01,1,1,"培训,5,,,,\n2025-01-01,1,2211.05,x,1,,,,\n2025-01-01,1,1,x",1,,,,\n'.encode(),
        [("ledger_swallowed", 8)],
    ),
    "NUL": (TEXT.replace("张三", "张\0三").encode(), [("ledger_nul", 3)]),
    "NUL in GB18030": (TEXT.replace("张三", "张\0三").encode("gb18030"), [("ledger_nul", 3)]),
    "no text": (b"\x81\xff\xfe\n" * 3, [("ledger_encoding", 1)]),
    "no text below": (TEXT.encode("gb18030") + b"2025,\xff\xff\n", [("ledger_encoding", 8)]),
    "endless line": (f"{TEXT}2025-01-01,1,2211.05,{'x' * 3_000_000},5,,,,\n".encode(), [("ledger_long", 8)]),
    "half a Parquet file": (b"PAR1" + bytes(100), [("ledger_damaged", None)]),
    "half a workbook": (b"PK\x03\x04" + bytes(100), [("book_truncated", None)]),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(100), [("book_old", None)]),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_says_where_and_why(kind: str, tmp_path: Path) -> None:
    content, expected = BROKEN[kind]
    path = tmp_path / "ledger.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read(path, map_of(tmp_path))
    assert problems(refused) == expected
    for lang in LANGUAGES:
        assert "possible fix" not in str([each.text(lang) for each in refused.value.problems]).lower()


@pytest.mark.parametrize(("name", "code"), [("none.csv", "ledger_missing"), (".", "ledger_no_file")])
def test_what_is_no_file_is_said(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path / name, map_of(tmp_path))
    assert problems(refused) == [(code, None)]


def test_a_sheet_of_a_workbook_is_chosen_by_its_name(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["nothing"])
    sheet = book.create_sheet("凭证")
    for row in cells():
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.value else "n"
    book.save(tmp_path / "l.xlsx")
    assert read(tmp_path / "l.xlsx", map_of(tmp_path), sheet="凭证").file.rows == 6
    for sheet_name, code in (("", "ledger_no_headings"), ("余额", "book_sheet_unknown")):
        with pytest.raises(Refused) as refused:
            read(tmp_path / "l.xlsx", map_of(tmp_path), sheet=sheet_name)
        assert problems(refused)[0][0] == code


def test_typed_columns_of_parquet_are_read_without_rounding(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    duckdb.execute(
        "copy (select date '2025-03-01' as date, 1 as voucher, '2211.05' as account, '培训' as text, "
        f"unnest([1.1, 1.005, 1e20]::double[]) as debit, 2.5::decimal(18,4) as credit) to '{path}' (format parquet)"
    )
    found = read(path, map_of(tmp_path))
    assert [str(each) for each in found.sums["accepted"]] == ["1", "1.10", "2.50"]
    assert [(each.code, each.where.line) for each in found.problems] == [
        ("amount_decimals", 2),
        ("amount_unreadable", 3),
    ]
