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
from eduf.problems import Place, Problem, Refused

LARGEST = 5_000_000  # bytes


class Number(str):
    """A number of the file as it was typed, without TOML's underscores: no float ever stands for it."""

    __slots__ = ()

    def __new__(cls, typed: str) -> "Number":
        """The number as TOML wrote it."""
        return super().__new__(cls, typed.replace("_", ""))


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
            raise _refused("file_unreadable", path, reason="—")
        if found.st_size > LARGEST:
            raise _refused("file_too_large", path, found=f"{found.st_size:,}", limit=f"{LARGEST:,}")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refused("file_missing", path) from error
    except (OSError, ValueError) as error:
        raise _refused("file_unreadable", path, reason=getattr(error, "strerror", None) or str(error)) from error


def _text(path: Path, content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        raise _refused("file_is_workbook", path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused("file_not_utf8", path, line, found=f"0x{content[error.start]:02X}") from error
    if not text.strip():
        raise _refused("file_empty", path)
    return text


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Number)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        rows = text.split("\n")
        line, column = (int(at[1]), int(at[2])) if at else (len(rows), len(rows[-1]) + 1)
        found = rows[line - 1].strip()[:60] if line <= len(rows) else ""
        raise _refused("toml_syntax", path, line, column=column, found=found) from error
    except (RecursionError, ValueError) as error:
        raise _refused("toml_too_deep", path) from error
