"""The law as data: one TOML file a matter, every entry dated, cited and marked checked or not."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from eduf import money
from eduf.law.entry import Entry, Matter, Source, Text
from eduf.validation import errors_of

__all__ = ["Entry", "Law", "LawError", "Matter", "Source", "Text", "current"]

_FOLDER = Path(__file__).parent
_DOCUMENTS = "documents"
_FITS: Mapping[str, Callable[[Entry], bool]] = {
    "rate": lambda entry: entry.is_rate,
    "limit": lambda entry: not entry.is_rate,
    "years": lambda entry: isinstance(entry.value, int),
    "edition": lambda entry: isinstance(entry.value, int),
}


class LawError(ValueError):
    """The law data cannot be trusted: names the file, the entry and what is wrong with it, one line each."""


@dataclass(frozen=True)
class Law:
    """The law in a folder of TOML files; a file is read when it is first asked for.

    `assumed` are rates that were put in the place of those in the files, by the ids of their entries.
    """

    folder: Path = _FOLDER
    assumed: tuple[tuple[str, Decimal], ...] = ()
    _read: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    _asked: dict[tuple[object, ...], tuple[Entry, ...]] = field(default_factory=dict, compare=False, repr=False)

    def names(self) -> tuple[str, ...]:
        """The names of all matters."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.toml") if path.stem != _DOCUMENTS))

    def matter(self, name: str) -> Matter:
        """The matter of that name. Raises LawError where its file is not as it must be, KeyError for no such file."""
        if name not in self._read:
            path = self.folder / f"{name}.toml"
            if not path.is_file():
                raise KeyError(name)
            self._read[name] = _assuming(_matter(path, self.documents()), dict(self.assumed))
        found: Matter = self._read[name]
        return found

    def documents(self) -> Mapping[str, Text]:
        """The documents that entries cite, by their short names."""
        if _DOCUMENTS not in self._read:
            path = self.folder / f"{_DOCUMENTS}.toml"
            self._read[_DOCUMENTS] = {key: _validated(path, Text, each, key) for key, each in _toml(path).items()}
        return MappingProxyType(self._read[_DOCUMENTS])

    def on(self, name: str, year: int, who: tuple[str, ...] = ()) -> tuple[Entry, ...]:
        """The entries of a matter in force at the end of a tax year, for everybody and for these qualifications."""
        asked = (name, year, who)
        if asked not in self._asked:
            day, wanted = date(year, 12, 31), {"general", *who}
            found = (each for each in self.matter(name).entry if each.in_force(day) and each.who in wanted)
            self._asked[asked] = tuple(found)
        return self._asked[asked]

    def rate(self, name: str, year: int, who: tuple[str, ...] = ()) -> Entry:
        """The entry whose rate applies: of several qualifications the one with the highest cap or the lowest tax.

        Of equal rates the one without a condition that eduf cannot see, then the one whose text was read.
        """
        sign = -1 if name == "tax_rate" else 1
        entries = [each for each in self.on(name, year, who) if each.automatic]
        return max(entries, key=lambda each: (sign * (each.value or 0), each.ask is None, not each.unchecked))

    def cite(self, said: str, year: int, who: tuple[str, ...] = ()) -> tuple[Entry, ...]:
        """The entries that a line rests on: `matter` (its main rule, or all its choices) or `matter.choice`."""
        name, _, choice = said.partition(".")
        entries = self.on(name, year, who)
        return tuple(each for each in entries if each.choice == choice) or (() if choice else entries)

    def sha256(self) -> str:
        """The fingerprint of all law files, and of what was assumed instead."""
        paths = sorted(self.folder.glob("*.toml"))
        assumed = "".join(f"{entry}={value}" for entry, value in self.assumed).encode()
        return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths) + assumed).hexdigest()

    def replace(self, entry: str, value: Decimal | str) -> "Law":
        """The same law with another rate in one entry, such as `cap.general.2018`: a what-if, its text unchecked.

        Raises KeyError where there is no rate of that id, Unreadable (a ValueError) for what is not a rate.
        """
        matter = self.matter(entry.partition(".")[0])
        if matter.kind != "rate" or all(each.id != entry for each in matter.entry):
            raise KeyError(entry)
        assumed = {**dict(self.assumed), entry: _rate(value)}
        return Law(self.folder, tuple(sorted(assumed.items())))


@cache
def current() -> Law:
    """The law that comes with this eduf."""
    return Law()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LawError(f"{path.name}: {error}") from error


def _validated(path: Path, model: type[Any], table: Mapping[str, Any], place: str) -> Any:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise LawError("\n".join(_sentences(path, table, place, error))) from error


def _sentences(path: Path, table: Mapping[str, Any], place: str, error: ValidationError) -> Iterator[str]:
    for each in errors_of(error):
        loc = list(each["loc"])
        where = place
        if len(loc) > 1 and loc[0] == "entry" and isinstance(loc[1], int):
            entry = table["entry"][loc[1]]
            where, loc = str(entry.get("id", f"entry {loc[1] + 1}") if isinstance(entry, dict) else entry), loc[2:]
        yield f"{path.name}: {where}: {'.'.join(map(str, loc))}: {each['msg']}"


def _matter(path: Path, documents: Mapping[str, Text]) -> Matter:
    matter: Matter = _validated(path, Matter, {**_toml(path), "name": path.stem}, path.stem)
    wrong = list(_wrong(matter, documents))
    if wrong:
        raise LawError("\n".join(f"{path.name}: {each}" for each in wrong))
    return matter


def _rate(value: Decimal | str) -> Decimal:
    """The rate, also where it is the number 1."""
    return money.rate(f"{money.plain(value.scaleb(2))}%" if isinstance(value, Decimal) and value.is_finite() else value)


def _assuming(matter: Matter, rates: Mapping[str, Decimal]) -> Matter:
    """The matter with these rates in its entries; no document says so, and none counts as checked for them."""
    entries = tuple(_assumed(each, rates[each.id]) if each.id in rates else each for each in matter.entry)
    return matter.model_copy(update={"entry": entries})


def _assumed(entry: Entry, value: Decimal) -> Entry:
    unread = {"checked": "no", "unchecked": None}
    sources = tuple(each.model_copy(update=unread) for each in entry.sources)
    return entry.model_copy(update={"value": value, "sources": sources})


def _wrong(matter: Matter, documents: Mapping[str, Text]) -> Iterator[str]:
    """What a matter's entries get wrong between them."""
    for entry in matter.entry:
        if not entry.id.startswith(f"{matter.name}."):
            yield f"{entry.id}: id: does not begin with {matter.name}."
        if (entry.value is None) != (matter.kind == "text"):
            yield f"{entry.id}: value: {'a text has none' if matter.kind == 'text' else f'a {matter.kind} needs one'}"
        elif entry.value is not None and not _FITS[matter.kind](entry):
            yield f"{entry.id}: value: {entry.value} is not of the kind {matter.kind}"
        for source in entry.sources:
            if source.document not in documents:
                yield f"{entry.id}: sources: no document {source.document} in documents.toml"
    for one, other in combinations(matter.entry, 2):
        if one.id == other.id:
            yield f"{other.id}: id: stands twice"
        elif one.overlaps(other):
            yield f"{other.id}: overlaps {one.id}"
