"""Returns in a CSV with the form's own headings: read whatever editor saved it, and every problem with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from eduf.files import filed_csv
from eduf.files.filed_csv import FiledFile
from eduf.problems import Refused
from eduf.words import speak

HEAD = (
    "年度,行次,项目,账载金额,实际发生额,税收规定扣除率,以前年度累计结转扣除额,税收金额,纳税调整金额,"
    "累计结转以后年度扣除额,经费余额,递延所得税资产\n"
)
TEXT = HEAD + (
    ",,,1,2,3,4,5,6(1-5),7(2+4-5),,\n"
    "2020,1,一、工资薪金支出,,,*,*,10000000,,*,,\n"
    "2020,2,其中：股权激励,,,,,,,,,\n"
    '2020,5,其中：按税收规定比例扣除的职工教育经费,"400,000.00",30万元,8%,0,300000.00,１０００００,,,\n'
    "2020年度,第6行,其中：按税收规定全额扣除的职工培训费用,0,0,100%,*,0,(0.00),*,,\n"
    "2020,,,,,,,,,,100000,-\n"
    "\n"
    "2021,4,三、职工教育经费支出,5,,,,,,,,\n"
)


def read(text: str, folder: Path, encoding: str = "utf-8") -> FiledFile:
    file = folder / "filed.csv"
    file.write_bytes(text.encode(encoding))
    return filed_csv.read(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_csv_is_read_in_every_encoding_that_editors_write(encoding: str, separator: str, tmp_path: Path) -> None:
    text = TEXT if separator == "," else TEXT.replace('"400,000.00"', "400000").replace(",", "\t")
    found = read(text, tmp_path, encoding)
    first, second = found.filed
    assert first.row1
    assert first.row5
    assert first.row6
    assert second.row4
    assert (first.year, first.row1.deducted, first.fund_balance, first.deferred_tax, first.row4) == (
        2020, Decimal("10000000.00"), Decimal("100000.00"), None, None,
    )  # fmt: skip
    assert first.row5.model_dump() == {
        "booked": Decimal("400000.00"),
        "spent": Decimal("300000.00"),
        "rate": Decimal("0.080"),
        "brought_forward": Decimal("0.00"),
        "deducted": Decimal("300000.00"),
        "adjustment": Decimal("100000.00"),
        "carried_forward": None,  # left empty: not declared, not 0
    }
    assert first.row6.carried_forward is None
    assert (second.year, second.row4.booked, second.row5) == (2021, Decimal("5.00"), None)


def test_headings_may_be_keys_and_places_are_lines(tmp_path: Path) -> None:
    found = read("year,row,deducted\n2020,5,1\n2021,5,2\n", tmp_path)
    assert [each.row5 and each.row5.deducted for each in found.filed] == [Decimal("1.00"), Decimal("2.00")]
    assert found.places("filed", 1, "row5", "deducted").text("en").endswith("filed.csv:3: filed 2021: row5: deducted")
    assert len(found.places.sha256) == 64


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    speak("en")
    found = read("年度,行次,税收金额,备注\n2020,5,1,\n2020,3,9,\n2020,13,9,\n", tmp_path)
    assert [(each.code, each.level) for each in found.places.notices] == [
        ("book_columns_ignored", "notice"),
        ("filed_rows_ignored", "notice"),
    ]
    assert found.places.notices[1].says() == "Lines for other rows of the form: 2; they were not read."


WRONG = [
    ("年度,税收金额\n2020,1\n", ["1: error: There is no column 行次 / Row; it is required."]),
    ("年度,行次,税收金额,税收金额\n2020,5,1,1\n", ["1: error: The heading '税收金额' stands twice."]),
    (
        "年度,行次,税收金额,税收规定扣除率\n20x,5,1,\n2020,5,abc,2.55%\n2020,5,1,\n2020,15,1,\n2007,5,1,\n",
        [
            "2: error: '20x' is not a year.",
            "3: filed 2020: row5: rate: error: '2.55%' is not a multiple of 0.1 %, as every legal rate is.",
            "3: filed 2020: row5: deducted: error: 'abc' is not an amount of yuan.",
            "4: filed 2020: row5: error: ",
            "5: filed 2020: error: '15' is not a row of the schedule that eduf reads.",
            "6: error: 2007 lies before 2008; ",
        ],
    ),
    ("年度,行次,经费余额\n2020,,1\n2020,,2\n", ["3: filed 2020: fund_balance: error: "]),
    ("  \n", ["error: The file is empty."]),
]


@pytest.mark.parametrize(("text", "expected"), WRONG, ids=[text[:20] for text, _ in WRONG])
def test_every_problem_is_found_at_once_with_its_line(text: str, expected: list[str], tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(text, tmp_path)
    said = [each.text("en").replace(f"{tmp_path}/filed.csv:", "").strip() for each in refused.value.problems]
    assert len(said) == len(expected)
    assert [each for each, start in zip(said, expected, strict=True) if not each.startswith(start)] == []


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"\xff\xff\xff\xfe"])
def test_what_is_no_text_is_refused(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "filed.csv"
    file.write_bytes(raw)
    with pytest.raises(Refused) as refused:
        filed_csv.read(file)
    assert [each.code for each in refused.value.problems] == ["filed_not_text"]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        filed_csv.read(tmp_path / "none.csv")
    assert [each.code for each in refused.value.problems] == ["file_missing"]


def test_a_cell_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(f"year,row,deducted\n2020,5,{'1' * 200_000}\n", tmp_path)
    assert [each.code for each in refused.value.problems] == ["filed_not_csv"]
