"""测算: the grid. Facts and computed lines down, years across."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from eduf.case import Year
from eduf.change import AMOUNTS, FACTS, SIGNED
from eduf.files import shape
from eduf.show import sections
from tui.desk import Desk
from tui.looks import Looks
from tui.model import Model
from tui.widgets.sheet import Cell, Column, Row, Sheet

ALWAYS = ("total_wages", "deductible_wages", "extracted", "spent")
EDITABLE = (*ALWAYS, *(fact for fact in FACTS if fact not in (*ALWAYS, "monthly_wages")))
FACT, COMPUTED = ">", "="


class Calc(Sheet):
    """The grid of a case."""

    all_facts = False

    def show_desk(self, desk: Desk) -> None:
        """The facts and lines of what lies on the desk."""
        model, looks = desk.shown, desk.looks
        plans = {each.year for each in model.history.years if each.status == "plan"}
        plan = f" {looks.word('.values.plan')}"
        columns = [Column(year, f"{year}{plan if year in plans else ''}") for year in desk.years]
        stated = {each.year: each for each in model.case.years}

        def cell(row: Row, column: Column) -> Cell:
            return _cell(model, stated[int(column.key)], row, looks)

        self.show(list(_rows(model, looks, all_facts=self.all_facts)), columns, cell, looks.word(".table.line"))

    def fact(self) -> tuple[str, int] | None:
        """The fact and the year at the cursor; None on a computed line."""
        at = self.at()
        return (at[0].key, int(at[1].key)) if at and at[0].mark == FACT else None


def _rows(model: Model, looks: Looks, *, all_facts: bool) -> Iterator[Row]:
    facts = [fact for fact in EDITABLE if all_facts or fact in ALWAYS or _stated(model, fact)]
    yield Row("facts", looks.word("calc.facts"))
    yield from (Row(fact, looks.name(fact), FACT) for fact in facts)
    for section, names in sections(model.history.years):
        rows = [Row(name, looks.name(name), COMPUTED) for name in names if name not in facts]
        if rows:
            yield Row(f"section {section}", looks.word(f".sections.{section}"))
        yield from rows


def _stated(model: Model, fact: str) -> bool:
    """Whether any year states more of a fact than its usual value."""
    usual = Year.model_fields[fact].default
    return any(getattr(each, fact) != usual for each in (*model.case.years, *model.baseline.case.years))


def _cell(model: Model, stated: Year, row: Row, looks: Looks) -> Cell:
    year = stated.year
    if row.mark == COMPUTED:
        value = model.value(row.key, year)
        text = looks.figure(row.key, value)
        if row.key == "fund_closing" and value is not None and value < 0:
            return Cell(text, "!", "wrong")
        return Cell(text, "~", "differs") if model.differs(row.key, year) else Cell(text)
    value = getattr(stated, row.key)
    if model.is_changed(row.key, year):
        return Cell(_shown(row.key, value, model, stated, looks)[0], "*", "changed")
    text, given = _shown(row.key, value, model, stated, looks)
    return Cell(text) if given else Cell(text, "=" if text != looks.drawn("—") else "", "idle")


def _shown(fact: str, value: Any, model: Model, stated: Year, looks: Looks) -> tuple[str, bool]:
    """A fact as text, and whether the year states it itself."""
    if value is None and fact == "qualifications":
        return _words(fact, model.case.enterprise.qualifications, looks), False
    if value is None:
        return looks.figure(fact, model.value(fact, stated.year)), False
    if isinstance(value, Decimal):
        return looks.figure(fact, value) if fact not in (*AMOUNTS, *SIGNED) else looks.amount(value), True
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(value, int):
        return f"{value:,}", True
    return (_words(fact, value, looks) if fact in shape.CHOICES else looks.drawn(str(value))), True


def _words(fact: str, value: Any, looks: Looks) -> str:
    """The words of a choice."""
    words = (value,) if isinstance(value, str) else value
    said = [shape.choice(fact, each, looks.lang) for each in words]
    return looks.drawn("+".join(said) or looks.word(".scenario.none"))
