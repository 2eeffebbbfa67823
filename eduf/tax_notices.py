"""What the tax of a computed history should make the user look at: what is asked for, the cliff, losses that expire."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from eduf import small
from eduf.cliff import crossed
from eduf.law import Text
from eduf.line import BOOKS
from eduf.losses import Lives, expiring, lives, opening
from eduf.money import ZERO, least, share, written
from eduf.problems import Level, Problem
from eduf.words import LANGUAGES, word

if TYPE_CHECKING:
    from eduf.history import History, Year

_ONCE = ("tax_rate_asked", "small_unstated")  # for all years that they concern


def of(history: "History") -> Iterator[Problem]:
    """Everything to say about the tax of the history: what is left out, then year by year."""
    until = lives(history.case, history.law)
    yield from _left_out(history)
    yield from _opening(history, until)
    said: set[object] = set()
    for year in history.years:
        for problem in _of_year(history, year, until):
            once = (problem.code, str(problem.values.get("found")))
            if problem.code not in _ONCE or once not in said:
                said.add(once)
                yield problem
    yield from _unrecognised(history)


def _of_year(history: "History", year: "Year", until: Lives) -> Iterator[Problem]:
    yield from _deemed(history, year)
    yield from _rate(history, year)
    yield from _small(history, year)
    yield from _cliff(history, year)
    yield from _loss(history, year, until)


def _problem(history: "History", year: "Year", code: str, key: str, level: Level, **values: object) -> Problem:
    place = history.case.places("year", year.position, key)
    return Problem(code, level, place, {"year": year.year, **values})


def _left_out(history: "History") -> Iterator[Problem]:
    """Once for the case: the years without income, and those whose tax hangs on the losses of these."""
    books = [year for year in history.years if year.setting.collection in BOOKS]
    without = [year for year in books if year.values["income"] is None]
    if without:
        found = _spans(year.year for year in without)
        yield _problem(history, without[0], "income_left_out", "income", "notice", found=found)
    hanging = [year for year in books if year not in without and year.values["losses_available"] is None]
    if hanging:
        values = {"found": _spans(year.year for year in hanging), "without": _spans(year.year for year in without)}
        yield _problem(history, hanging[0], "losses_unknown", "income", "notice", **values)


def _opening(history: "History", until: Lives) -> Iterator[Problem]:
    case, first = history.case, history.years[0].year
    on_books = (year for year in history.years if year.setting.collection in BOOKS)
    taxed = any(year.values["income"] is not None for year in on_books)
    if case.opening.losses is None and taxed and case.enterprise.founded != first:
        yield Problem("opening_losses_assumed", "notice", case.places("opening", "losses"), {"year": first})
    living, expired = expiring(opening(case), until.first - 1, until)
    for code, found in (("loss_expired_before", expired), ("loss_presumed", living)):
        for arose, amount in found:
            if amount is not None and (code == "loss_expired_before" or arose < until.first - until.usual):
                values = {"arose": arose, "amount": written(amount), "last": until.last(arose), "first": until.first}
                yield Problem(code, "notice", case.places("opening", "losses"), {**values, "usual": until.usual})


def _deemed(history: "History", year: "Year") -> Iterator[Problem]:
    income = year.values["income"]
    if year.setting.collection not in BOOKS and income is not None:
        yield _problem(history, year, "income_deemed", "income", "notice", found=written(income))


def _rate(history: "History", year: "Year") -> Iterator[Problem]:
    if year.values["income"] is not None and year.figures["tax_rate"].origin == "unknown":
        held = history.case.qualifications(history.case.years[year.position])
        found = _labels(small.asked(year.year, held, history.law), "values")
        yield _problem(history, year, "tax_rate_asked", "tax_rate", "notice", found=found)


def _small(history: "History", year: "Year") -> Iterator[Problem]:
    """Where the facts contradict that the enterprise is a small one, and where they do not say."""
    stated = history.case.years[year.position]
    held = history.case.qualifications(stated)
    if small.WHO not in held or stated.tax_rate is not None or year.values["income"] is None:
        return
    if small.asked(year.year, held, history.law) or year.setting.collection not in BOOKS:
        return
    conditions = small.conditions(stated, history.law)
    for each in conditions:
        if each.broken:
            values = {
                "line": _labels([each.fact], "names"),
                "found": _said(each.stated),
                "limit": _said(each.rule.value),
            }
            code = "small_over" if each.rule.value is not None else "small_restricted"
            yield _problem(history, year, code, each.fact, "warning", **values)
    if missing := [each.fact for each in conditions if each.stated is None]:
        yield _problem(history, year, "small_unstated", "qualifications", "notice", found=_labels(missing, "names"))


def _cliff(history: "History", year: "Year") -> Iterator[Problem]:
    found = crossed(year.values)
    if found:
        values = {"found": found.income, "limit": found.limit, "over": found.over, "tax": found.tax}
        more = {"at_limit": found.tax_at_limit, "saved": found.tax_jump}
        shown = {name: written(value) for name, value in {**values, **more}.items()}
        yield _problem(history, year, "small_income_over", "income", "warning", **shown)


def _loss(history: "History", year: "Year", until: Lives) -> Iterator[Problem]:
    for arose, amount in year.expired:
        if amount is not None:
            yield _problem(history, year, "loss_expired", "income", "notice", arose=arose, found=written(amount))
    own, absorbed = year.values["year_loss"], year.values["deducted_earlier"]
    if not own:
        return
    values = {"last": until.last(year.year), "found": written(least(own, absorbed or ZERO))}
    if absorbed:
        yield _problem(history, year, "carry_forward_in_loss", "income", "notice", **values)
    if until.lengthened_only_before(year.year):
        yield _problem(history, year, "loss_life_unsure", "qualifications", "notice", **values)


def _unrecognised(history: "History") -> Iterator[Problem]:
    """Once for the case: what the carry-forward at the end of each year would be as deferred tax."""
    enterprise = history.case.enterprise
    if enterprise.accounting != "cas" or enterprise.deferred_recognised:
        return
    pairs = ((year, year.values["carried_forward"] or ZERO, year.values["deferred_rate"]) for year in history.years)
    told = [f"{year.year}: {'—' if rate is None else written(share(base, rate))}" for year, base, rate in pairs if base]
    if told:
        place = history.case.places("enterprise", "deferred_recognised")
        yield Problem("deferred_unrecognised", "notice", place, {"found": "; ".join(told)})


def _said(value: object) -> str:
    return written(value) if isinstance(value, Decimal) else str(value)


def _labels(names: Iterable[str], section: str) -> Text:
    """The labels of facts or qualifications, in both languages."""
    names = tuple(names)
    return _both(lambda lang: [word(f"{section}.{name}", lang) for name in names])


def _spans(years: Iterable[int]) -> Text:
    """Years for a person: 2016–2018, 2020."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1][1:] = [year]
        else:
            spans.append([year])
    return _both(lambda _: ["–".join(map(str, span)) for span in spans])


def _both(said: Callable[[str], Sequence[str]]) -> Text:
    zh, en = (said(lang) for lang in LANGUAGES)
    return Text(zh="、".join(zh), en=", ".join(en))
