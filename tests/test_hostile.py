"""Workbooks that are broken or mean harm: each ends in a clear error, within five seconds and a gigabyte."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from eduf.files import read
from eduf.files.template import workbook
from eduf.problems import Refused
from eduf.words import LANGUAGES

SHEET = "xl/worksheets/sheet2.xml"  # the enterprise
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SECONDS, BYTES = 5, 1 << 30


def template() -> bytes:
    return workbook(None, "en")


def changed(part: str, new: bytes | Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """The template with another part of that name."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or template())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for name in old.namelist():
            kept = old.read(name)
            made = new(kept) if callable(new) else new
            to.writestr(name, made if name == part else kept)
        if part not in old.namelist():
            to.writestr(part, new(b"") if callable(new) else new)
    return out.getvalue()


def sheet(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}">{inside}</worksheet>'.encode()


def with_rows(inside: str, before: str = "") -> bytes:
    return changed(SHEET, sheet(f"<sheetData>{inside}</sheetData>", before))


def external_entity() -> bytes:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>', doctype)


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>', f"<!DOCTYPE x [{entities}]>")


def zip_bomb() -> bytes:
    return changed(SHEET, b"<worksheet>" + b" " * 400_000_000)


def many_elements() -> bytes:
    return changed(SHEET, sheet("<a/>" * 20_000_000))


def many_cells() -> bytes:
    return with_rows('<row r="1">' + "<c><v>1</v></c>" * 300_000 + "</row>")


def far_away() -> bytes:
    return with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def merged_over_everything() -> bytes:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return changed(SHEET, sheet(f"<sheetData>{cell}</sheetData>{merged}"))


def twice() -> bytes:
    out = io.BytesIO(template())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, sheet(""))
    return out.getvalue()


def encrypted_part() -> bytes:
    """The first entry says, in both its headers, that it is encrypted."""
    content = bytearray(template())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    content[6] |= 1
    return bytes(content)


def encrypted_book() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def lying_size() -> bytes:
    """The archive says that a part is smaller than it is."""
    content = bytearray(template())
    central = content.rindex(SHEET.encode()) - 46  # before the name in the directory
    content[central + 24 : central + 28] = struct.pack("<I", 10)
    return bytes(content)


def opendocument() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


def plain_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return out.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "an external entity": (external_entity, "book_doctype"),
    "a billion laughs": (billion_laughs, "book_doctype"),
    "half a megabyte that unpacks to 400": (zip_bomb, "book_unpacked"),
    "twenty million elements": (many_elements, "book_elements"),
    "more cells than a case has": (many_cells, "book_cells"),
    "one value in the last cell": (far_away, "missing_key"),
    "all cells merged": (merged_over_everything, "missing_key"),
    "a part that stands twice": (twice, "book_damaged"),
    "an encrypted part": (encrypted_part, "book_encrypted"),
    "a workbook with a password": (encrypted_book, "book_encrypted"),
    "a part larger than it says": (lying_size, "book_damaged"),
    "cut off": (lambda: template()[:-3000], "book_truncated"),
    "cut off at the start": (lambda: template()[5000:], "book_damaged"),
    "nothing at all": (lambda: b"", "file_empty"),
    "a web page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "book_is_markup"),
    "a workbook of 1997": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "book_old"),
    "text": (lambda: "年度,金额\n2018,1\n".encode(), "book_no_workbook"),
    "an OpenDocument": (opendocument, "book_other_kind"),
    "an archive of something else": (plain_archive, "book_damaged"),
    "XML that ends too soon": (lambda: changed(SHEET, b"<worksheet><sheetData>"), "book_damaged"),
    "bytes that are no XML": (lambda: changed(SHEET, b"\x00\xff\x00\xff"), "book_damaged"),
    "an unknown encoding": (lambda: changed(SHEET, b'<?xml version="1.0" encoding="x"?><a/>'), "book_damaged"),
    "a book without its sheet": (
        lambda: changed("xl/_rels/workbook.xml.rels", lambda old: old.replace(b"sheet2.xml", b"sheet99.xml")),
        "book_damaged",
    ),
}

MEASURED = rf"""
import json, re, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, ({BYTES} * 2, {BYTES} * 2))
from eduf.cli import run
status = run(["calc", sys.argv[1], "--json", "--lang", sys.argv[2]])
used = 1024 * int(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1])
print(json.dumps([status, time.process_time(), used]))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_error_in_time(name: str, tmp_path: Path) -> None:
    made, code = HOSTILE[name]
    path = tmp_path / "case.xlsx"
    path.write_bytes(made())
    command = [sys.executable, "-c", MEASURED, str(path), "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    status, seconds, used = json.loads(done.stdout)
    assert status == 2
    assert code in [each["code"] for each in json.loads(done.stderr)["problems"]]
    assert (seconds < SECONDS, used < BYTES) == (True, True), (seconds, used)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_said_of_it_is_whole(name: str, lang: str, tmp_path: Path) -> None:
    if name in ("half a megabyte that unpacks to 400", "twenty million elements"):
        return  # their sentences are those of smaller ones
    path = tmp_path / "case.xlsx"
    path.write_bytes(HOSTILE[name][0]())
    with pytest.raises(Refused) as refused:
        read(path)
    for problem in refused.value.problems:
        assert "{" not in problem.text(lang)
        assert str(tmp_path) in problem.text(lang)


def test_macros_are_never_run_and_their_book_is_read(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsm"
    path.write_bytes(changed("xl/vbaProject.bin", b"\xd0\xcf", filled()))
    assert "book_macro_ignored" in [each.code for each in read(path).places.notices]


def filled() -> bytes:
    """The template with a name and a year."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    book["Enterprise"]["B4"] = '=HYPERLINK("x")'
    book["Enterprise"]["B4"].data_type = "s"
    sheet = book["Years"]
    for column, value in (("A", None), ("B", 2018), ("D", 1), ("E", 1), ("G", 1), ("L", None)):
        sheet[f"{column}4"] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
