"""What a line rests on, so that a search computes no more than it needs."""

from functools import cache

from eduf import lines
from eduf.line import Line, Setting
from eduf.tax_lines import FROM_EARLIER_YEARS


@cache
def behind(name: str) -> frozenset[str]:
    """The names of all that a line rests on in any setting, in its year or before, itself among them."""
    wanted, before = {name}, 0
    while before != len(wanted):
        before = len(wanted)
        for each in lines.LINES:
            if each.name in wanted:
                wanted.update(each.reads, filter(None, (each.then,)))
        for given, made_by in FROM_EARLIER_YEARS.items():
            wanted.update(made_by if given in wanted else ())
    return frozenset(wanted)


@cache
def leading_to(name: str, setting: Setting) -> tuple[Line, ...]:
    """The lines of a year of this setting on which a line of it, or of a later year, rests."""
    return tuple(each for each in lines.of(setting) if each.name in behind(name))
