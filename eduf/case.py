"""What the user states: the enterprise, its opening balances and its years, its filed returns and its scenarios.

Amounts are yuan, Decimal with two places; rates Decimal with three. A fact left out is None: unknown is never 0.
`eduf.files` reads a Case from a file; here are its types, and `checks` compares the facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StrictBool

from eduf.problems import Path, Place, Problem
from eduf.reading import (
    Amount,
    Change,
    Count,
    Format,
    FoundedYear,
    LossYear,
    Name,
    Rate,
    Signed,
    Span,
    VintageYear,
    YearNumber,
)

Kind = Literal["enterprise", "public_institution", "administrative_organ"]
Qualification = Literal[
    "high_tech", "advanced_service", "software", "ic_design", "animation", "tech_sme", "small_low_profit"
]


class Model(BaseModel):
    """A frozen table of the case: no key but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CostCenter(Model):
    """Where a part of the extraction is charged."""

    name: Name
    account: Name
    share: Rate


class Enterprise(Model):
    """Who the case is about."""

    name: Name
    credit_code: Name | None = None
    founded: FoundedYear | None = None
    kind: Kind = "enterprise"
    accounting: Literal["cas", "small_business", "government"] = "cas"
    qualifications: tuple[Qualification, ...] = ()
    extraction_rate: Rate | None = None
    vintage_order: Literal["current_first", "oldest_first"] = "current_first"
    deferred_recognised: StrictBool = True
    deferred_on_fund: StrictBool = False
    cost_centers: tuple[CostCenter, ...] = ()


class Vintage(Model):
    """An amount with the year in which it arose; without a year it counts as the oldest."""

    arose: VintageYear | None = Field(default=None, alias="from")
    amount: Amount


class Loss(Model):
    """A tax loss not yet made up."""

    arose: LossYear = Field(alias="from")
    amount: Amount


class Opening(Model):
    """The balances at the start of the first year."""

    fund_balance: Signed | None = None
    before_2008_balance: Amount | None = None
    carried_forward: tuple[Vintage, ...] | None = None
    losses: tuple[Loss, ...] | None = None


class Year(Model):
    """The facts of a year."""

    year: YearNumber
    status: Literal["actual", "plan"] = "actual"
    total_wages: Amount
    deductible_wages: Amount
    extracted: Signed | None = None
    spent: Amount
    spent_in_full: Amount | None = None
    booked_in_full: Amount | None = None
    extraction_rate: Rate | None = None
    qualifications: tuple[Qualification, ...] | None = None
    collection: Literal["books", "deemed"] = "books"
    cap_rate: Rate | None = None
    cap_rate_because: Name | None = None
    transferred: Signed | None = None
    transferred_because: Name | None = None
    income: Signed | None = None
    tax_rate: Rate | None = None
    deferred_rate: Rate | None = None
    front_line_spent: Amount | None = None
    monthly_wages: Annotated[tuple[Amount, ...], Field(min_length=12, max_length=12)] | None = None
    staff: Count | None = None
    assets: Amount | None = None
    restricted_industry: StrictBool | None = None


class FiledRow(Model):
    """A row of A105050 as declared; what was not declared is None."""

    booked: Signed | None = None
    spent: Signed | None = None
    rate: Rate | None = None
    brought_forward: Signed | None = None
    deducted: Signed | None = None
    adjustment: Signed | None = None
    carried_forward: Signed | None = None


class Filed(Model):
    """What the enterprise declared for a year, and the balances of its ledger."""

    year: YearNumber
    row1: FiledRow | None = None
    row4: FiledRow | None = None
    row5: FiledRow | None = None
    row6: FiledRow | None = None
    fund_balance: Signed | None = None
    deferred_tax: Signed | None = None


class Difference(Model):
    """A change to one fact over one year, a range or from a year on: exactly one of to, grow, times and add."""

    fact: Name
    years: Span
    to: Change = None
    grow: Change = None
    times: Change = None
    add: Change = None


class Scenario(Model):
    """A named list of differences to the case."""

    name: Name
    set: tuple[Difference, ...]


@dataclass(frozen=True)
class Imported:
    """A cell or row that was not read as it stood: what was typed, and what became of it."""

    sheet: str
    cell: str
    typed: str
    read: str
    outcome: Literal["read", "skipped", "ignored", "answered"]


@dataclass(frozen=True)
class Places:
    """Where the facts of a case stood: the file, its fingerprint, and the line or the cell of every path in it."""

    file: str = ""
    sha256: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict)
    cells: Mapping[Path, tuple[str, str]] = field(default_factory=dict)  # sheet and cell, in the order of the book
    years: tuple[int | None, ...] = ()  # the year of each [[year]], as far as it could be read
    filed: tuple[int | None, ...] = ()
    imported: tuple[Imported, ...] = ()
    notices: tuple[Problem, ...] = ()  # what the reading of the file wants somebody to look at

    def __call__(self, *path: str | int) -> Place:
        """The place of a path such as ("year", 2, "spent"); a missing key stands where its table begins."""
        spots: Mapping[Path, int | tuple[str, str]] = self.lines or self.cells
        nearest = next((spots[path[:n]] for n in range(len(path), -1, -1) if path[:n] in spots), None)
        line = nearest if isinstance(nearest, int) else 1 if self.lines else None
        sheet, cell = nearest if isinstance(nearest, tuple) else ("", "")
        return Place(self.file, line, path, self._year(path), sheet, cell)

    def rank(self, place: Place) -> int:
        """How far down in the file a place stands."""
        if not self.cells:
            return place.line or 0
        return self._ranks.get((place.sheet, place.cell), 0)

    @cached_property
    def _ranks(self) -> dict[tuple[str, str], int]:
        return {spot: n for n, spot in reversed([*enumerate(self.cells.values())])}

    def _year(self, path: Path) -> int | None:
        numbers = {"year": self.years, "filed": self.filed}.get(str(path[0]) if path else "", ())
        position = path[1] if len(path) > 1 else None
        return numbers[position] if isinstance(position, int) and position < len(numbers) else None


class Case(Model):
    """Everything that the user states."""

    format: Format
    enterprise: Enterprise
    opening: Opening = Opening()
    years: tuple[Year, ...] = Field(alias="year", min_length=1)
    filed: tuple[Filed, ...] = ()
    scenarios: tuple[Scenario, ...] = Field(default=(), alias="scenario")

    _places: Places = PrivateAttr(default_factory=Places)

    def __eq__(self, other: object) -> bool:
        """Whether both state the same, wherever it stood."""
        return isinstance(other, Case) and all(getattr(self, key) == getattr(other, key) for key in Case.model_fields)

    @property
    def places(self) -> Places:
        """Where each fact stood; a case that comes from no file still names its years."""
        if not self._places.years:
            years, filed = (tuple(each.year for each in stated) for stated in (self.years, self.filed))
            self._places = replace(self._places, years=years, filed=filed)
        return self._places

    def at(self, places: Places) -> "Case":
        """The same case, knowing where its facts stood."""
        case = self.model_copy()
        case._places = places
        return case

    def in_order(self) -> tuple[tuple[int, Year], ...]:
        """The years from the oldest to the newest, each with its position in the file."""
        return tuple(sorted(enumerate(self.years), key=lambda pair: pair[1].year))

    def qualifications(self, year: Year) -> tuple[Qualification, ...]:
        """The qualifications held in a year: its own, else the enterprise's."""
        return self.enterprise.qualifications if year.qualifications is None else year.qualifications
