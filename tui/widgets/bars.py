"""Bars of what a year deducts, what its cap leaves free, and what it carries forward."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tui.looks import Looks
from tui.model import Model

SIGNS = {"deducted": "█", "headroom": "░", "carried_forward": "▒"}


def legend(looks: Looks) -> str:
    """What the characters of a bar stand for."""
    return "  ".join(f"{looks.drawn(sign)} {looks.name(name)}" for name, sign in SIGNS.items())


def scale(model: Model) -> int:
    """The longest bar of all years, in fen; at least 1."""
    return max([1, *(sum(_parts(model, each.year)) for each in model.history.years)])


def bar(model: Model, year: int, whole: int, cells: int, looks: Looks) -> str:
    """The bar of a year in so many cells for the longest: each part ends where its sum ends, so they add up."""
    ends, so_far = [0], 0
    for part in _parts(model, year):
        so_far += part
        ends.append(so_far * cells // whole)
    lengths = (end - begin for begin, end in pairwise(ends))
    return "".join(looks.drawn(sign) * length for sign, length in zip(SIGNS.values(), lengths, strict=True))


def lines(model: Model, years: tuple[int, ...], cells: int, looks: Looks) -> Iterator[str]:
    """A bar a year with what it carries forward in figures, in lines of at most so many cells."""
    figures = {year: looks.figure("carried_forward", model.value("carried_forward", year)) for year in years}
    longest = max(map(len, figures.values()), default=0)
    room, whole = max(cells - longest - 8, 4), scale(model)
    for year in years:
        yield f"{year} {figures[year].rjust(longest)} {bar(model, year, whole, room, looks)}".rstrip()


def _parts(model: Model, year: int) -> list[int]:
    return [_fen(model.value(name, year)) for name in SIGNS]


def _fen(value: Decimal | None) -> int:
    return max(int((value or Decimal(0)).scaleb(2)), 0)
