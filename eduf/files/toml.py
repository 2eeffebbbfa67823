"""A case file in TOML: its bytes, its tables, and the line of every key."""

import hashlib
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from eduf.case import Case, Places
from eduf.files import tables
from eduf.files.scan import lines
from eduf.money import Typed
from eduf.problems import Place, Problem, Refused

LARGEST = 5_000_000  # bytes
_BOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # how workbooks and archives begin


def read(path: Path) -> Case:
    """The case in a TOML file. Raises Refused with every problem of the file."""
    content = _content(path)
    text = _text(path, content)
    raw = _parsed(path, text)
    return tables.case(raw, Places(str(path), hashlib.sha256(content).hexdigest(), lines(text)))


def _refused(code: str, path: Path, line: int | None = None, **values: object) -> Refused:
    return Refused([Problem(code, "error", Place(str(path), line), values)])


def _content(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise _refused("file_is_folder", path)
        if not stat.S_ISREG(found.st_mode):
            raise _refused("file_not_regular", path)
        if found.st_size > LARGEST:
            raise _refused("file_too_large", path, found=f"{found.st_size:,}", limit=f"{LARGEST:,}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refused("file_missing", path) from error
    except PermissionError as error:
        raise _refused("file_not_permitted", path) from error
    except (OSError, ValueError) as error:
        raise _refused("file_unreadable", path, reason=getattr(error, "strerror", None) or str(error)) from error


def _text(path: Path, content: bytes) -> str:
    if content.startswith(_BOOKS):
        raise _refused("file_is_workbook", path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, content, error.start) from error
    if "\0" in text:
        raise _not_utf8(path, content, content.index(0))
    if not text.strip():
        raise _refused("file_empty", path)
    return text


def _not_utf8(path: Path, content: bytes, at: int) -> Refused:
    return _refused("file_not_utf8", path, content.count(b"\n", 0, at) + 1, found=f"0x{content[at]:02X}")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(f"{text}\n", parse_float=Typed)  # so that only what is open ends with the file
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        if at is None:
            raise _refused("toml_unfinished", path, text.rstrip().count("\n") + 1) from error
        row = f"{text}\n".split("\n")[int(at[1]) - 1]
        found = row.strip()[:60] or ", ".join(f"U+{ord(each):04X}" for each in row[:9])
        raise _refused("toml_syntax", path, int(at[1]), column=at[2], found=found) from error
    except (RecursionError, ValueError) as error:
        raise _refused("toml_too_deep", path) from error
