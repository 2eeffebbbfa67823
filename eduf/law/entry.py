"""One entry of the law as data: a rule with its dates and the documents that say so."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from eduf import money

Who = Literal[
    "general",
    "high_tech",
    "advanced_service",
    "software",
    "ic_design",
    "animation",
    "tech_sme",
    "small_low_profit",
    "public_institution",
    "administrative_organ",
]


Kind = Literal["rate", "text", "edition", "limit", "years"]  # a limit is an amount or a number of people


class Model(BaseModel):
    """A frozen table of a law file: no key but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """A sentence in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def said(self, lang: str) -> str:
        """The sentence in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Source(Model):
    """Where an entry stands written and how far that was checked: `seen`, `part` (all but `unchecked`) or `no`."""

    document: str
    article: Text | None = None
    checked: Literal["seen", "part", "no"]
    unchecked: Text | None = None
    checked_on: date

    @model_validator(mode="after")
    def _says_what_is_unchecked(self) -> Self:
        if (self.checked == "part") != (self.unchecked is not None):
            raise ValueError('`unchecked` stands exactly where checked = "part"')
        return self


class Term(Model):
    """A span of time of one unit: `{ days = 15 }`, `{ months = 5 }`, `{ years = 3 }`."""

    days: int | None = Field(default=None, gt=0)
    months: int | None = Field(default=None, gt=0)
    years: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _of_one_unit(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("a term has one of days, months, years")
        return self

    def after(self, day: date) -> date:
        """The last day of the term that runs from the end of `day`; the end of a month leads to the end of a month."""
        if self.days:
            return day + timedelta(days=self.days)
        past = day.year * 12 + day.month - 1 + (self.months or 0) + 12 * (self.years or 0)
        year, month = past // 12, past % 12 + 1
        last = monthrange(year, month)[1]
        whole = day.day == monthrange(day.year, day.month)[1]
        return date(year, month, last if whole else min(day.day, last))


class Entry(Model):
    """A rule in force from a day on, for everybody or for one qualification (`who`).

    `choice` tells entries apart that are in force side by side; `automatic = false` is shown, never applied;
    `ask` is a condition that eduf cannot see; `terms` are the spans of time that it names.
    """

    id: str
    who: Who = "general"
    begins: date = Field(alias="from")
    ends: date | None = Field(default=None, alias="to")
    value: Annotated[Decimal | int | None, BeforeValidator(lambda typed: _value(typed))] = None
    choice: str = ""
    automatic: bool = True
    ask: Text | None = None
    terms: tuple[Term, ...] = ()
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)

    def said(self, lang: str) -> str:
        """The rule in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.ends is not None and self.ends < self.begins:
            raise ValueError("`to` lies before `from`")
        return self

    @property
    def is_rate(self) -> bool:
        """Whether its value is a rate, not an amount or a whole number."""
        return isinstance(self.value, Decimal) and not self.is_amount

    @property
    def is_amount(self) -> bool:
        """Whether its value is an amount of yuan."""
        return isinstance(self.value, Decimal) and self.value.as_tuple().exponent == money.FEN.as_tuple().exponent

    @property
    def unchecked(self) -> bool:
        """Whether any part of it rests on a text that was not read."""
        return any(source.checked != "seen" for source in self.sources)

    def in_force(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.begins <= day and (self.ends is None or day <= self.ends)

    def in_year(self, year: int) -> bool:
        """Whether it is in force on any day of that year."""
        return self.begins.year <= year and (self.ends is None or year <= self.ends.year)

    def overlaps(self, other: "Entry") -> bool:
        """Whether both would hold at once for the same enterprise."""
        alike = (self.who, self.choice) == (other.who, other.choice)
        last = date.max
        return alike and self.begins <= (other.ends or last) and other.begins <= (self.ends or last)


class Matter(Model):
    """One matter of the law: a file with its entries in the order of their days."""

    name: str
    zh: str
    en: str
    kind: Kind
    entry: tuple[Entry, ...] = Field(min_length=1)

    def said(self, lang: str) -> str:
        """The matter's title in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


def _value(typed: object) -> object:
    """A text is a rate or an amount of yuan, told apart by the %; what is no text is a whole number."""
    if not isinstance(typed, str):
        return typed
    return money.rate(typed) if typed.endswith("%") else money.amount(typed)
