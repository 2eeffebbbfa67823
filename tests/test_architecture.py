"""How the house is built: who may know whom, what stays light, and that public names are what they say."""

import ast
import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import eduf

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "eduf").rglob("*.py")) + sorted((ROOT / "tui").rglob("*.py"))
FLOORS = [  # nothing knows anything on a floor above its own
    {"version", "money", "words"},
    {"present", "sums"},
    {"problems", "validation", "reading"},
    {"law", "line", "xlsx"},
    {"tax_lines"},
    {"lines", "symbols", "case", "files/scan"},
    {"checks", "vintages", "small", "cliff", "change", "moving", "behind"},
    {"losses"},
    {"facts"},
    {"compared", "planned", "search"},
    {"scenario"},
    {"notices", "tax_notices", "doubts", "files"},
    {"history"},
    {"explain", "entries"},
    {"statute", "look_up", "show", "result", "months", "tax", "comparison"},
    {"schemas", "typed", "cell"},
    {"solution", "sensitivity", "taxing"},
    {"goal", "planning", "tornado"},
    {"deadlines", "budget", "ledger"},
    {"audit"},
    {"report"},
    {"cli"},
]


def room(path: Path) -> str:
    inside = path.relative_to(ROOT / "eduf").with_suffix("")
    return "files/scan" if inside == Path("files/scan") else inside.parts[0]


def imported(path: Path) -> set[str]:
    """The rooms of eduf that a file imports when it is loaded or run, without what only the type checker sees."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {id(each) for node in ast.walk(tree) if is_type_checking(node) for each in ast.walk(node)}
    rooms = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in hidden and (node.module or "").split(".")[0] == "eduf":
            steps = str(node.module).split(".")[1:]
            rooms |= {steps[0]} if steps else {each.name for each in node.names}
            if steps == ["files", "scan"]:
                rooms = (rooms - {"files"}) | {"files/scan"}
    return rooms & set().union(*FLOORS)


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room(path) for path in FILES if path.is_relative_to(ROOT / "eduf")} - {"__init__", "__main__"}
    assert rooms == set().union(*FLOORS)


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.is_relative_to(ROOT / "eduf")], ids=lambda p: str(p.relative_to(ROOT))
)
def test_nothing_below_knows_anything_above(path: Path) -> None:
    if room(path) in ("__init__", "__main__"):
        return
    floor = next(n for n, rooms in enumerate(FLOORS) if room(path) in rooms)
    above = set().union(*FLOORS[floor + 1 :])
    assert imported(path) & above == set()


def test_no_module_hides_a_public_name() -> None:
    modules = {path.stem for path in (ROOT / "eduf").glob("*.py")} | {path.name for path in (ROOT / "eduf").glob("*/")}
    assert modules & set(eduf.__all__) == set()


def test_the_examples_in_docstrings_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = [path for path in FILES if ">>> " in path.read_text(encoding="utf-8")]
    assert {room(path) for path in shown} >= {"__init__", "comparison", "goal", "sensitivity", "budget"}
    for path in shown:
        inside = path.relative_to(ROOT).with_suffix("")
        module = import_module(".".join(part for part in inside.parts if part != "__init__"))
        found = doctest.testmod(module)
        assert found.attempted > 0
        assert found.failed == 0, path


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("heavy", ["openpyxl", "textual", "click", "pydantic", "duckdb"])
def test_importing_eduf_loads_nothing_heavy(heavy: str) -> None:
    assert heavy not in loaded_by("import eduf")


@pytest.mark.parametrize("heavy", ["openpyxl", "textual", "click", "duckdb"])
def test_computing_loads_only_what_it_needs(heavy: str) -> None:
    example = ROOT / "examples" / "machinery.toml"
    assert heavy not in loaded_by(f"import eduf; eduf.compute(eduf.read({str(example)!r}))")


def test_the_store_and_the_desk_of_the_screen_know_no_textual() -> None:
    assert "textual" not in loaded_by("import tui.desk, tui.drafts, tui.model, tui.store")


def test_the_command_line_loads_textual_for_the_screen_alone() -> None:
    example = ROOT / "examples" / "machinery.toml"
    assert "textual" not in loaded_by(f"from eduf.cli import run; run(['calc', {str(example)!r}])")


def test_help_does_not_wait_for_pydantic() -> None:
    assert "pydantic" not in loaded_by("from eduf.cli import run; run(['--help'])")


def test_the_public_names_are_there_and_no_others() -> None:
    assert sorted(eduf.__all__) == eduf.__all__
    for name in eduf.__all__:
        assert getattr(eduf, name) is not None
    tree = ast.parse((ROOT / "eduf" / "__init__.py").read_text(encoding="utf-8"))
    typed = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed - {"TYPE_CHECKING", "Any", "import_module"} == set(eduf.__all__)
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        eduf.nothing_of_the_kind  # noqa: B018


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_binary_float_is_made_in_the_product(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"), node.lineno
