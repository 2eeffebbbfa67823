"""Problems are values: collected in a list, never a traceback."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Literal

from eduf.money import shown, visible
from eduf.words import known, language, sentence, word

Level = Literal["error", "warning", "notice"]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where something stands: file and line, or file, sheet and cell; the path of its key; `year` names its table."""

    file: str = ""
    line: int | None = None
    path: Path = ()
    year: int | None = None
    sheet: str = ""
    cell: str = ""

    def text(self, lang: str | None = None) -> str:
        """`case.toml:12: year 2018: extracted`, in a workbook `case.xlsx:Years!D6: year 2018: Extracted`."""
        file = ":".join(filter(None, (self.file, self.spot()))) if self.file else ""
        return visible(": ".join(part for part in (file, *self._steps(lang)) if part))

    def here(self) -> "Place":
        """The same without the folder of the file, which means nothing on another machine."""
        return replace(self, file=self.file.replace("\\", "/").rpartition("/")[2])

    def spot(self) -> str:
        """The line, or the sheet with its cell, in the file."""
        return "!".join(filter(None, (self.sheet, self.cell))) or (str(self.line) if self.line else "")

    def _steps(self, lang: str | None) -> Iterable[str]:
        path = self.path
        if len(path) > 1 and path[0] in ("year", "filed") and isinstance(path[1], int):
            form = "nth" if self.year is None else str(path[0])
            yield sentence(f"place.{form}", lang, section=path[0], n=path[1] + 1, year=str(self.year))
            path = path[2:]
        for step in path:
            yield str(step + 1) if isinstance(step, int) else self.named(step, lang)

    def named(self, key: str, lang: str | None) -> str:
        """A key as the file writes it: in a workbook by its label, which is what its heading says."""
        return word(f"names.{key}", lang) if self.sheet and known(f"names.{key}") else shown(key)


@dataclass(frozen=True)
class Problem:
    """Something that the user should know. `code` names its sentences in words/; `values` are put into them."""

    code: str
    level: Level
    where: Place = field(default_factory=Place)
    values: Mapping[str, object] = field(default_factory=dict)

    def says(self, lang: str | None = None) -> str:
        """What was found, and what was expected."""
        return self._said("says", lang)

    def do(self, lang: str | None = None) -> str:
        """What to do about it."""
        return self._said("do", lang)

    def _said(self, part: str, lang: str | None) -> str:
        """The sentence, in a workbook's own terms where it stands in a workbook."""
        key = f"problems.{self.code}.{part}"
        return sentence(f"{key}_book" if self.where.sheet and known(f"{key}_book") else key, lang, **self._values(lang))

    def text(self, lang: str | None = None) -> str:
        """The problem in lines for a person: where, what, and what to do."""
        where = self.where.text(lang)
        head = f"{where}: " if where else ""
        return f"{head}{word(f'levels.{self.level}', lang)}: {self.says(lang)}\n    {self.do(lang)}"

    def as_json(self, lang: str | None = None) -> dict[str, object]:
        """The problem as the JSON of FORMATS: code, level, where, says, do."""
        return {
            "code": self.code,
            "level": self.level,
            "where": self.where.text(lang),
            "says": self.says(lang),
            "do": self.do(lang),
        }

    def _values(self, lang: str | None) -> dict[str, object]:
        key = next((step for step in reversed(self.where.path) if isinstance(step, str)), "")
        label = word(f"names.{key}", lang) if key else ""
        values = {name: visible(str(_spoken(value, lang))) for name, value in self.values.items()}
        file = visible(PurePath(self.where.file).name)
        return {"key": self.where.named(key, lang) or '""', "label": label, "file": file, **values}


class Refused(Exception):  # noqa: N818 - it carries problems, it is not one
    """The input is wrong and nothing was computed: `problems` says all that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))


def _spoken(value: object, lang: str | None) -> object:
    """A value for a sentence: a text in both languages becomes the one asked for."""
    return getattr(value, lang or language(), value)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only what keeps the case from being computed."""
    return tuple(problem for problem in problems if problem.level == "error")
