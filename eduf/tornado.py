"""A sensitivity as a table for a terminal: one assumption step by step, several by how far they move the figure."""

from collections.abc import Iterator
from decimal import Decimal

from eduf.explain import figure
from eduf.sensitivity import Point, Sensitivity, Varied
from eduf.show import Row, laid_out
from eduf.words import sentence, word

BAR = 12  # cells of the longest bar


def table(found: Sensitivity, lang: str, cells: int) -> Iterator[str]:
    """The line as it stands, and what it becomes."""
    values = {"line": word(f"names.{found.line}", lang), "year": str(found.year)}
    yield sentence("vary.head", lang, **values, baseline=figure(found.line, found.baseline))
    rows = _steps(found, found.varied[0], lang) if len(found.varied) == 1 else _swings(found, lang)
    yield from laid_out(list(rows), cells)


def assumption(each: Varied, lang: str) -> str:
    """What is varied, in words."""
    how = word(f"vary.{each.range.way}", lang)
    return " ".join(filter(None, (word(f"names.{each.range.fact}", lang), each.years, how)))


def _steps(found: Sensitivity, each: Varied, lang: str) -> Iterator[Row]:
    yield assumption(each, lang), [word(f"vary.{key}", lang) for key in ("result", "difference")]
    for point in each.points:
        result = "—" if point.result is None else figure(found.line, point.result)
        yield f"  {each.range.shown(point.value)}", [result, _signed(found.line, point.difference)]


def _swings(found: Sensitivity, lang: str) -> Iterator[Row]:
    yield word("vary.assumption", lang), [word(f"vary.{key}", lang) for key in ("low", "high", "swing", "bar")]
    for each in found.varied:
        ends = [_end(found.line, each, point) for point in (each.low, each.high)]
        yield f"  {assumption(each, lang)}", [*ends, figure(found.line, each.swing), _bar(found, each)]


def _end(line: str, each: Varied, point: Point) -> str:
    return f"{figure(line, point.result)} ({each.range.shown(point.value)})"


def _bar(found: Sensitivity, each: Varied) -> str:
    longest = found.varied[0].swing
    filled = int(each.swing * BAR // longest) if longest else 0
    return "█" * filled + " " * (BAR - filled)


def _signed(line: str, value: Decimal | None) -> str:
    return "—" if value is None else ("+" if value > 0 else "") + figure(line, value)
