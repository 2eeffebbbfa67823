"""A figure explained in lines: formula, figures put in, law, and for each operand a line that leads to it."""

from collections.abc import Iterator
from pathlib import Path

from eduf import planning
from eduf.change import AMOUNTS, SIGNED
from eduf.explain import Explanation, citations, explain
from eduf.history import Year
from eduf.money import amount
from eduf.problems import Place, Problem
from tui.differences import covers
from tui.looks import Looks
from tui.model import Model
from tui.store import Touched
from tui.widgets.lines import Line

Target = tuple[str, int]  # a figure and its year


def explanation(model: Model, name: str, year: int, looks: Looks) -> Iterator[Line]:
    """The figure, a level deep: the operands can be followed."""
    computed = model.history.year(year)
    if computed is None or name not in computed.values:
        yield Line(looks.says(".explain.in_year", line=looks.name(name), year=year), "head")
        yield from _fact(model, name, year, _place(model, name, computed), looks)
        return
    node = explain(model.history, year, name)
    yield Line(f"{_head(node, looks)} = {looks.drawn(node.shown())}", "head")
    if node.formula(looks.lang) and not node.idle:
        yield Line(looks.drawn(f"= {node.formula(looks.lang)}"))
        if node.figures(looks.lang) != node.shown():
            yield Line(looks.drawn(f"= {node.figures(looks.lang)} = {node.shown()}"))
    yield from _origin(model, node, looks)
    if node.operands:
        yield Line("")
        yield Line(looks.word("panel.operands"), "quiet")
    for each in node.operands:
        yield Line(f"{_head(each, looks)} = {looks.drawn(each.shown())}", target=(each.name, each.year))
        if not each.operands:
            yield from (line._replace(indent=2) for line in _origin(model, each, looks))
    yield from _law(node, looks)


def _place(model: Model, name: str, year: Year | None) -> Place | None:
    """Where a fact stands that is no figure; None where it is not stated."""
    if year is None or getattr(model.case.years[year.position], name, None) is None:
        return None
    return model.case.places("year", year.position, name)


def _head(node: Explanation, looks: Looks) -> str:
    return looks.drawn(looks.says(".explain.in_year", line=node.label(looks.lang), year=node.year))


def _law(node: Explanation, looks: Looks) -> Iterator[Line]:
    said = dict.fromkeys(
        (looks.word(".explain.rounding" if entry.id.startswith("rounding.") else ".explain.law"), each)
        for entry in node.law
        for each in citations(entry, looks.lang)
    )
    if said:
        yield Line("")
    yield from (Line(looks.drawn(f"{label}: {each}"), "quiet") for label, each in said)


def _origin(model: Model, node: Explanation, looks: Looks) -> Iterator[Line]:
    """Where a figure came from that no formula made."""
    if node.idle:
        yield Line(looks.word(".explain.nothing"), "quiet")
    elif node.origin == "carried":
        last = node.operands[0]
        yield Line("= " + looks.says(".explain.last_year", line=last.label(looks.lang), year=last.year))
    elif node.origin == "stated":
        yield from _fact(model, node.name, node.year, node.place, looks)
        if node.because:
            yield Line(looks.says(".explain.stated_because", because=node.because), "quiet")
    elif node.origin == "losses":
        key = "losses_unknown" if node.value is None else "losses" if node.because else "no_losses"
        yield Line(looks.says(f".explain.{key}", because=node.because), "quiet")
    elif not node.operands:
        yield Line(looks.word(".explain.by_law" if node.origin == "law" else f".explain.{node.origin}"), "quiet")


def _fact(model: Model, name: str, year: int, place: Place | None, looks: Looks) -> Iterator[Line]:
    """Typed, with the time and what was there; by a difference of the scenario; or stated in the file."""
    typed = model.store.last_touched(name, year)
    if typed:
        yield Line(_typed(*typed, looks), "quiet")
        return
    scenario = model.store.now.scenario()
    ways = [each for each in scenario.set if covers(each, name, year)] if scenario else []
    if ways:
        said = looks.drawn("; ".join(planning.change(each, looks.lang) for each in ways))
        yield Line(looks.says("panel.by_scenario", said=said), "quiet")
    elif place and place.file:
        yield Line(f"{looks.word('.explain.stated')}: {_where(place)}", "quiet")
    elif not place:
        yield Line(looks.word(".explain.unknown"), "quiet")


def _typed(when: str, touched: Touched, looks: Looks) -> str:
    values = {"when": when[11:16], "was": shown(touched.fact, touched.was, looks), "typed": looks.drawn(touched.typed)}
    return looks.says("panel.typed" if touched.typed else "panel.cleared", **values)


def shown(fact: str, logged: str, looks: Looks) -> str:
    """A value of the log for a person."""
    if not logged:
        return looks.drawn("—")
    return looks.amount(amount(logged)).strip() if fact in (*AMOUNTS, *SIGNED) else looks.drawn(logged)


def _where(place: Place) -> str:
    return ":".join(filter(None, (Path(place.file).name, place.spot())))


def notices(model: Model, looks: Looks) -> Iterator[Line]:
    """What wants to be looked at, the most serious first; each leads to its year."""
    levels = ("error", "warning", "notice")
    found = sorted(model.history.problems, key=lambda each: levels.index(each.level))
    if not found:
        yield Line(looks.word("panel.no_notices"), "quiet")
    for each in found:
        yield Line(said(each, looks), "wrong" if each.level != "notice" else "", target=_target(each))
        yield Line(looks.drawn(each.do(looks.lang)), "quiet", indent=2)


def said(problem: Problem, looks: Looks) -> str:
    """A problem in a line: level, year, what was found."""
    year = f" {problem.where.year}" if problem.where.year else ""
    mark = {"error": "!!", "warning": "!", "notice": "-"}[problem.level]
    return looks.drawn(f"{mark} {looks.word(f'.levels.{problem.level}')}{year}: {problem.says(looks.lang)}")


def _target(problem: Problem) -> Target | None:
    path, year = problem.where.path, problem.where.year
    return (str(path[-1]), year) if year and len(path) > 2 else ("fund_closing", year) if year else None


def log(model: Model, looks: Looks) -> Iterator[Line]:
    """The edits, the newest first; each leads to a cell that it touched."""
    if not model.store.log:
        yield Line(looks.word("panel.no_edits"), "quiet")
    for edit in reversed(model.store.log):
        target = (edit.touched[0].fact, edit.touched[0].year) if edit.touched else None
        head = looks.says(f"edits.{edit.kind}", name=edit.name)
        yield Line(f"{edit.when[11:16]} {head}", target=target)
        for each in edit.touched[:20]:
            values = {"was": shown(each.fact, each.was, looks), "now": shown(each.fact, each.now, looks)}
            yield Line(
                f"{each.year} {looks.name(each.fact)}: {looks.says('panel.was_now', **values)}", "quiet", indent=2
            )
