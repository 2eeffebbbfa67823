"""A finding: what was declared, what it should be, why, by which law, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from eduf.audit.effect import Step, TaxYear, net
from eduf.audit.form import BALANCES, BY_NAME
from eduf.law import Entry
from eduf.money import percent, written
from eduf.problems import Level, Place
from eduf.words import known, sentence, word

_COLUMNS: Mapping[int, tuple[str, ...]] = {
    2014: ("booked", "rate", "brought_forward", "deducted", "adjustment", "carried_forward"),
    **dict.fromkeys(
        (2017, 2018), ("booked", "spent", "rate", "brought_forward", "deducted", "adjustment", "carried_forward")
    ),
}


@dataclass(frozen=True)
class Finding:
    """A finding of the audit. `codes` are all checks that explain it, `line` a cell such as row5_deducted or a figure.

    `filed` and `should_be` are yuan, or rates; `because_of` is the finding from which this one only follows. `taxes`
    are the years whose tax changes once it is corrected, `steps` what the declared figures become: both stand with the
    finding at the start, not with those that follow from it. `values` are put into its sentences.
    """

    codes: tuple[str, ...]
    level: Level
    year: int
    line: str
    filed: Decimal | None
    should_be: Decimal | None
    law: tuple[Entry, ...]
    place: Place
    edition: int | None = None
    because_of: "Finding | None" = None
    taxes: tuple[TaxYear, ...] = ()
    steps: tuple[Step, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The first of the checks that explain it."""
        return self.codes[0]

    @property
    def difference(self) -> Decimal | None:
        """How much more was declared than should be."""
        return None if self.filed is None or self.should_be is None else self.filed - self.should_be

    @property
    def tax_effect(self) -> Decimal | None:
        """The tax of its own year: more to pay, or below zero to be had back. None where unknown or not its own."""
        if self.because_of or self.line not in BY_NAME or self.filed is None:
            return None
        own = [each.tax for each in self.taxes if each.year == self.year]
        return own[0] if own else Decimal("0.00")

    @property
    def tax_net(self) -> Decimal | None:
        """The tax of all years together, with what later years give back."""
        return net(self.taxes) if self.taxes else self.tax_effect

    @property
    def root(self) -> "Finding":
        """The finding at the start of it."""
        return self.because_of.root if self.because_of else self

    def hangs_under(self, other: "Finding") -> bool:
        """Whether it is the other, or follows from it, at whatever distance."""
        return self is other or (self.because_of is not None and self.because_of.hangs_under(other))

    def label(self, lang: str | None = None) -> str:
        """The line for a person: row, column and its name in the edition of the year."""
        return label(self.line, self.edition, lang)

    def says(self, lang: str | None = None) -> str:
        """What was found, with every explanation that fits the figures."""
        values = self._values(lang)
        form = "figures" if self.should_be is not None else "figure"
        head = [] if self.filed is None else [sentence(f"audit.{form}", lang, **values)]
        reasons = [sentence(f"audit.checks.{code}.says", lang, **values) for code in self.codes]
        if len(reasons) > 1:
            several = (sentence("audit.nth", lang, n=n, says=each) for n, each in enumerate(reasons, 1))
            reasons = [word("audit.several", lang), *several]
        return word("audit.space", lang).join([*head, *reasons])

    def do(self, lang: str | None = None) -> str:
        """What to do about it."""
        values = self._values(lang)
        said = dict.fromkeys(sentence(f"audit.checks.{code}.do", lang, **values) for code in self.codes)
        return word("audit.space", lang).join(said)

    def _values(self, lang: str | None) -> dict[str, object]:
        figures = {"filed": self.filed, "should_be": self.should_be, "difference": self.difference}
        shown = {name: figure(self.line, value) for name, value in figures.items()}
        size = figure(self.line, None if self.difference is None else abs(self.difference))
        because = self.because_of
        parent = sentence("audit.parent", lang, year=because.year, line=because.label(lang)) if because else ""
        return {"year": self.year, "line": self.label(lang), "parent": parent, "size": size, **shown, **self.values}


def figure(line: str, value: Decimal | None) -> str:
    """A figure of a line for a person, a dash where there is none."""
    if value is None:
        return "—"
    return percent(value) if line.endswith("_rate") else written(value)


def label(line: str, edition: int | None, lang: str | None = None) -> str:
    """A line for a person: a cell by row and column of the edition, any other by its name."""
    if line not in BY_NAME or line in BALANCES:
        own = f"audit.lines.{line}"
        return word(own if known(own) else f"names.{line}", lang)
    row, _, column = line.partition("_")
    name = word(f"audit.columns.{column}", lang)
    columns = _COLUMNS.get(edition or 0, ())
    if column not in columns:
        return sentence("audit.cell_unnumbered", lang, row=row[3:], name=name)
    return sentence("audit.cell", lang, row=row[3:], column=columns.index(column) + 1, name=name)
