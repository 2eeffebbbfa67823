"""A budget for a terminal: years across, then what the plan needs, and the law that it rests on."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from eduf.budget import Budget, BudgetYear
from eduf.explain import citations, figure
from eduf.money import percent, written
from eduf.show import Row, laid_out
from eduf.words import sentence, word

JOINT = {"zh": "、", "en": ", "}
_SPENDING = ("cap", "brought_forward", "spent", "spent_in_full", "carried_forward", "headroom")
_FUND = ("extraction_rate", "extraction_due", "extracted", "fund_opening", "fund_closing")

Figure = Callable[[BudgetYear], str]


def text(budget: Budget, lang: str, cells: int) -> Iterator[str]:
    """The whole budget in lines, its table at most so many cells wide."""
    first, last = budget.history.years[0].year, budget.history.years[-1].year
    yield sentence("table.head", lang, name=budget.history.case.enterprise.name, first=first, last=last)
    yield from laid_out(list(_rows(budget, lang)), cells)
    yield ""
    yield _needed(budget, lang)
    for each in budget.years:
        if each.cliff:
            yield _stay_below(each, lang)
    if budget.made:
        yield sentence("plan.made", lang, years=JOINT[lang].join(map(str, budget.made)))
    yield ""
    yield word("plan.law", lang)
    for entry in budget.entries:
        yield f"{entry.said(lang)} [{entry.id}]"
        yield from (f"    {each}" for each in citations(entry, lang))


def _rows(budget: Budget, lang: str) -> Iterator[Row]:
    yield word("table.line", lang), [f"{each.year} {word('values.plan', lang)}" for each in budget.years]
    for section, rows in (("spending", _spending), ("fund", _fund), ("front_line", _front_line), ("cliff", _cliff)):
        found = list(rows(budget, lang))
        if found:
            yield word(f"plan.sections.{section}", lang), []
            yield from ((f"  {label}", figures) for label, figures in found)


def _spending(budget: Budget, lang: str) -> Iterator[Row]:
    for name in _SPENDING:
        if name != "spent_in_full" or any(each.values[name] for each in budget.years):
            yield _line(budget, name, lang)
    yield _row(budget, "without_new", lang, lambda each: _amount(each.without_new.amount if each.without_new else None))
    yield _row(budget, "left", lang, lambda each: _amount(each.left))
    if any(each.without_any != each.without_new for each in budget.years):
        yield _row(budget, "without_any", lang, lambda each: _without_any(each, lang))


def _without_any(each: BudgetYear, lang: str) -> str:
    """What may be spent with nothing carried forward; a word where even without spending something is."""
    if each.without_new and not each.without_any:
        return word("plan.none", lang)
    return _amount(each.without_any.amount if each.without_any else None)


def _fund(budget: Budget, lang: str) -> Iterator[Row]:
    yield from (_line(budget, name, lang) for name in _FUND)
    yield _row(budget, "pays", lang, lambda each: word(f"plan.{'no' if each.missing else 'yes'}", lang))
    if any(each.missing for each in budget.years):
        yield _row(budget, "missing", lang, lambda each: _amount(each.missing))
    for n, at in enumerate(budget.years[-1].rates):
        label = sentence("plan.rows.at_rate", lang, rate=percent(at.rate))
        yield label, [written(each.rates[n].fund_closing) for each in budget.years]
    yield _row(budget, "needed", lang, lambda each: _rate(each, lang))


def _rate(each: BudgetYear, lang: str) -> str:
    if each.needed:
        return percent(each.needed.rate)
    return sentence("plan.over_rate", lang, rate=percent(each.rates[-1].rate))


def _front_line(budget: Budget, lang: str) -> Iterator[Row]:
    yield _row(budget, "front_line_spent", lang, lambda each: _amount(each.front_line.spent))
    yield _row(budget, "front_line_percent", lang, lambda each: _percent(each.front_line.percent))
    if entry := budget.years[-1].front_line.entry:
        label = sentence("plan.rows.front_line_least", lang, rate=percent(Decimal(entry.value or 0)))
        yield label, [_amount(each.front_line.least) for each in budget.years]
        yield _row(budget, "front_line_missing", lang, lambda each: _amount(each.front_line.missing))


def _cliff(budget: Budget, lang: str) -> Iterator[Row]:
    """Only where the limit is crossed."""
    if not any(each.cliff for each in budget.years):
        return
    for name in ("income", "limit", "over", "tax", "tax_at_limit", "tax_jump"):
        amounts = [_amount(getattr(each.cliff, name, None)) for each in budget.years]
        yield word(f"plan.rows.cliff_{name}", lang), amounts


def _line(budget: Budget, name: str, lang: str) -> Row:
    return word(f"names.{name}", lang), [figure(name, each.values[name]) for each in budget.years]


def _row(budget: Budget, name: str, lang: str, shown: Figure) -> Row:
    return word(f"plan.rows.{name}", lang), [shown(each) for each in budget.years]


def _amount(value: Decimal | None) -> str:
    return figure("", value)


def _percent(value: Decimal | None) -> str:
    return "—" if value is None else f"{value}%"


def _needed(budget: Budget, lang: str) -> str:
    """Which rate of the law pays the plan."""
    entry, highest = budget.needed, budget.years[-1].rates[-1]
    if entry is None:
        rate = percent(highest.rate)
        return sentence("plan.too_little", lang, rate=rate, missing=written(budget.missing()))
    form = "enough" if entry == budget.years[-1].rates[0].entry else "needs"
    return sentence(f"plan.{form}", lang, rate=percent(Decimal(entry.value or 0)))


def _stay_below(each: BudgetYear, lang: str) -> str:
    """What would keep the year's income at the limit."""
    assert each.cliff
    values = {"year": each.year, "over": written(each.cliff.over), "jump": written(each.cliff.tax_jump)}
    if each.below_cliff is None:
        return sentence("plan.not_below", lang, **values, headroom=_amount(each.values["headroom"]))
    return sentence("plan.stay_below", lang, **values, spent=written(each.below_cliff))
