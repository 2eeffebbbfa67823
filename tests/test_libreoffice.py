"""LibreOffice as an independent judge: it computes the report without its values, and must find the engine's figures.

It gets the workbook before the values go in, because it does not recalculate what has them.
"""

import random
import shutil
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from histories import random_history
from making import case_of, computed, stated

from eduf.files import read
from eduf.history import History, compute
from eduf.report import draft
from eduf.report.book import Book

ROOT = Path(__file__).parent.parent
OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: the workbook was not judged")

Cells = dict[tuple[str, str], Decimal]


def judged(books: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Every workbook as LibreOffice recalculates it, by name."""
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.xlsx") for name in books]
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in books}


def differences(expected: Book, found: Any) -> list[str]:
    """The formula cells in which LibreOffice and the engine disagree, to the fen."""
    return [
        f"{title}!{cell}: {found[title][cell].value} instead of {value}"
        for title, cells in expected.values.items()
        for cell, value in cells.items()
        if not same(found[title][cell].value, value)
    ]


def same(found: Any, expected: Decimal | str) -> bool:
    """To the fen, or to the letter."""
    return found == expected if isinstance(expected, str) else Decimal(str(found)) == expected


def histories() -> dict[str, History]:
    found = {name: compute(read(ROOT / "examples" / f"{name}.toml")) for name in ("machinery", "services")}
    for seed in range(30):
        rng = random.Random(seed)
        found[f"random-{seed}"] = compute(case_of(stated(random_history(rng, rng.randint(1, 6)))))
    return found


def test_every_formula_of_every_report_gives_the_figure_of_the_engine(tmp_path: Path) -> None:
    books = {name: draft(history, "zh") for name, history in histories().items()}
    found = judged({name: book.workbook for name, book in books.items()}, tmp_path)
    assert [each for name, book in books.items() for each in differences(book, found[name])] == []
    assert sum(len(cells) for book in books.values() for cells in book.values.values()) > 5000


YEAR = {"year": 2018, "total_wages": 1_000_000, "spent": 90_000, "extracted": 90_000, "deferred_rate": "25%"}
CHANGES: list[tuple[str, str, Any, dict[str, Any]]] = [
    ("Deductible wages", "1234567.30", 1234567.3, {"deductible_wages": "1234567.30"}),
    ("Spent under the cap", "0", 0, {"spent": 0}),
    ("Extracted (booked)", "left out", None, {"extracted": None}),
    ("Row 6 booked", "typed", 5, {"booked_in_full": 5, "qualifications": ["software"]}),
    ("Carry-forward transferred", "taken over", 70.05, {"transferred": "70.05", "transferred_because": "merger"}),
    ("Extraction rate", "1.5%", 0.015, {"extraction_rate": "1.5%"}),
    ("Deduction rate", "2.5%", 0.025, {"cap_rate": "2.5%", "cap_rate_because": "what if"}),
    ("Rate for deferred tax", "15%", 0.15, {"deferred_rate": "15%"}),
]


def test_a_changed_input_gives_what_the_engine_gives_for_the_changed_case(tmp_path: Path) -> None:
    asked, expected = {}, {}
    for label, name, typed, facts in CHANGES:
        years = [YEAR, {**YEAR, "year": 2019, "spent": 10_000}]
        book = draft(computed(*years), "en").workbook
        cell_below(book["Inputs"], label).value = typed
        asked[f"{label} {name}"] = book
        changed = {key: value for key, value in {**YEAR, **facts}.items() if value is not None}
        expected[f"{label} {name}"] = draft(computed(changed, years[1]), "en")
    found = judged(asked, tmp_path)
    wrong = {name: differences(book, found[name]) for name, book in expected.items()}
    assert {name: each for name, each in wrong.items() if each} == {}


def cell_below(sheet: Any, label: str) -> Any:
    """The first cell of the column with that heading."""
    return next(
        sheet.cell(cell.row + 1, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == label
    )


def test_a_planted_wrong_value_is_caught(tmp_path: Path) -> None:
    book = draft(computed(YEAR), "en")
    cells = next(iter(book.values.values()))
    cells[next(iter(cells))] = Decimal("0.01")
    assert len(differences(book, judged({"planted": book.workbook}, tmp_path)["planted"])) == 1
