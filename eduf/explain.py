"""One figure, explained: formula, figures put in, law, and where each fact came from, down to the facts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from eduf import facts
from eduf.behind import leading_to
from eduf.history import History, Year
from eduf.law import Entry, current
from eduf.line import Line
from eduf.money import percent, written
from eduf.problems import Place
from eduf.symbols import formula
from eduf.words import sentence, word

Origin = facts.Origin | Literal["computed", "carried", "not_here"]

Key = tuple[int, str]  # year and name

_RATES = {
    "cap": "cap_rate",
    "tax_rate": "tax_rate",
}  # of these matters only the rate used is cited


@dataclass(frozen=True)
class Explanation:
    """A node of the tree: a figure of a year and what it was made of.

    `origin`: computed by a line; carried from last year's line; stated; by law; left out; unknown; losses of earlier
    years; none in a deemed year; or no line of such a year. `operands` are the figures that the line read, in order;
    `above` marks one that the tree has explained already; `idle` one that is 0 only because nothing is stated for what
    it is made of.
    """

    year: int
    name: str
    value: Decimal | None
    origin: Origin
    line: Line | None = None
    law: tuple[Entry, ...] = ()
    place: Place | None = None
    because: str | None = None
    operands: tuple["Explanation", ...] = ()
    above: bool = False
    idle: bool = False

    def label(self, lang: str | None = None) -> str:
        """The figure's name for a person."""
        return word(f"names.{self.name}", lang)

    def shown(self) -> str:
        """The figure for a person; a dash where there is none."""
        return figure(self.name, self.value)

    def formula(self, lang: str) -> str:
        """The line in words, empty for what is not computed."""
        return formula(self.line, lang, lambda read: word(f"names.{read}", lang)) if self.line and self.operands else ""

    def figures(self, lang: str) -> str:
        """The line with its figures put in, empty for what is not computed."""
        put_in = {each.name: each.shown() for each in self.operands}
        return formula(self.line, lang, put_in.__getitem__) if self.line and self.operands else ""


def figure(name: str, value: Decimal | None) -> str:
    """An amount or a rate for a person, a dash where there is none."""
    if value is None:
        return "—"
    return percent(value) if name.endswith("_rate") else written(value)


def explain(history: History, year: int, name: str) -> Explanation:
    """The tree below a figure of a year. Raises KeyError where the year has no figure of that name."""
    computed = history.year(year)
    if computed is None or name not in computed.values:
        raise KeyError(f"{name}@{year}")
    nodes: dict[Key, Explanation] = {}
    for each in history.years[
        : history.years.index(computed) + 1
    ]:  # the oldest first, so that no tree is deep to build
        for line in leading_to(name, each.setting):
            _node(history, each, line.name, nodes)
    return _told_once(_node(history, computed, name, nodes), set())


def _node(history: History, year: Year, name: str, nodes: dict[Key, Explanation]) -> Explanation:
    key = (year.year, name)
    if key not in nodes:
        nodes[key] = _explained(history, year, name, nodes)
    return nodes[key]


def _explained(history: History, year: Year, name: str, nodes: dict[Key, Explanation]) -> Explanation:
    key, value, line, figure = (year.year, name), year.values[name], year.line(name), year.figures.get(name)
    if figure is not None and (line is None or line.stated):
        cited = (figure.entry,) if figure.entry else ()
        idle = figure.origin == "left_out"
        return Explanation(*key, value, figure.origin, None, cited, figure.place, figure.because, idle=idle)
    if line is None:
        return Explanation(*key, value, "not_here")
    law, before = rests_on(history, year, line), history.before(year)
    if line.then and before:
        last = _node(history, before, line.then, nodes)
        return Explanation(*key, value, "carried", None, law, operands=(last,), idle=last.idle)
    operands = tuple([_node(history, year, read, nodes) for read in line.reads])
    return Explanation(*key, value, "computed", line, law, operands=operands, idle=_idle(line, value, operands))


def _idle(line: Line, value: Decimal | None, operands: tuple[Explanation, ...]) -> bool:
    """All of it is, or, for the lesser of two, the one that is 0."""
    if value != 0:
        return False
    enough = any if formula(line, "sql").startswith("least(") else all
    return enough(each.idle for each in operands)


def _told_once(node: Explanation, told: set[Key]) -> Explanation:
    """The tree in which what was explained once is only named the next time."""
    if not node.operands:
        return node
    if (node.year, node.name) in told:
        return replace(node, operands=(), above=True)
    told.add((node.year, node.name))
    operands = []
    for each in node.operands:
        operands.append(_told_once(each, told))  # a comprehension would double the depth
    return replace(node, operands=tuple(operands))


