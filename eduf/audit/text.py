"""An audit for a terminal: findings by year, each with what follows from it indented below; then the law."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from eduf.audit.auditing import Audit
from eduf.audit.check import Check
from eduf.audit.checks import CHECKS
from eduf.audit.effect import Step, TaxYear, net
from eduf.audit.finding import Finding, figure, label
from eduf.deadlines.text import basis
from eduf.money import written
from eduf.show import GAP, LEVELS, padded
from eduf.words import sentence, word
from eduf.words.width import width

Paint = Callable[[str, str], str]
_DEEP = "      "


def text(audit: Audit, lang: str, paint: Paint = lambda said, level: said) -> Iterator[str]:
    """The whole audit in lines; `paint` may colour a level's word."""
    yield sentence("audit.head", lang, name=audit.history.case.enterprise.name)
    yield from _summary(audit, lang)
    numbers = {entry.id: n for n, entry in enumerate(audit.entries, 1)}
    here = {id(each) for each in audit.findings}
    roots = [each for each in audit.findings if id(each.because_of) not in here]
    for year in dict.fromkeys(each.year for each in roots):
        yield f"\n{year}"
        for finding in sorted((each for each in roots if each.year == year), key=lambda each: LEVELS.index(each.level)):
            yield from _finding(finding, audit, numbers, lang, paint)
    if audit.taxes:
        yield f"\n{_taxes('all_taxes', audit.taxes, lang)}"
        yield word("audit.assumes", lang)
    if audit.entries:
        yield f"\n{word('audit.law', lang)}"
    for number, entry in enumerate(audit.entries, 1):
        yield f"[{number}] {entry.said(lang)} [{entry.id}]"
        yield from (f"    {each}" for each in basis(entry, lang))


def checks(lang: str) -> Iterator[str]:
    """Every check: its code, its level, and what it looks for."""
    codes = max(width(each.code) for each in CHECKS)
    levels = max(width(word(f"levels.{each}", lang)) for each in LEVELS)
    for check in CHECKS:
        level = padded(word(f"levels.{check.level}", lang), levels)
        yield (" " * GAP).join([padded(check.code, codes), level, looks(check, lang)])


def looks(check: Check, lang: str) -> str:
    """What a check looks for, and why."""
    return word(f"audit.checks.{check.code}.looks", lang)


def _summary(audit: Audit, lang: str) -> Iterator[str]:
    years = word("audit.joint", lang).join(_spans([each.year for each in audit.returns]))
    yield sentence("audit.returns", lang, years=years) if years else word("audit.no_returns", lang)
    if not audit.findings:
        yield word("audit.nothing", lang)
        return
    own = [each for each in audit.findings if each.because_of is None]
    counted = {level: sum(each.level == level for each in own) for level in LEVELS}
    yield sentence("audit.count", lang, follows=len(audit.findings) - len(own), **counted)


def _spans(years: Sequence[int]) -> list[str]:
    """Years as spans: 2016–2018, 2020."""
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return [str(each[0]) if len(each) == 1 else f"{each[0]}–{each[-1]}" for each in spans]


def _finding(finding: Finding, audit: Audit, numbers: Mapping[str, int], lang: str, paint: Paint) -> Iterator[str]:
    level = paint(word(f"levels.{finding.level}", lang), finding.level)
    law = "".join(f"[{numbers[entry.id]}]" for entry in finding.law)
    yield f"  {level}  {finding.says(lang)} {law} ({', '.join(finding.codes)})"
    yield _DEEP + _titled("do", finding.do(lang), lang)
    if finding.taxes:
        yield _DEEP + _taxes("taxes", finding.taxes, lang)
        yield from (_DEEP + each for tax in finding.taxes for each in _periods(tax, lang))
    yield from _following(finding, audit, lang)


def _titled(key: str, said: str, lang: str) -> str:
    return f"{word(f'audit.{key}', lang)}: {said}"


def _taxes(key: str, taxes: Sequence[TaxYear], lang: str) -> str:
    each = [sentence("audit.tax", lang, year=tax.year, tax=signed(tax)) for tax in taxes]
    total = net(taxes)
    each.append(sentence("audit.net", lang, tax="—" if total is None else f"{total:+,.2f}"))
    return _titled(key, word("audit.joint", lang).join(each), lang)


def signed(tax: TaxYear) -> str:
    """The tax of a year with its sign; a dash where it is unknown."""
    return "—" if tax.tax is None else f"{tax.tax:+,.2f}"


def _periods(tax: TaxYear, lang: str) -> Iterator[str]:
    if tax.late_fee:
        values = {"since": tax.late_fee.since.isoformat(), "a_day": written(tax.late_fee.a_day)}
        yield sentence("audit.fee", lang, year=tax.year, **values)
    if tax.claim:
        days = (tax.claim.from_year_end, tax.claim.from_settlement, tax.claim.refund)
        ends = (day.isoformat() if day else word("audit.no_term", lang) for day in days)
        yield sentence(
            "audit.claim", lang, year=tax.year, **dict(zip(("year_end", "settlement", "refund"), ends, strict=True))
        )


def _tells(step: Step, finding: Finding) -> bool:
    """Whether a step says more than the finding itself, or than the same column of row 5."""
    if (step.year, step.line) == (finding.year, finding.line):
        return False
    return not (step.line.startswith("row4") and replace(step, line=step.line.replace("row4", "row5")) in finding.steps)


def _row(step: Step, edition: int | None, lang: str) -> tuple[str, str, str, str]:
    filed, becomes = (figure(step.line, value) for value in (step.filed, step.becomes))
    return str(step.year), label(step.line, edition, lang), filed, becomes


def _following(finding: Finding, audit: Audit, lang: str) -> Iterator[str]:
    """What the declared figures become, in columns, and what else hangs under the finding."""
    editions = {year.year: year.setting.edition for year in audit.history.years}
    steps = [each for each in finding.steps if _tells(each, finding)]
    rows = [_row(each, editions[each.year], lang) for each in steps]
    told = {(each.year, each.line) for each in finding.steps}
    others = [each for each in audit.findings if each is not finding and each.hangs_under(finding)]
    others = [each for each in others if (each.year, each.line) not in told or each.code == "tie"]
    if rows or others:
        yield f"{_DEEP}{word('audit.follows', lang)}"
    columns = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    for year, name, *figures in rows:
        amounts = (padded(each, size, right=True) for each, size in zip(figures, columns[2:], strict=True))
        yield _DEEP + "  " + (" " * GAP).join([year, padded(name, columns[1]), " → ".join(amounts)])
    yield from (f"{_DEEP}  {each.says(lang)} ({', '.join(each.codes)})" for each in others)
