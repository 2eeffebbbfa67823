"""A workbook's cells, read from its XML: as openpyxl reads them, and what openpyxl does not say."""

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from test_hostile import MAIN

from eduf.files import dump, read
from eduf.files.formats import is_date
from eduf.files.sheets import Book, Cell, sheets
from eduf.history import compute
from eduf.problems import Problem, Refused

ROOT = Path(__file__).parent.parent
OFFICE = shutil.which("soffice")
PART = "xl/worksheets/sheet1.xml"
ANY = Path("a.xlsx")


def packed(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def book(*rows: list[Any]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    return made


def with_sheet(inside: str, tag: str = "worksheet", more: str = "") -> Book:
    """A book whose first sheet is this XML."""
    content = f'<?xml version="1.0"?><{tag} {more}>{inside}</{tag}>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(book([None])))) as old, zipfile.ZipFile(out, "w") as to:
        for name in old.namelist():
            to.writestr(name, content if name == PART else old.read(name))
    return sheets(ANY, out.getvalue())


NUMBERS = st.one_of(st.integers(-(10**14), 10**14), st.integers(-(10**14), 10**14).map(lambda n: n / 100))
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20)


@given(st.lists(st.lists(st.one_of(st.none(), NUMBERS, TEXTS, st.booleans()), max_size=5), max_size=5))
def test_every_cell_is_what_openpyxl_says_it_is(rows: list[list[Any]]) -> None:
    content = packed(book(*[[f"'{each}" if isinstance(each, str) else each for each in row] for row in rows]))
    found = sheets(ANY, content).sheets[0].cells
    expected = {
        (cell.row, cell.column): cell.value
        for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert {at: plain(cell) for at, cell in found.items()} == {at: as_plain(each) for at, each in expected.items()}


def plain(cell: Cell) -> tuple[str, object]:
    return cell.kind, Decimal(cell.value) if cell.kind == "number" else cell.value


def as_plain(value: Any) -> tuple[str, object]:
    if isinstance(value, bool):
        return "true_false", str(value).lower()
    return ("text", value) if isinstance(value, str) else ("number", Decimal(repr(value)))


CELLS: dict[str, tuple[str, Cell | None]] = {
    "a number in the digits of the file": ("<v>9.95</v>", Cell("number", "9.95")),
    "a number with binary dust": ("<v>0.30000000000000004</v>", Cell("number", "0.3")),
    "the largest amount": ("<v>999999999999.99</v>", Cell("number", "999999999999.99")),
    "a number with a power of ten": ("<v>1.5E+3</v>", Cell("number", "1500")),
    "a very small number": ("<v>1E-7</v>", Cell("number", "0.0000001")),
    "a number beyond all amounts": ("<v>1E+300</v>", Cell("error", "1E+300")),
    "a number that is none": ("<v>NaN</v>", Cell("error", "NaN")),
    "words where a number should stand": ("<v>abc</v>", Cell("error", "abc")),
    "nothing": ("", None),
    "an empty value": ("<v></v>", None),
    "a formula with its value": ("<f>A1*2</f><v>4</v>", Cell("number", "4", formula="A1*2")),
    "a formula without a value": ("<f>A1*2</f>", Cell("no_value", "", formula="A1*2")),
    "a formula shared with another cell": ('<f t="shared" si="0"/><v>4</v>', Cell("number", "4", formula="…")),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_read_in_the_digits_that_stand_there(name: str) -> None:
    inside, expected = CELLS[name]
    row = f'<sheetData><row r="3"><c r="B3">{inside}</c></row></sheetData>'
    found = with_sheet(row, more=f'xmlns="{MAIN}"').sheets[0].cells
    assert found == ({} if expected is None else {(3, 2): expected})


def test_a_formula_may_give_a_text_an_error_or_nothing() -> None:
    cells = (
        '<c r="A1" t="str"><f>x</f><v>一</v></c><c r="B1" t="e"><f>y</f><v>#N/A</v></c>'
        '<c r="C1" t="str"><f>z</f><v></v></c><c r="D1" t="b"><v>1</v></c>'
    )
    found = with_sheet(f'<sheetData><row r="1">{cells}</row></sheetData>', more=f'xmlns="{MAIN}"').sheets[0].cells
    assert [(at, each.kind, each.value, each.formula) for at, each in found.items()] == [
        ((1, 1), "text", "一", "x"),
        ((1, 2), "error", "#N/A", "y"),
        ((1, 4), "true_false", "true", ""),
    ]


def test_rows_and_cells_without_addresses_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    found = with_sheet(f"<sheetData>{rows}</sheetData>", more=f'xmlns="{MAIN}"').sheets[0].cells
    assert {at: each.value for at, each in found.items()} == {(1, 1): "1", (1, 2): "2", (2, 1): "3"}


def test_names_may_have_a_prefix_as_some_programs_write_them() -> None:
    inside = '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    assert with_sheet(inside, "x:worksheet", f'xmlns:x="{MAIN}"').sheets[0].cells == {(1, 1): Cell("number", "1")}


def test_a_dimension_that_is_too_small_hides_nothing() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 4))
    inside = f'<dimension ref="A1"/><sheetData>{rows}</sheetData>'
    assert len(with_sheet(inside, more=f'xmlns="{MAIN}"').sheets[0].cells) == 3


def test_what_is_hidden_or_merged_is_known() -> None:
    made = book(["a", 1], ["b", 2], ["c", 3])
    sheet = made.worksheets[0]
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A2:A3")
    hidden = made.create_sheet("secret")
    hidden.sheet_state = "veryHidden"
    found = sheets(ANY, packed(made))
    assert (found.sheets[0].hidden_rows, found.sheets[0].hidden_columns) == ({2}, {2})
    assert found.sheets[0].merged == [(2, 1, 3, 1)]
    assert [each.hidden for each in found.sheets] == [False, True]
    assert not found.macro


def test_runs_of_a_text_are_joined() -> None:
    made = book([CellRichText("职工", TextBlock(InlineFont(b=True), "教育"), "经费")])
    assert sheets(ANY, packed(made)).sheets[0].cells[1, 1].value == "职工教育经费"


def test_texts_that_cells_share_are_found_without_how_they_are_spoken() -> None:
    texts = (
        "<si><t>一</t></si><si/>"
        '<si><r><t>经</t></r><r><rPr><b/></rPr><t xml:space="preserve">费 </t></r>'
        '<rPh sb="0" eb="2"><t>jingfei</t></rPh></si>'
    )
    cells = "".join(f'<c r="{column}1" t="s"><v>{n}</v></c>' for column, n in zip("ABCD", (2, 1, 0, 9), strict=True))
    related = '<Relationship Id="r9" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(book([None])))) as old, zipfile.ZipFile(out, "w") as to:
        for name in old.namelist():
            kept = old.read(name).decode()
            if name == PART:
                kept = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
            if name == "xl/_rels/workbook.xml.rels":
                kept = kept.replace("</Relationships>", related)
            to.writestr(name, kept)
        to.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    found = sheets(ANY, out.getvalue()).sheets[0].cells
    assert {at: each.value for at, each in found.items()} == {(1, 1): "经费 ", (1, 2): "", (1, 3): "一", (1, 4): "9"}
    assert found[1, 4].kind == "error"


@pytest.mark.parametrize("epoch", [1900, 1904])
def test_a_day_is_the_day_that_the_book_shows(epoch: int) -> None:
    made = book([date(2018, 12, 31)])
    if epoch == 1904:
        made.epoch = CALENDAR_MAC_1904
    assert sheets(ANY, packed(made)).sheets[0].cells[1, 1][:2] == ("date", "2018-12-31")


FORMATS = {
    "General": False, "0.00": False, '#,##0.00"元"': False, "0%": False, "@": False, "yyyy-mm-dd": True,
    'yyyy"年"m"月"d"日"': True, "[$-804]yyyy/m/d;@": True, "[h]:mm": True, "[Red]#,##0": False, '"date"0': False,
    "_(* #,##0_);_(* (#,##0)": False, "[DBNum1][$-804]General": False, r"0\d": False, "mmm": True,
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_which_formats_show_a_day(form: str) -> None:
    assert is_date(form) == FORMATS[form]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: what it saves was not read")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_that_libreoffice_has_saved_again_states_the_same(lang: str, tmp_path: Path) -> None:
    case = read(ROOT / "examples" / "machinery.toml")
    path = tmp_path / "case.xlsx"
    path.write_bytes(dump(case, path, lang))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert read(tmp_path / "out" / "case.xlsx") == case


def problems(path: Path) -> tuple[Problem, ...]:
    try:
        return compute(read(path)).problems
    except Refused as refused:
        return refused.problems


def shuffled(content: bytes, change: Callable[[random.Random, bytearray], None], seed: int) -> bytes:
    rng, made = random.Random(seed), bytearray(content)
    change(rng, made)
    return bytes(made)


@pytest.mark.parametrize("seed", range(150))
def test_bytes_that_were_damaged_give_a_case_or_problems_never_a_traceback(seed: int, tmp_path: Path) -> None:
    content = dump(read(ROOT / "examples" / "services.toml"), ANY, "zh")

    def change(rng: random.Random, made: bytearray) -> None:
        for _ in range(rng.choice([1, 5, 50])):
            made[rng.randrange(len(made))] = rng.randrange(256)

    path = tmp_path / "case.xlsx"
    path.write_bytes(shuffled(content, change, seed))
    assert all(each.text("zh") for each in problems(path))


@pytest.mark.parametrize("seed", range(150))
def test_xml_that_was_damaged_gives_a_case_or_problems_never_a_traceback(seed: int, tmp_path: Path) -> None:
    content = dump(read(ROOT / "examples" / "services.toml"), ANY, "zh")
    rng, out = random.Random(seed), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as to:
        names = [name for name in old.namelist() if "sheet" in name or "workbook" in name or "styles" in name]
        hit = rng.choice(names)
        for name in old.namelist():
            kept = old.read(name)
            to.writestr(name, torn(rng, kept) if name == hit else kept)
    path = tmp_path / "case.xlsx"
    path.write_bytes(out.getvalue())
    assert all(each.text("en") for each in problems(path))


def torn(rng: random.Random, content: bytes) -> bytes:
    """An attribute's value or a text replaced by another."""
    wild = [b"-1", b"999999999999999999999", b"", b"\xe6\x98\xaf", b"A0", b"ZZZZ1", b"1e99", b"x", b"true"]
    spots = [n for n, byte in enumerate(content) if byte in b'">']
    for _ in range(rng.choice([1, 3, 20])):
        at = rng.choice(spots)
        end = min(n for n in (content.find(b'"', at + 1), content.find(b"<", at + 1), len(content)) if n > at)
        content = content[: at + 1] + rng.choice(wild) + content[end:]
        spots = [n for n, byte in enumerate(content) if byte in b'">']
    return content