def rests_on(history: History, year: Year, line: Line) -> tuple[Entry, ...]:
    """The entries of the law on which a line rests, as in force that year; of rates the one used, none where stated."""
    held = history.case.qualifications(history.case.years[year.position])
    found: dict[str, Entry] = {}
    for cited in line.law:
        entries = history.law.cite(cited, year.year, held)
        if cited in _RATES:
            entries = tuple(entry for entry in entries if entry == year.figures[_RATES[cited]].entry)
        if cited == "extraction":
            used = tuple(entry for entry in entries if entry.value == year.values["extraction_rate"])
            entries = used or entries
        found |= {entry.id: entry for entry in entries}
    return tuple(found.values())


def text(node: Explanation, lang: str, depth: int | None = None, before: str = "") -> Iterator[str]:
    """The tree in lines for a person, `depth` levels below the figure (all where None)."""
    head = sentence("explain.in_year", lang, line=node.label(lang), year=node.year)
    formula_, figures = node.formula(lang), node.figures(lang)
    yield f"{before}{head} = {node.shown()}"
    inner = before + "    "
    if node.idle:
        yield f"{inner}{word('explain.nothing', lang)}"
        return
    if formula_:
        yield f"{inner}= {formula_}"
        if figures != node.shown():
            yield f"{inner}= {figures} = {node.shown()}"
    else:
        yield f"{inner}{_origin(node, lang)}"
    if not node.above:
        said = dict.fromkeys((_law_word(entry, lang), each) for entry in node.law for each in citations(entry, lang))
        yield from (f"{inner}{label}: {each}" for label, each in said)
    if depth == 0:
        if node.operands:
            yield inner + sentence("explain.more", lang, count=_size(node) - 1)
        return
    for each in node.operands:
        yield from text(each, lang, None if depth is None else depth - 1, inner)


def _origin(node: Explanation, lang: str) -> str:
    if node.above:
        return sentence("explain.above", lang, line=node.label(lang), year=node.year)
    if node.origin == "carried":
        last = node.operands[0]
        return "= " + sentence("explain.last_year", lang, line=last.label(lang), year=last.year)
    if node.origin == "stated":
        said = (
            sentence("explain.stated_because", lang, because=node.because)
            if node.because
            else word("explain.stated", lang)
        )
        place = node.place.text(lang) if node.place else ""
        return f"{said}: {place}" if place else said
    if node.origin == "losses":
        key = "losses_unknown" if node.value is None else "losses" if node.because else "no_losses"
        return sentence(f"explain.{key}", lang, because=node.because)
    return word("explain.by_law" if node.origin == "law" else f"explain.{node.origin}", lang)


def _law_word(entry: Entry, lang: str) -> str:
    return word("explain.rounding" if entry.id.startswith("rounding.") else "explain.law", lang)


def _size(node: Explanation) -> int:
    return 1 + sum(map(_size, node.operands))


def citations(entry: Entry, lang: str) -> Iterator[str]:
    """Where an entry stands written: document, article, dates, and whether that was checked; a line each."""
    days = {"begins": entry.begins.isoformat(), "ends": entry.ends.isoformat() if entry.ends else ""}
    time = sentence("explain.until" if entry.ends else "explain.since", lang, **days)
    for source in entry.sources:
        unchecked = source.unchecked.said(lang) if source.unchecked else ""
        checked = sentence(f"explain.{source.checked}", lang, unchecked=unchecked)
        document = current().documents()[source.document].said(lang)
        article = source.article.said(lang) if source.article else ""
        yield f"{' '.join(filter(None, (document, article)))} ({time}; {checked})"


def as_json(node: Explanation, lang: str, depth: int | None = None) -> dict[str, object]:
    """The tree as JSON: amounts and rates as text, null for what is unknown or not in such a year."""
    below = () if depth == 0 else node.operands
    return {
        "year": node.year,
        "line": node.name,
        "label": node.label(lang),
        "value": None if node.value is None else str(node.value),
        "origin": node.origin,
        "formula": node.formula(lang) or None,
        "figures": node.figures(lang) or None,
        "law": [entry_json(each, lang) for each in node.law],
        "where": node.place.text(lang) if node.place else None,
        "because": node.because,
        "above": node.above,
        "operands": [as_json(each, lang, None if depth is None else depth - 1) for each in below],
    }


def entry_json(entry: Entry, lang: str) -> dict[str, object]:
    """An entry of the law as JSON."""
    documents = current().documents()
    return {
        "id": entry.id,
        "says": entry.said(lang),
        "from": entry.begins.isoformat(),
        "to": entry.ends.isoformat() if entry.ends else None,
        "sources": [
            {
                "document": documents[each.document].said(lang),
                "article": each.article.said(lang) if each.article else None,
                "checked": each.checked,
                "unchecked": each.unchecked.said(lang) if each.unchecked else None,
                "checked_on": each.checked_on.isoformat(),
            }
            for each in entry.sources
        ],
    }
