"""A computed history as a table for a terminal: lines down, years across, as many as fit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from eduf.explain import figure
from eduf.history import History, Year
from eduf.problems import Problem
from eduf.words import sentence, word
from eduf.words.width import width

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "fund": (
        "extraction_due",
        "extracted",
        "extraction_shortfall",
        "fund_opening",
        "spent",
        "spent_in_full",
        "fund_closing",
    ),
    "deduction": (
        "deductible_wages",
        "cap_rate",
        "cap",
        "deductible_spent",
        "transferred",
        "brought_forward",
        "available",
        "deducted",
        "deducted_current",
        "deducted_earlier",
        "carried_forward",
        "headroom",
    ),
    "schedule": (
        "booked",
        "adjustment",
        "booked_in_full",
        "deducted_in_full",
        "adjustment_in_full",
        "total_booked",
        "total_spent",
        "total_deducted",
        "total_adjustment",
        "form_deducted",
    ),
    "deferred": (
        "deferred_rate",
        "deferred_tax_opening",
        "deferred_tax",
        "deferred_tax_change",
        "deferred_tax_remeasured",
        "deferred_tax_moved",
    ),
    "tax": (
        "income",
        "adjusted_income",
        "year_loss",
        "losses_available",
        "loss_relief",
        "taxable_income",
        "tax_rate",
        "small_first_rate",
        "small_rest_rate",
        "tax",
        "tax_effect",
    ),
}
_ONLY_WHERE = {
    "deferred": ("deferred_tax_opening", "deferred_tax"),
    "tax": ("income",),
}  # where a year has one of these
_ONLY_OTHER_THAN_0 = ("extraction_shortfall", "transferred", "year_loss", "losses_available", "loss_relief")
Row = tuple[str, list[str]]  # a label and a figure a year; a heading has none
GAP = 2
LEVELS = ("error", "warning", "notice")


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """The text filled with spaces to that many cells."""
    space = " " * max(cells - width(text), 0)
    return space + text if right else text + space


def table(history: History, years: Sequence[Year], lang: str, cells: int) -> Iterator[str]:
    """These years of the history in blocks, each at most `cells` wide (one year is shown whole even if wider)."""
    values = {"name": history.case.enterprise.name, "first": history.years[0].year, "last": history.years[-1].year}
    yield sentence("table.head", lang, **values)
    yield from laid_out(list(_rows(years, lang)), cells)


def laid_out(rows: Sequence[Row], cells: int) -> Iterator[str]:
    """Rows of equally many figures in blocks of columns, each at most `cells` wide, an empty line before each."""
    first = max(width(label) for label, figures in rows if figures)
    columns = [max(map(width, column)) for column in zip(*(figures for _, figures in rows if figures), strict=True)]
    for block in _blocks(columns, cells - first):
        yield ""
        yield from (_line(row, first, columns, block) for row in _in_block(rows, block))


def problems(found: Iterable[Problem], lang: str, paint: Callable[[str, str], str]) -> Iterator[str]:
    """The problems, errors first; `paint` may colour a level's word, which stands there in any case."""
    for problem in sorted(found, key=lambda each: LEVELS.index(each.level)):
        level = word(f"levels.{problem.level}", lang)
        yield problem.text(lang).replace(level, paint(level, problem.level), 1)


def _rows(years: Sequence[Year], lang: str) -> Iterator[Row]:
    heads = [f"{year.year}" + ("" if year.status == "actual" else f" {word('values.plan', lang)}") for year in years]
    yield word("table.line", lang), heads
    for section, shown in sections(years):
        yield word(f"sections.{section}", lang), []
        for name in shown:
            yield "  " + word(f"names.{name}", lang), [figure(name, year.values.get(name)) for year in years]
    yield from _by_year("vintages", [dict(year.vintages) for year in years], lang)
    if any(year.values["income"] is not None for year in years):
        yield from _by_year("losses", [dict(year.losses) for year in years], lang)


def sections(years: Sequence[Year]) -> Iterator[tuple[str, list[str]]]:
    """The sections that these years have something for, each with its lines."""
    for section, names in SECTIONS.items():
        there = any(year.values[name] is not None for year in years for name in _ONLY_WHERE.get(section, ("spent",)))
        shown = [name for name in names if there and _worth_showing(name, years)]
        if shown:
            yield section, shown


def _worth_showing(name: str, years: Sequence[Year]) -> bool:
    """Rows that only repeat are left out: row 4 without a row 6, the printed formula where it gives the same."""
    if name == "form_deducted":
        return any(year.values[name] not in (None, year.values["deducted"]) for year in years)
    if name.startswith("total_"):
        return any(year.values["spent_in_full"] or year.values["booked_in_full"] for year in years)
    values = [year.values.get(name) for year in years]
    if name in ("deferred_tax_remeasured", "deferred_tax_moved"):
        return any(year.values["deferred_tax_remeasured"] for year in years)
    optional = name.endswith("_in_full") or name in _ONLY_OTHER_THAN_0
    return any(values) if optional else any(value is not None for value in values)


def _by_year(section: str, left: Sequence[Mapping[Any, Decimal | None]], lang: str) -> Iterator[Row]:
    """What is carried out of each year, a row for each year in which it arose; a dash is unknown."""
    labels = sorted({label for each in left for label in each}, key=lambda label: label or 0)
    if labels:
        yield word(f"sections.{section}", lang), []
    for label in labels:
        shown = [figure("", each[label]) if label in each else "" for each in left]
        yield f"  {label or word('explain.unknown', lang)}", shown


def _blocks(columns: Sequence[int], room: int) -> Iterator[range]:
    start = 0
    while start < len(columns):
        end, used = start + 1, columns[start] + GAP
        while end < len(columns) and used + columns[end] + GAP <= room:
            used += columns[end] + GAP
            end += 1
        yield range(start, end)
        start = end


def _in_block(rows: Sequence[Row], block: range) -> list[Row]:
    """The rows that say something about these years, and the headings that stand above one."""
    kept: list[Row] = []
    for label, figures in reversed(rows):
        if any(figures[n] for n in block) if figures else kept and kept[-1][1]:
            kept.append((label, figures))
    return kept[::-1]


def _line(row: Row, first: int, columns: Sequence[int], block: range) -> str:
    label, figures = row
    texts = (" " * GAP + padded(figures[n], columns[n], right=True) for n in block) if figures else ()
    return (padded(label, first) + "".join(texts)).rstrip()
