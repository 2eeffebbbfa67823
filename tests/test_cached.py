"""The values beside the formulas: what reads a workbook without computing it sees every figure, never a 0 instead."""

import io
import random
import time
from decimal import Decimal
from typing import Any

import openpyxl
import pandas
import pytest
import python_calamine
from histories import random_history
from making import case_of, computed, enriched, stated

from eduf.history import History, compute
from eduf.report import draft, workbook
from eduf.xlsx.package import package

Cells = dict[tuple[str, str], Any]


def history_of(seed: int) -> History:
    rng = random.Random(seed)
    return compute(case_of(enriched(stated(random_history(rng, rng.randint(1, 6))), rng)))


def by_openpyxl(content: bytes) -> Cells:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


def by_pandas(content: bytes) -> Cells:
    frames = pandas.read_excel(io.BytesIO(content), sheet_name=None, header=None, engine="openpyxl")
    return {
        (str(title), f"{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"): value
        for title, frame in frames.items()
        for row, column, value in (
            (r, c, frame.iat[r, c]) for r in range(frame.shape[0]) for c in range(frame.shape[1])
        )
    }


def by_calamine(content: bytes) -> Cells:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        (title, f"{openpyxl.utils.get_column_letter(column)}{row}"): value
        for title in book.sheet_names
        for row, cells in enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), 1)
        for column, value in enumerate(cells, 1)
    }


READERS = [by_openpyxl, by_pandas, by_calamine]


def wrong(found: Cells, expected: dict[str, dict[str, Decimal | str]]) -> list[str]:
    """The cells whose value a reader does not see as it is."""
    told = []
    for title, cells in expected.items():
        for cell, value in cells.items():
            seen = found.get((title, cell))
            same = seen == value if isinstance(value, str) else seen is not None and same_amount(seen, value)
            if not same:
                told.append(f"{title}!{cell}: {seen!r} instead of {value}")
    return told


def same_amount(seen: Any, value: Decimal) -> bool:
    return not isinstance(seen, str) and seen == seen and Decimal(repr(float(seen))) == value


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("unit", ["yuan", "wan"])
@pytest.mark.parametrize("seed", range(6))
def test_every_reader_sees_every_figure(seed: int, unit: str, reader: Any) -> None:
    history = history_of(seed)
    expected = draft(history, "zh", unit).values
    assert sum(map(len, expected.values())) > 100
    assert wrong(reader(workbook(history, "zh", unit)), expected) == []


@pytest.mark.parametrize("reader", READERS)
def test_a_value_that_is_not_the_engines_is_noticed(reader: Any) -> None:
    book = draft(computed({"year": 2021, "spent": 12_345}), "en")
    title, cells = next(iter(book.values.items()))
    planted = {**book.values, title: {**cells, next(iter(cells)): Decimal("0.01")}}
    assert len(wrong(reader(package(book.workbook, planted)), book.values)) == 1


@pytest.mark.parametrize(("lang", "unit"), [("zh", "yuan"), ("en", "wan")])
def test_a_moment_later_the_bytes_are_the_same(lang: str, unit: str) -> None:
    first = workbook(history_of(3), lang, unit)
    time.sleep(2.1)  # a zip archive counts in two seconds
    assert workbook(history_of(3), lang, unit) == first


def test_a_report_of_twenty_years_takes_less_than_a_second() -> None:
    years = ({"year": 2008 + n, "spent": 30_000 + 7_000 * (n % 3)} for n in range(20))
    history = computed(*years)
    began = time.process_time()
    workbook(history, "zh")
    assert time.process_time() - began < 1
