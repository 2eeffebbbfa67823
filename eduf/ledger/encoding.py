"""The encoding of a text file, its line ends and its fingerprint, found in one pass; and a copy in UTF-8."""

import codecs
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from eduf.files.content import refused

_CHUNK = 1 << 18
_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16"}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Seen:
    """What one pass over a file tells: of a text also its number of lines, and whether they all end alike."""

    sha256: str
    encoding: str = ""
    lines: int | None = None
    uniform: bool = True

    @property
    def name(self) -> str:
        """The encoding as people write it, nothing for what is no text."""
        return _NAMES.get(self.encoding, "")


def fingerprint(path: Path) -> Seen:
    """Look through a file that is no text."""
    with path.open("rb") as file:
        return Seen(hashlib.file_digest(file, "sha256").hexdigest())


def begins_plainly(path: Path) -> bool:
    """Whether a text begins in UTF-8 with one kind of line end, so that it may be read as it stands."""
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    returns = start.count(b"\r")
    uniform = returns in (0, start.count(b"\n"), start.count(b"\n") + start.endswith(b"\r")) or b"\n" not in start
    return start[:2] not in _UTF_16 and _is_utf_8(start) and uniform


def seen(path: Path) -> Seen:
    """Look through a text in UTF-8, GB18030 or UTF-16 with its mark. Raises Refused for none of these, or with NULs."""
    with path.open("rb") as file:
        wide = file.read(2) in _UTF_16
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        with suppress(UnicodeError), path.open(encoding=encoding, newline="") as text:
            while text.read(_CHUNK):
                pass
            return looked(path, encoding)
    raise refused("ledger_encoding", path, _line_of_no_text(path))


def _is_utf_8(start: bytes) -> bool:
    """Whether bytes are UTF-8, perhaps cut in a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def looked(path: Path, encoding: str) -> Seen:
    """Line ends, NULs and the fingerprint, from the bytes; of UTF-16, which has NULs in its bytes, from the text."""
    digest, feeds, returns, pairs, last = hashlib.sha256(), 0, 0, 0, b""
    wide = encoding == "utf-16"
    decoder = codecs.getincrementaldecoder("utf-16")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            text = decoder.decode(chunk).encode("utf-8") if wide else chunk
            if b"\0" in text:
                raise refused("ledger_nul", path, feeds + text.count(b"\n", 0, text.index(b"\0")) + 1)
            feeds += text.count(b"\n")
            if b"\r" in text or last == b"\r":
                returns += text.count(b"\r")
                pairs += (last + text).count(b"\r\n")
            last = text[-1:]
    uniform = returns == 0 or feeds == 0 or returns == feeds == pairs
    lines = max(feeds, returns) if uniform else feeds + returns - pairs
    return Seen(digest.hexdigest(), encoding, lines + (last not in (b"\r", b"\n")), uniform)


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
