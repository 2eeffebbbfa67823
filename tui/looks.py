"""How the screen speaks and draws: the language, the unit of amounts, and the characters that the terminal can take."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from rich.cells import cell_len

from eduf.change import RATES
from eduf.money import percent, written
from eduf.words import sentence, word

_PLAIN = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "—": "-",
        "×": "x",
        "…": "...",
        "·": ".",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "≤": "<=",
        "≥": ">=",
        "±": "~",
        "█": "#",
        "▒": "+",
        "░": ".",
        "│": "|",
        "─": "-",
        "‹": "<",
        "›": ">",
        "↑": "^",
        "↓": "v",
        "→": "->",
    }
)
_WAN = 6  # decimals of an amount in units of 10,000 yuan, exact to the fen
CUT = "#"
_OF_FIGURES = "0123456789.,+-%"


@dataclass(frozen=True)
class Looks:
    """`plain`: only characters whose width no terminal doubts."""

    lang: str
    unit: str = "yuan"
    plain: bool = False

    def word(self, key: str) -> str:
        """A text of the screen, or, with a dot in front, any of eduf."""
        return self.drawn(word(key[1:] if key.startswith(".") else f"tui.{key}", self.lang))

    def says(self, key: str, /, **values: object) -> str:
        """A sentence of the screen with its values, or, with a dot in front, any of eduf."""
        return self.drawn(sentence(key[1:] if key.startswith(".") else f"tui.{key}", self.lang, **values))

    def name(self, name: str) -> str:
        """A fact or a line by its label."""
        return self.drawn(word(f"names.{name}", self.lang))

    def drawn(self, text: str) -> str:
        """The text in characters that the terminal can take."""
        if not self.plain:
            return text
        return "".join("?" if unicodedata.east_asian_width(each) == "A" else each for each in text.translate(_PLAIN))

    def figure(self, name: str, value: Decimal | None) -> str:
        """A figure: a rate, or an amount in the unit shown; a dash for none."""
        if value is None:
            return self.drawn("—")
        return percent(value) if name in RATES or name.endswith("_rate") else self.amount(value)

    def amount(self, value: Decimal) -> str:
        """An amount in the unit shown, never rounded: in 万元 to six decimals, spaces where they are 0."""
        if self.unit == "yuan":
            return written(value)
        whole, _, part = f"{value.scaleb(-4):,.{_WAN}f}".partition(".")
        kept = part.rstrip("0").ljust(2, "0")
        return f"{whole}.{kept}".ljust(len(whole) + 1 + _WAN)


def fitted(text: str, cells: int, *, right: bool = False) -> str:
    """The text in exactly so many cells, cut with a ~ where it is longer; never for figures."""
    if cell_len(text) > cells:
        kept, used = "", 0
        for each in text:
            used += cell_len(each)
            if used > cells - 1:
                break
            kept += each
        text = kept + "~" if cells else ""
    space = " " * (cells - cell_len(text))
    return space + text if right else text + space


def shortened(text: str, cells: int) -> str:
    """The text in exactly so many cells; where it is cut, it ends before the figure that would be."""
    if cell_len(text) <= cells:
        return fitted(text, cells)
    kept = fitted(text, cells)[:-1]
    if text[len(kept) : len(kept) + 1] in _OF_FIGURES:
        kept = kept.rstrip(_OF_FIGURES)
    return fitted(f"{kept}~", cells)


def tail(text: str, cells: int) -> str:
    """The end of the text, as far as it fits: where the typing goes on."""
    while cell_len(text) > cells:
        text = text[1:]
    return text


def figure_in(text: str, cells: int) -> str:
    """A figure on the right of so many cells; #### where it does not fit, as a cut number is a wrong number."""
    return CUT * cells if cell_len(text) > cells else " " * (cells - cell_len(text)) + text


def wrapped(text: str, cells: int) -> list[str]:
    """The text in lines of at most so many cells, broken between words or between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if cell_len(line) + cell_len(piece.rstrip()) <= cells:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        for each in piece:  # a word that is longer than a line is broken anywhere
            if cell_len(line + each) > cells:
                lines.append(line)
                line = ""
            line += each
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Words with the spaces behind them; a wide character by itself, with the punctuation behind it."""
    pieces: list[str] = []
    for each in text:
        wide, last = cell_len(each) > 1, pieces[-1][-1] if pieces else " "
        fresh = last == " " or wide or cell_len(last) > 1
        if pieces and (each in "，。、；：）”" or each == " " or not fresh):
            pieces[-1] += each
        else:
            pieces.append(each)
    return pieces
