"""A Symbol stands for a number, so that running a line on it writes the line down: for people, for Excel, in SQL.

A Symbol is a finished text, not a tree. It cannot be compared or tested: a line that tried to branch would be
written down for one branch only.
"""

from collections.abc import Callable, Mapping
from typing import NoReturn

from eduf.line import Line
from eduf.money import greatest, least, share, when_at_most

Dialect = Mapping[str, str]

DIALECTS: Mapping[str, Dialect] = {
    "zh": {
        "+": "{} ＋ {}",
        "-": "{} － {}",
        "least": "{} 与 {} 中较小者",
        "greatest": "{} 与 {} 中较大者",
        "share": "{} × {}，四舍五入到分",
        "when_at_most": "{} 不超过 {} 时为 {}，否则为 {}",
        "0": "0",
        "()": "({})",
    },
    "en": {
        "+": "{} + {}",
        "-": "{} − {}",
        "least": "the lesser of {} and {}",
        "greatest": "the greater of {} and {}",
        "share": "{} × {}, to the fen, half up",
        "when_at_most": "where {} is at most {}: {}; else {}",
        "0": "0",
        "()": "({})",
    },
    # Every product is one of whole numbers below 2^53, which doubles hold exactly: the whole tens of yuan times the
    # rate in per mille are fen, and only what is left of the last ten yuan is rounded. (Fen times per mille would
    # pass 2^53 at shares of 90 billion yuan.) Every sum is rounded free of binary dust.
    "excel": {
        "+": "ROUND({}+{},2)",
        "-": "ROUND({}-{},2)",
        "least": "MIN({},{})",
        "greatest": "MAX({},{})",
        "share": "(INT({0}/10)*ROUND({1}*1000,0)"
        "+ROUND(ROUND(({0}-10*INT({0}/10))*100,0)*ROUND({1}*1000,0)/1000,0))/100",
        "when_at_most": "IF({}<={},{},{})",
        "0": "0",
        "()": "{}",
    },
    # DECIMAL(18,2) times a rate would be computed in 64 bits and overflow.
    "sql": {
        "+": "cast({} + {} as decimal(18,2))",
        "-": "cast({} - {} as decimal(18,2))",
        "least": "least({}, {})",
        "greatest": "greatest({}, {})",
        "share": "cast(round(cast({} as decimal(28,2)) * {}, 2) as decimal(18,2))",
        "when_at_most": "case when {} <= {} then {} else {} end",
        "0": "cast(0 as decimal(18,2))",
        "()": "{}",
    },
}


class Symbol:
    """A number's text in a dialect. `form`: how it was joined, none for a name, which needs no brackets."""

    def __init__(self, text: str, dialect: Dialect, form: str = "") -> None:
        self.text = text
        self.dialect = dialect
        self.form = form

    def write(self, form: str, *others: "Symbol | int") -> "Symbol":
        """This and other numbers, joined in the form of that name."""
        after = (Symbol(self.dialect[str(each)], self.dialect) if isinstance(each, int) else each for each in others)
        first = self.text if {form, self.form} <= {"+", "-"} else self._closed
        return Symbol(self.dialect[form].format(first, *(each._closed for each in after)), self.dialect, form)

    @property
    def _closed(self) -> str:
        return self.dialect["()"].format(self.text) if self.form else self.text

    def __add__(self, other: "Symbol") -> "Symbol":
        return self.write("+", other)

    def __sub__(self, other: "Symbol") -> "Symbol":
        return self.write("-", other)

    def _no_branch(self, *_: object) -> NoReturn:
        raise TypeError("a line may not branch: use least, greatest or when_at_most")

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = _no_branch
    __eq__ = __ne__ = _no_branch
    __hash__ = None  # type: ignore[assignment]


@share.register
def _share(amount: Symbol, rate: Symbol) -> Symbol:
    return amount.write("share", rate)


@least.register
def _least(a: Symbol, b: Symbol) -> Symbol:
    return a.write("least", b)


@greatest.register
def _greatest(a: Symbol, b: Symbol | int) -> Symbol:
    return a.write("greatest", b)


@when_at_most.register
def _when_at_most(a: Symbol, b: Symbol, x: Symbol, y: Symbol) -> Symbol:
    return a.write("when_at_most", b, x, y)


def formula(line: Line, dialect: str, name: Callable[[str], str] = str) -> str:
    """The line written down in a dialect (zh, en, excel, sql); `name` gives the text of each figure that it reads."""
    return str(line(*(Symbol(name(read), DIALECTS[dialect]) for read in line.reads)).text)
