"""How wide a text is where a Chinese character takes two cells: on a terminal, in the columns of a sheet."""

import unicodedata


def width(text: str) -> int:
    """How many cells a text takes."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
