"""A case file in TOML: its bytes, its tables, and the line of every key."""

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from eduf.case import Case, Places
from eduf.files import tables
from eduf.files.content import content, refused
from eduf.files.scan import lines
from eduf.money import Typed
from eduf.problems import Refused

LARGEST = 5_000_000  # bytes
_BOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # how workbooks and archives begin


def read(path: Path) -> Case:
    """The case in a TOML file. Raises Refused with every problem of the file."""
    return case(path, content(path, LARGEST))


def case(path: Path, found: bytes) -> Case:
    """The case that a TOML file of that name would state with this content."""
    return tables.case(*table(path, found))


def table(path: Path, found: bytes) -> tuple[dict[str, Any], Places]:
    """The tables of a TOML file, and where each key stands."""
    text = _text(path, found)
    return _parsed(path, text), Places(str(path), hashlib.sha256(found).hexdigest(), lines(text))


def _text(path: Path, found: bytes) -> str:
    if found.startswith(_BOOKS):
        raise refused("file_is_workbook", path)
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, found, error.start) from error
    if "\0" in text:
        raise _not_utf8(path, found, found.index(0))
    if not text.strip():
        raise refused("file_empty", path)
    return text


def _not_utf8(path: Path, found: bytes, at: int) -> Refused:
    return refused("file_not_utf8", path, found.count(b"\n", 0, at) + 1, found=f"0x{found[at]:02X}")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(f"{text}\n", parse_float=Typed)  # so that only what is open ends with the file
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        if at is None:
            raise refused("toml_unfinished", path, text.rstrip().count("\n") + 1) from error
        row = f"{text}\n".split("\n")[int(at[1]) - 1]
        found = row.strip()[:60] or ", ".join(f"U+{ord(each):04X}" for each in row[:9])
        raise refused("toml_syntax", path, int(at[1]), column=at[2], found=found) from error
    except (RecursionError, ValueError) as error:
        raise refused("toml_too_deep", path) from error
