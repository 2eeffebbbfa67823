"""The encoding of a text file, its line ends and its fingerprint, found in one pass; and a copy in UTF-8."""

import codecs
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from eduf.files.content import refused

_CHUNK = 1 << 22
_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16"}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Seen:
    """What one pass over a text file tells. `lines` counts its lines, `uniform` says that they all end alike."""

    encoding: str
    sha256: str
    lines: int
    uniform: bool

    @property
    def name(self) -> str:
        """The encoding as people write it."""
        return _NAMES[self.encoding]


def sha256(path: Path) -> str:
    """The fingerprint of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seen(path: Path) -> Seen:
    """Look through a text file in UTF-8, GB18030 or UTF-16 with its mark.

    Raises Refused where it is none of them, or holds a NUL.
    """
    with path.open("rb") as file:
        start = file.read(2)
    if start in _UTF_16:
        return _seen(path, "utf-16")
    try:
        return _seen(path, "utf-8-sig")
    except UnicodeDecodeError:
        return _gb18030(path)


def _gb18030(path: Path) -> Seen:
    try:
        return _seen(path, "gb18030")
    except UnicodeDecodeError as error:
        raise refused("ledger_encoding", path, _line_of_no_text(path)) from error


def _seen(path: Path, encoding: str) -> Seen:
    decoder = codecs.getincrementaldecoder(encoding)()
    digest, feeds, returns, pairs, last = hashlib.sha256(), 0, 0, 0, ""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            text = decoder.decode(chunk)
            if "\0" in text:
                raise refused("ledger_nul", path, feeds + text.count("\n", 0, text.index("\0")) + 1)
            feeds += text.count("\n")
            if "\r" in text or last == "\r":
                returns += text.count("\r")
                pairs += (last + text).count("\r\n")
            last = text[-1:]
    decoder.decode(b"", final=True)
    uniform = returns == 0 or (feeds == 0) or (returns == feeds == pairs)
    lines = max(feeds, returns) if uniform else feeds + returns - pairs
    return Seen(encoding, digest.hexdigest(), lines + (last not in "\r\n"), uniform)


def _line_of_no_text(path: Path) -> int:
    """The line with the first bytes that are not GB18030."""
    decoder, line = codecs.getincrementaldecoder("gb18030")(), 0
    with path.open("rb") as file:
        for line, row in enumerate(file, 1):
            try:
                decoder.decode(row)
            except UnicodeDecodeError:
                return line
    return line


@contextmanager
def spool() -> Iterator[tuple[IO[bytes], str]]:
    """A file without a name, where the system has such, and the name by which DuckDB opens it: nothing ever remains."""
    if os.name == "posix":
        with tempfile.TemporaryFile() as file:
            yield file, f"/dev/fd/{file.fileno()}"
        return
    with tempfile.TemporaryDirectory() as folder:  # pragma: no cover - elsewhere than on POSIX
        path = Path(folder) / "spool"
        with path.open("wb+") as file:
            yield file, str(path)


def transcode(path: Path, encoding: str, skip: int, to: IO[bytes]) -> None:
    """Copy a text as UTF-8 with one kind of line end, without its first lines."""
    with path.open(encoding=encoding) as text:
        for _ in range(skip):
            text.readline()
        writer = codecs.getwriter("utf-8")(to)
        shutil.copyfileobj(text, writer, 1 << 20)
    to.flush()
