"""Sentences with figures in them, as formulas: what they say follows when an input is changed."""

from collections.abc import Mapping
from string import Formatter


def spoken(template: str, cells: Mapping[str, str]) -> str:
    """The sentence as a formula that puts amounts in; `cells` gives the formula of each."""
    pieces = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            pieces.append(quoted(text))
        if name:
            pieces.append(f"FIXED({cells[name]},2)")
    return "&".join(pieces)


def quoted(text: str) -> str:
    """A text in a formula."""
    return '"' + text.replace('"', '""') + '"'
