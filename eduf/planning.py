"""Scenarios and sensitivities as tables for a terminal, as JSON and as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from eduf import result
from eduf.case import Difference
from eduf.change import AMOUNTS, SIGNED, WAYS
from eduf.comparison import Compared, Comparison, Dated, Outcome, Summary
from eduf.explain import figure
from eduf.money import Unreadable, amount, written
from eduf.problems import Problem
from eduf.result import as_text
from eduf.scenario import Changed
from eduf.show import Row, laid_out
from eduf.version import __version__
from eduf.words import known, sentence, word

AND = {"zh": "、", "en": ", "}
LINES = ("carried_forward", "adjustment", "fund_closing")


def table(found: Comparison, names: Sequence[str], lang: str, cells: int) -> Iterator[str]:
    """What each scenario changes, these lines beside the baseline, and what it comes to."""
    values = {"name": found.case.enterprise.name, "first": found.years[0], "last": found.years[-1]}
    yield sentence("table.head", lang, **values)
    yield ""
    for outcome in found.outcomes[1:]:
        yield outcome.name
        yield from (f"  {change(each, lang)}" for each in outcome.set)
        if left_out := _left_out(outcome, lang):
            yield "  " + sentence("scenario.left_out", lang, facts=left_out)
    yield from laid_out(list(_rows(found, names, lang)), cells)
    yield from laid_out(list(_summaries(found, lang)), cells)


def change(stated: Difference, lang: str) -> str:
    """A difference in words."""
    way = next(each for each in WAYS if getattr(stated, each) is not None)
    value = getattr(stated, way)
    if isinstance(value, tuple):
        said = AND[lang].join(word(f"values.{each}", lang) for each in value) or word("scenario.none", lang)
    else:
        said = _said(stated.fact, way, value, lang)
    form = "less" if way == "add" and said.startswith("-") else way
    values = {"years": stated.years, "value": said.removeprefix("-") if form == "less" else said}
    return sentence(f"scenario.{form}", lang, fact=word(f"names.{stated.fact}", lang), **values)


def _said(fact: str, way: str, value: str, lang: str) -> str:
    if fact in (*AMOUNTS, *SIGNED) and way in ("to", "add"):
        try:
            return written(amount(value))
        except Unreadable:
            name, sign, rest = value.replace("*", "×").partition("×")
            return f"{word(f'names.{name.strip()}', lang)} {sign} {rest.strip()}" if sign else value
    return word(f"values.{value}", lang) if known(f"values.{value}") else value


def _left_out(outcome: Outcome, lang: str) -> str:
    """The facts that the scenario does not state and no longer knows."""
    lost = (f"{word(f'names.{each.fact}', lang)} {each.year}" for each in outcome.changed if each.after is None)
    return AND[lang].join(lost)


def _rows(found: Comparison, names: Sequence[str], lang: str) -> Iterator[Row]:
    plans = {year.year for each in found.outcomes for year in each.history.years if year.status == "plan"}
    heads = [f"{year}" + (f" {word('values.plan', lang)}" if year in plans else "") for year in found.years]
    yield word("table.line", lang), heads
    for name in names:
        yield word(f"names.{name}", lang), []
        for outcome in found.outcomes:
            by_year = {each.year: each for each in found.compared(outcome, (name,))}
            row = [by_year.get(year) for year in found.years]
            yield f"  {title(outcome, lang)}", [_figure(name, each) for each in row]
            if outcome is not found.baseline:
                yield from _beside(name, row, lang)


def _beside(name: str, row: Sequence[Compared | None], lang: str) -> Iterator[Row]:
    """How far a line is from the baseline, where it is known at all, and in per cent."""
    if any(each and each.difference for each in row):
        differences = [each.difference if each else None for each in row]
        yield f"    {word('scenario.difference', lang)}", [_signed(name, each) for each in differences]
        yield f"    {word('scenario.percent', lang)}", [_percent(each) for each in row]


def _percent(each: Compared | None) -> str:
    return f"{each.percent:+}%" if each and each.percent else ""


def _figure(name: str, each: Compared | None) -> str:
    return "" if each is None else figure(name, each.value)


def _signed(name: str, value: Decimal | None) -> str:
    return "" if not value else ("+" if value > 0 else "") + figure(name, value)


def title(outcome: Outcome, lang: str) -> str:
    """The name of a scenario, or what the baseline is called."""
    return outcome.name or word("scenario.baseline", lang)


def _summaries(found: Comparison, lang: str) -> Iterator[Row]:
    columns = ("clears", "largest_carried_forward", "lowest_fund", "tax")
    labels = [sentence(f"scenario.{each}", lang, year=found.last_shared) for each in columns]
    yield word("scenario.summary", lang), labels
    for outcome in found.outcomes:
        yield f"  {title(outcome, lang)}", _summary(found.summary(outcome), outcome, lang)


def clears(summary: Summary, outcome: Outcome, lang: str) -> str:
    """The year in which the carry-forward comes to an end, or that it does not; — where nothing is carried."""
    nothing = not summary.largest_carried_forward.amount and summary.clears is None
    last = outcome.history.years[-1].year
    return "—" if nothing else str(summary.clears or sentence("scenario.not_by", lang, year=last))


def _summary(summary: Summary, outcome: Outcome, lang: str) -> list[str]:
    dated = (summary.largest_carried_forward, summary.lowest_fund)
    return [
        clears(summary, outcome, lang),
        *(f"{written(each.amount)} ({each.year})" for each in dated),
        figure("tax", summary.tax),
    ]


def new_problems(found: Comparison, outcome: Outcome) -> tuple[Problem, ...]:
    """What is to be looked at in a scenario and not in the baseline."""
    before = {(each.code, each.where.year) for each in found.baseline.history.problems}
    return tuple(each for each in outcome.history.problems if (each.code, each.where.year) not in before)


def comparison_json(found: Comparison, names: Sequence[str], lang: str) -> dict[str, Any]:
    """The document of `eduf scenario --json`, the baseline first."""
    whole = result.as_json(found.baseline.history, lang)
    return {
        "format": 1,
        "eduf": __version__,
        "case": whole["case"],
        "law": whole["law"],
        "scenarios": [_outcome(found, each, names, lang) for each in found.outcomes],
    }


def _outcome(found: Comparison, outcome: Outcome, names: Sequence[str], lang: str) -> dict[str, Any]:
    whole = result.as_json(outcome.history, lang)
    return {
        "name": title(outcome, lang),
        "baseline": outcome is found.baseline,
        "set": [each.model_dump(exclude_none=True, mode="json") for each in outcome.set],
        "changed": [_changed(each) for each in outcome.changed],
        "years": whole["years"],
        "compared": [_texts(each._asdict()) for each in found.compared(outcome, names)],
        "summary": {key: _dated(value) for key, value in found.summary(outcome)._asdict().items()},
        "problems": whole["problems"],
    }


def _changed(each: Changed) -> dict[str, Any]:
    return {**each._asdict(), "before": _plain(each.before), "after": _plain(each.after)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def _texts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in row.items()}


def _dated(value: Any) -> Any:
    return _texts(value._asdict()) if isinstance(value, Dated) else _plain(value)


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Flat rows; an empty cell is unknown, or not in such a year."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(as_text(value) if isinstance(value, str) else value for value in row.values())
    return out.getvalue()
