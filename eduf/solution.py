"""What a goal seek found, with its proof, in sentences and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from eduf import money
from eduf.case import Difference
from eduf.money import percent, written
from eduf.show import laid_out
from eduf.typed import Unknown, Wanted
from eduf.version import __version__
from eduf.words import sentence, word

Side = Literal["largest", "smallest"]
Ends = tuple[Decimal, Decimal]
WIDEST = 200  # cells: two columns always fit


class Proof(NamedTuple):
    """A value that was put in, what the line then is, and whether that is as wanted."""

    value: Decimal
    result: Decimal
    holds: bool


@dataclass(frozen=True)
class Solution:
    """The answer of a goal seek: an amount, or a rate of growth; None where no value between the ends does it.

    `proof`: the answer between its neighbours, one fen or 0.1 % apart, as the whole case computes them; without an
    answer the ends of the range and, between them, the value that comes closest.
    """

    change: Unknown
    so_that: Wanted
    between: Ends
    which: Side
    answer: Decimal | None
    proof: tuple[Proof, ...]

    def difference(self) -> Difference | None:
        """The answer as a difference of a scenario."""
        return None if self.answer is None else difference_to(self.change, self.answer)

    def says(self, lang: str | None = None) -> str:
        """The answer and on which side of it nothing more does, or why there is none, in figures."""
        head = sentence(f"solve.{self.which if self.answer is not None else 'none'}", lang, **self._values(lang))
        return "".join((head, *(self._beside(each, lang) for each in self.proof if each.value != self.answer)))

    def rows(self) -> list[dict[str, Any]]:
        """The proof as flat rows."""
        return [each._asdict() for each in self.proof]

    def as_json(self, lang: str | None = None) -> dict[str, Any]:
        """The document of `eduf solve --json`; a rate of growth is text with three decimals (0.050 = 5 %)."""
        return {
            "format": 1,
            "eduf": __version__,
            "change": f"{self.change.fact}@{self.change.years}{' grow' if self.change.grows else ''}",
            "so_that": self.so_that.text(),
            "between": [str(each) for each in self.between],
            "answer": None if self.answer is None else str(self.answer),
            "which": self.which,
            "proof": [
                {"value": str(each.value), "result": str(each.result), "holds": each.holds} for each in self.proof
            ],
            "says": self.says(lang),
        }

    def text(self, lang: str) -> Iterator[str]:
        """The answer and its proof, in lines for a person."""
        yield self.says(lang)
        line = f"{word(f'names.{self.so_that.line}', lang)} {self.so_that.year}"
        yield from laid_out(
            [
                (word(f"names.{self.change.fact}", lang), [line, word("solve.holds", lang)]),
                *((self.shown(each.value), [written(each.result), _yes(each.holds, lang)]) for each in self.proof),
            ],
            WIDEST,
        )

    def shown(self, value: Decimal) -> str:
        """A value of what is looked for, for a person."""
        return percent(value) if self.change.grows else written(value)

    def _beside(self, each: Proof, lang: str | None) -> str:
        form = "none_at" if self.answer is None else "also" if each.holds else "not"
        if self.answer is not None and not self.between[0] <= each.value <= self.between[1]:
            form = f"beyond_{form}"
        return sentence(f"solve.{form}", lang, value=self.shown(each.value), result=written(each.result))

    def _values(self, lang: str | None) -> dict[str, object]:
        return {
            "fact": word(f"names.{self.change.fact}", lang),
            "what": sentence(f"solve.{'growth' if self.change.grows else 'amount'}", lang),
            "years": self.change.years,
            "line": word(f"names.{self.so_that.line}", lang),
            "year": str(self.so_that.year),
            "relation": {"<=": "≤", ">=": "≥", "=": "="}[self.so_that.relation],
            "target": written(self.so_that.target),
            "answer": "" if self.answer is None else self.shown(self.answer),
            "low": self.shown(self.between[0]),
            "high": self.shown(self.between[1]),
        }


def difference_to(change: Unknown, value: Decimal) -> Difference:
    """The difference that puts a value in."""
    way, text = ("grow", percent(value)) if change.grows else ("to", money.plain(value))
    return Difference.model_validate({"fact": change.fact, "years": change.years, way: text})


def _yes(holds: bool, lang: str) -> str:  # noqa: FBT001
    return word(f"solve.{'yes' if holds else 'no'}", lang)
