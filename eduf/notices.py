"""What a computed history should make the user look at: warnings, notices, and figures that cannot be."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from eduf import lines, small
from eduf.law import Entry, Text
from eduf.money import LIMIT, ZERO, least, percent, share, written
from eduf.problems import Level, Place, Problem, Refused
from eduf.words import word

if TYPE_CHECKING:
    from eduf.history import History, Year

_ONCE = ("extraction_rate_unusual", "tax_rate_unknown")
SAID_ONCE = (*_ONCE, "law_asks", "law_unchecked")  # for all years that they concern
EXACT = 10 * LIMIT  # up to here a workbook's doubles give the same fen


def of(history: "History") -> Iterator[Problem]:
    """Everything to say about the history: how the file was read, openings, then year by year."""
    yield from _kind(history)
    yield from _reading(history)
    yield from _opening(history)
    yield from _scenarios(history)
    asked: set[str] = set()
    said: set[object] = set()
    for year in history.years:
        for check in (_impossible, _extraction, _fund, _old_balance, _collection, _form, _tax, _signs, _stated_rate):
            for problem in check(history, year):
                once = (problem.code, problem.values.get("found"))
                if problem.code not in _ONCE or once not in said:
                    said.add(once)
                    yield problem
        yield from _law(history, year, asked)


def _kind(history: "History") -> Iterator[Problem]:
    """A case of an administrative organ can be read, for its study hours; there is nothing to compute in it."""
    if history.case.enterprise.kind == "administrative_organ":
        yield Problem("administrative_organ", "error", history.case.places("enterprise", "kind"))


def _reading(history: "History") -> Iterator[Problem]:
    places = history.case.places
    yield from places.notices
    imported = [each for each in places.imported if each.outcome != "ignored"]
    if imported:
        first, values = imported[0], {"count": len(imported)}
        where = Place(places.file, sheet=first.sheet, cell=first.cell)
        yield Problem("book_read_otherwise", "notice", where, values)


def _about(history: "History", year: "Year", key: str) -> Place:
    return history.case.places("year", year.position, key)


def _problem(history: "History", year: "Year", code: str, key: str, level: Level, **values: object) -> Problem:
    return Problem(code, level, _about(history, year, key), {"year": year.year, **values})


def _amount(year: "Year", name: str) -> Decimal:
    """A line or fact that is known to stand in this year."""
    value = year.values[name]
    if value is None:
        raise LookupError(f"{name} is not known in {year.year}")
    return value


def _opening(history: "History") -> Iterator[Problem]:
    case, first = history.case, history.years[0]
    if case.enterprise.founded != first.year:
        left_out = [name for name, figure in first.figures.items() if name.startswith("opening_")]
        missing = [name for name in left_out if first.figures[name].origin == "left_out"]
        for name in missing:
            if name != "opening_before_2008_balance" or _may_be_old(history, first):
                place = first.figures[name].place or Place()
                yield Problem(f"{name}_assumed", "notice", place, {"year": first.year})
    if _amount(first, "opening_fund_balance") < 0:
        found = written(_amount(first, "opening_fund_balance"))
        yield Problem("fund_opening_negative", "notice", case.places("opening", "fund_balance"), {"found": found})
    if case.enterprise.extraction_rate is None and any(
        y.figures["extraction_rate"].origin == "law" for y in history.years
    ):
        rate = first.figures["extraction_rate"].value if first.figures["extraction_rate"].origin == "law" else None
        values = {"rate": percent(rate or _ordinary(history, first))}
        yield Problem("extraction_rate_assumed", "notice", case.places("enterprise", "extraction_rate"), values)


def _scenarios(history: "History") -> Iterator[Problem]:
    """What keeps a scenario of the case from being computed; the case itself is."""
    if not history.case.scenarios:
        return
    from eduf.scenario import applied

    for each in history.case.scenarios:
        try:
            applied(history.case, each)
        except Refused as refused:
            for problem in refused.problems:
                why, what = (Text(zh=said("zh"), en=said("en")) for said in (problem.says, problem.do))
                values = {"scenario": each.name, "why": why, "what": what}
                yield Problem("scenario_inapplicable", "warning", problem.where, values)


def _may_be_old(history: "History", first: "Year") -> bool:
    """Whether the opening fund may hold what was extracted before 2008: soon after, and not of a younger enterprise."""
    founded = history.case.enterprise.founded
    return first.year < 2014 and _amount(first, "opening_fund_balance") > 0 and (founded or 0) < 2008


def _ordinary(history: "History", year: "Year") -> Decimal:
    """The ordinary extraction rate, which is also the least."""
    entries = history.law.on("extraction", year.year)
    return Decimal(next(each.value or 0 for each in entries if each.choice == "ordinary"))


def _impossible(history: "History", year: "Year") -> Iterator[Problem]:
    over = next((name for name, value in year.values.items() if value is not None and abs(value) > EXACT), None)
    if over:
        line = Text(zh=word(f"names.{over}", "zh"), en=word(f"names.{over}", "en"))
        yield _problem(history, year, "result_over_limit", "year", "error", limit=written(EXACT), line=line)


def _extraction(history: "History", year: "Year") -> Iterator[Problem]:
    rate, extracted = _amount(year, "extraction_rate"), _amount(year, "extracted")
    institution = history.case.enterprise.kind == "public_institution"
    legal = {each.value for each in history.law.on("extraction", year.year)}
    if year.figures["extraction_rate"].origin == "stated" and rate not in legal:
        place = year.figures["extraction_rate"].place or Place()
        yield Problem("extraction_rate_unusual", "notice", place, {"found": percent(rate)})
    if "extracted" not in year.figures and year.status == "actual":
        yield _problem(history, year, "extracted_assumed", "extracted", "notice", found=written(extracted))
    if (minimum := share(_amount(year, "total_wages"), _ordinary(history, year))) > extracted:
        code, level = ("extraction_voluntary", "notice") if institution else ("extraction_low", "warning")
        values = {"found": written(extracted), "least": written(minimum), "short": written(minimum - extracted)}
        yield _problem(history, year, code, "extracted", level, **values)  # type: ignore[arg-type]


def _fund(history: "History", year: "Year") -> Iterator[Problem]:
    closing, opening = _amount(year, "fund_closing"), _amount(year, "fund_opening")
    if closing < 0:
        own = least(opening, ZERO) - closing
        code = "fund_overspent" if own > 0 else "fund_still_overspent"
        yield _problem(history, year, code, "spent", "warning", found=written(closing), entry=written(own))
    booked = year.values["booked"]
    if booked is not None and booked < 0:
        yield _problem(history, year, "booked_negative", "extracted", "warning", found=written(booked))


def _old_balance(history: "History", year: "Year") -> Iterator[Problem]:
    used = _amount(year, "from_before_2008")
    if used:
        yield _problem(history, year, "before_2008_used", "spent", "notice", found=written(used))


def _collection(history: "History", year: "Year") -> Iterator[Problem]:
    if year.setting.collection == "deemed":
        values = {"carried": written(_amount(year, "carried_forward"))}
        code = "deemed_year_carried" if _amount(year, "carried_forward") else "deemed_year"
        yield _problem(history, year, code, "collection", "notice", **values)


def _form(history: "History", year: "Year") -> Iterator[Problem]:
    if year.setting.collection == "deemed":
        return
    edition = year.setting.edition
    if edition is None:
        yield _problem(history, year, "form_before_2014", "year", "notice")
        return
    if printed := printed_otherwise(year):
        values = {"edition": edition, "printed": written(printed[0]), "printed_carried": written(printed[1])}
        statute = {"deducted": written(_amount(year, "deducted")), "carried": written(_amount(year, "carried_forward"))}
        yield _problem(history, year, "form_differs", "extracted", "notice", **values, **statute)
    if edition == 2014 and _amount(year, "adjustment_in_full"):
        booked, spent = written(_amount(year, "booked_in_full")), written(_amount(year, "deducted_in_full"))
        yield _problem(history, year, "form_row6_differs", "booked_in_full", "notice", booked=booked, spent=spent)


def printed_otherwise(year: "Year") -> tuple[Decimal, Decimal] | None:
    """What the edition's own formulas give as deducted and as carried forward, where that is not the statute's figure.

    Until the return for 2017 the schedule starts from what was booked, not from what was spent.
    """
    if year.setting.edition not in (2014, 2017) or year.values["form_deducted"] is None:
        return None
    deducted = _amount(year, "form_deducted")
    available = lines.available(_amount(year, "booked"), _amount(year, "brought_forward"))
    carried = lines.carried_forward(available, deducted)
    same = (deducted, carried) == (_amount(year, "deducted"), _amount(year, "carried_forward"))
    return None if same else (deducted, carried)


def _tax(history: "History", year: "Year") -> Iterator[Problem]:
    if year.figures["deferred_rate"].origin == "unknown" and any(map(_has_carry_forward, history.years)):
        held = history.case.qualifications(history.case.years[year.position])
        asked = sorted({*small.asked(year.year, held, history.law), *({small.WHO} & set(held))})
        yield _problem(history, year, "tax_rate_unknown", "tax_rate", "notice", found=", ".join(asked))


def _signs(history: "History", year: "Year") -> Iterator[Problem]:
    stated = history.case.years[year.position]
    for key in ("extracted", "income"):
        amount = getattr(stated, key)
        if amount is not None and amount < ZERO:
            yield _problem(history, year, f"{key}_negative", key, "notice", found=written(amount))
    if moved := stated.transferred:
        code = "transferred_in" if moved > 0 else "transferred_out"
        yield _problem(history, year, code, "transferred", "notice", found=written(abs(moved)))


def _stated_rate(history: "History", year: "Year") -> Iterator[Problem]:
    figure = year.figures["cap_rate"]
    if figure.origin == "stated" and figure.value is not None:
        values = {"found": percent(figure.value), "because": figure.because}
        yield _problem(history, year, "cap_rate_stated", "cap_rate", "notice", **values)


def _law(history: "History", year: "Year", asked: set[str]) -> Iterator[Problem]:
    """Once for each entry: what eduf cannot see and must ask, and what it applied without having read it."""
    new = list({entry.id: entry for entry in _entries(history, year) if entry.id not in asked}.values())
    asked.update(entry.id for entry in new)
    asks = [entry.ask for entry in new if entry.ask]
    if asks:
        ask = Text(zh="".join(each.zh for each in asks), en=" ".join(each.en for each in asks))
        yield _problem(history, year, "law_asks", "qualifications", "notice", ask=ask)
    for entry in new:
        if entry.unchecked and entry.automatic:
            yield _problem(history, year, "law_unchecked", "qualifications", "notice", entry=entry.id, rule=entry)


def _entries(history: "History", year: "Year") -> Iterator[Entry]:
    """The entries of the law whose values, or whose silence, decide this year's figures."""
    held = history.case.qualifications(history.case.years[year.position])
    cap, tax = year.figures["cap_rate"], year.figures["deferred_rate"]
    if tax.entry and _has_carry_forward(year):
        yield tax.entry
    if cap.entry:
        yield cap.entry
        if cap.entry.who == "general":
            yield from (each for each in history.law.on("cap", year.year, held) if not each.automatic)
    yield from _tax_entries(history, year, held)
    if year.values["deducted_in_full"]:
        yield from (each for each in history.law.on("full_deduction", year.year, held) if each.who != "general")


def _tax_entries(history: "History", year: "Year", held: tuple[str, ...]) -> Iterator[Entry]:
    """The same for the year's tax: its rate, that of a small enterprise, and how long a loss lives."""
    if year.values["losses_available"] or year.values["year_loss"]:
        yield history.law.rate("loss_years", year.year, held)
    if year.values["tax"] is None:
        return
    own = [figure.entry for name, figure in year.figures.items() if name.startswith("small_")]
    over = not own or year.values["tax"] != year.values["tax_small"]
    used = [*own, year.figures["tax_rate"].entry] if over else own
    yield from (entry for entry in used if entry)


def _has_carry_forward(year: "Year") -> bool:
    """Whether there is anything that deferred tax could arise on."""
    return bool(year.values["prior_carried_forward"] or year.values["carried_forward"])
