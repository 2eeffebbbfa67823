"""The parts of a workbook's archive and the elements of their XML, with a limit to everything that might be endless."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

MOST_BYTES = 100_000_000  # of all parts, unpacked
MOST_PARTS = 5_000
MOST_ELEMENTS = 2_000_000  # beginnings and ends, of a whole workbook
_CHUNK = 1 << 16

_OLD = b"\xd0\xcf\x11\xe0"  # how a binary document of Office 97 begins, and how an encrypted one does
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


class Broken(Exception):  # noqa: N818 - it says what is wrong with the file
    """The file is no workbook that can be read; `code` names the problem in the words of eduf."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Element(NamedTuple):
    """An element begins (`text` is None) or ends, with the text since the last tag. Names without their namespaces."""

    name: str
    attributes: Mapping[str, str]
    text: str | None = None


class Archive:
    """A zip archive whose parts are read one at a time."""

    def __init__(self, content: bytes, unpacked: int = MOST_BYTES) -> None:
        """`unpacked` limits the bytes of all parts. Raises Broken for what is no workbook that could be opened."""
        if not zipfile.is_zipfile(io.BytesIO(content)):
            raise Broken(_what(content))
        self._zip = _opened(content)
        self._elements = 0
        entries = self._zip.infolist()
        self.names = [entry.filename for entry in entries]
        if any(entry.flag_bits & 1 for entry in entries):
            raise Broken("book_encrypted")
        if len({name.casefold() for name in self.names}) < len(entries):
            raise Broken("book_damaged", reason=_twice(self.names))
        size = sum(entry.file_size for entry in entries)
        if size > unpacked or len(entries) > MOST_PARTS:
            raise Broken("book_unpacked", found=f"{size:,}", limit=f"{unpacked:,}", parts=f"{len(entries):,}")

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises Broken where there is none, or it is not what the archive says."""
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise Broken("book_damaged", reason=name) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise Broken("book_damaged", reason=f"{name}: {error}") from error

    def elements(self, name: str) -> Iterator[Element]:
        """The elements of a part in order. A document type is refused: nothing in it is ever expanded or fetched."""
        content, reader = self.part(name), _Reader()
        for start in range(0, len(content) + 1, _CHUNK):
            try:
                reader.parser.Parse(content[start : start + _CHUNK], start + _CHUNK > len(content))
            except (expat.ExpatError, ValueError, LookupError) as error:
                raise Broken("book_damaged", reason=f"{name}: {error}") from error
            self._elements += len(reader.found)
            if self._elements > MOST_ELEMENTS:
                raise Broken("book_elements", limit=f"{MOST_ELEMENTS // 2:,}")
            yield from reader.found
            reader.found.clear()


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise Broken("book_damaged", reason=str(error)) from error


def _what(content: bytes) -> str:
    """What a file is that is no archive."""
    if content.startswith(_OLD):
        return "book_encrypted" if _ENCRYPTED in content else "book_old"
    if content.startswith(b"PK"):
        return "book_truncated"
    if not content:
        return "file_empty"
    return "book_is_markup" if content.lstrip().startswith(_MARKUP) else "book_no_workbook"


def _twice(names: list[str]) -> str:
    folded = [name.casefold() for name in names]
    return next(name for name, each in zip(names, folded, strict=True) if folded.count(each) > 1)


class _Reader:
    """An XML parser that collects elements."""

    def __init__(self) -> None:
        self.found: list[Element] = []
        self._text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begins
        self.parser.EndElementHandler = self._ends
        self.parser.CharacterDataHandler = self._text.append
        self.parser.StartDoctypeDeclHandler = _refuse

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        self.found.append(Element(name.rpartition(":")[2], attributes))

    def _ends(self, name: str) -> None:
        self.found.append(Element(name.rpartition(":")[2], {}, "".join(self._text)))
        self._text.clear()


def _refuse(*_: object) -> None:
    raise Broken("book_doctype")
