"""The audit: filed returns held against what the case gives, each mistake with what it does to every later year."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from eduf.audit import effect
from eduf.audit.check import Desk, Remark, YearCheck
from eduf.audit.checks import OF_YEARS
from eduf.audit.citing import cited
from eduf.audit.effect import TaxYear
from eduf.audit.finding import Finding
from eduf.audit.returns import Return, of
from eduf.audit.sheet import Sheet
from eduf.audit.tracing import Key, Trace, Wrong
from eduf.case import Year as YearFacts
from eduf.files.filed_csv import FiledFile
from eduf.history import History, Year
from eduf.law import Entry
from eduf.money import exactly
from eduf.problems import Place, Problem, Refused

FOLLOWS = "follows"  # the code of a finding that only follows from another


@dataclass(frozen=True)
class Audit:
    """The findings by year, each before what follows from it; `taxes`, what correcting everything does to the tax."""

    history: History
    returns: tuple[Return, ...]
    findings: tuple[Finding, ...]
    taxes: tuple[TaxYear, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the law that the findings cite, in the order in which they come up."""
        return tuple({entry.id: entry for each in self.findings for entry in each.law}.values())

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(each.level == "error" for each in self.findings)

    def of_year(self, year: int) -> "Audit":
        """Only the findings of that year. Raises Refused where the case does not have it."""
        numbers = [each.year for each in self.history.years]
        if year not in numbers:
            values = {"found": year, "first": min(numbers), "last": max(numbers)}
            raise Refused([Problem("year_unknown", "error", values=values)])
        findings = tuple(each for each in self.findings if each.year == year)
        taxes = tuple(each for each in self.taxes if each.year == year)
        problems = tuple(each for each in self.problems if each.where.year in (None, year))
        return replace(self, findings=findings, taxes=taxes, problems=problems)


def _problems(history: History, returns: tuple[Return, ...], file: FiledFile | None) -> Iterator[Problem]:
    if not returns:
        yield Problem("filed_none", "notice", history.case.places())
    for each in returns:
        if history.year(each.year) is None:
            yield Problem("filed_without_facts", "warning", each.at("year"), {"year": each.year})
    yield from file.places.notices if file else ()


class _Run:
    """One run: the trace of the returns, and the findings made of it."""

    def __init__(self, history: History, returns: dict[int, Return]) -> None:
        self.history, self.returns = history, returns
        self.trace = Trace(history, returns)
        self.desk = Desk(history, returns, self.trace.sheets)
        self.actual = [each.year for each in history.years if each.status == "actual"]
        self.last = (self.actual or [history.years[-1].year])[-1]
        self.made: dict[Key, Finding] = {}
        self.after: dict[Key, dict[int, Sheet]] = {}  # with each mistake corrected

    def result(self, returns: tuple[Return, ...], problems: tuple[Problem, ...]) -> Audit:
        """The findings by year; of a year those of its return in the order of its cells, then those of its books."""
        found = [self._of_cell(each) for each in self.trace.wrongs]
        found += [each for sheet in self.trace.sheets.values() for each in self._of_year(sheet)]
        taxes = self._taxes(self.trace.righted())
        return Audit(self.history, returns, tuple(sorted(found, key=lambda each: each.year)), taxes, problems)

    def _taxes(self, after: dict[int, Sheet]) -> tuple[TaxYear, ...]:
        return effect.taxes(self.trace.sheets, after, self.returns, self.history.law, self.last)

    def _of_cell(self, wrong: Wrong) -> Finding:
        year, because = wrong.sheet.year, wrong.because
        codes = tuple(each.code for each in wrong.checks) or (FOLLOWS,)
        after = None if because else self.after.setdefault(wrong.key, self.trace.corrected(wrong))
        taxes = self._taxes(after) if after else ()
        steps = effect.knock_on(self.trace.sheets, after, self.trace.declared.keys()) if after else ()
        parent = self.made[because.key] if because else None
        said = [law for check in wrong.checks or wrong.root.checks for law in check.law]
        law = cited(self.history, year, said, taxes, self.last)
        place, edition = self.returns[year.year].at(wrong.cell), year.setting.edition
        figures = (wrong.filed, wrong.right)
        found = Finding(codes, wrong.level, *wrong.key, *figures, law, place, edition, parent, taxes, steps)
        self.made[wrong.key] = found
        return found

    def _of_year(self, sheet: Sheet) -> Iterator[Finding]:
        if sheet.year.year not in self.actual:
            return
        for check in OF_YEARS:
            for remark in check.look(self.desk, sheet):
                yield self._remarked(sheet, check, remark)

    def _remarked(self, sheet: Sheet, check: YearCheck, remark: Remark) -> Finding:
        year = sheet.year
        because = self._opened_by(remark.gap, year.year) if remark.gap else None
        level = because.level if because else check.level
        law = cited(self.history, year, check.law, (), self.last)
        place, edition = self._place(year, remark.line), year.setting.edition
        figures = (remark.filed, remark.should_be)
        codes = (check.code,)
        return Finding(
            codes, level, year.year, remark.line, *figures, law, place, edition, because, values=remark.values
        )

    def _opened_by(self, gap: Callable[[Mapping[int, Sheet]], Decimal], year: int) -> Finding | None:
        """The mistake whose correction closes the gap, else one that changes it, else the last one before it."""
        filed = gap(self.trace.sheets)
        gaps = {key: gap(sheets) for key, sheets in self.after.items() if key[0] <= year}
        closing = [key for key, left in gaps.items() if not left]
        changing = [key for key, left in gaps.items() if left != filed]
        found = [*closing[:1], *changing[:1], *reversed(gaps)]
        return self.made[found[0]] if found else None

    def _place(self, year: Year, line: str) -> Place:
        """Where it was declared, else where the case states it."""
        declared = self.returns.get(year.year)
        if declared and line in declared.figures():
            return declared.at(line)
        return self.history.case.places("year", year.position, line if line in YearFacts.model_fields else "year")


def audit(history: History, file: FiledFile | None = None) -> Audit:
    """Hold the returns of the case, and of a file, against the computed history.

    Raises Refused where the case and the file both have the return of a year.
    """
    returns = of(history.case, file)
    known = {each.year: each for each in returns if history.year(each.year)}
    with exactly():
        problems = tuple(_problems(history, returns, file))
        return _Run(history, known).result(returns, problems)
