"""A sheet whose facts stand beside their labels, one under the other."""

from collections.abc import Mapping

from eduf.files import shape
from eduf.files.cells import text_of
from eduf.files.grid import Grid, Spot, address

LONGEST_VALUE = 12  # characters; what is longer beside an empty cell explains it


def beside(grid: Grid) -> dict[str, Spot]:
    """For an upright form the cell to the right of each label."""
    spots: dict[str, Spot] = {}
    labels = _labels(grid)
    for at, key in labels.items():
        beside = (at[0], at[1] + 1)
        if key in spots:
            grid.found.wrong("book_stated_twice", grid.sheet.title, address(*at))
        elif _shown(grid, at):
            spots[key] = beside
            _misplaced(grid, beside)
    _unknown_labels(grid, labels)
    return spots


def _labels(grid: Grid) -> dict[Spot, str]:
    """The labels of an upright form: the cells that hold one, but for what stands beside a label already."""
    found: dict[Spot, str] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        key = grid.form.headings().get(shape.heading(text_of(cell))) if cell.kind == "text" else None
        if key and (row, column - 1) not in found:
            found[row, column] = key
    return found


def _shown(grid: Grid, at: Spot) -> bool:
    """Whether a row of an upright form is to be read; one that is hidden is asked about."""
    hidden = at[0] in grid.sheet.hidden_rows or {at[1], at[1] + 1} & grid.sheet.hidden_columns
    if hidden and "hidden" not in grid.answers:
        grid.found.wrong("book_hidden_row", grid.sheet.title, address(*at), found=grid.says(at), row=at[0])
    return not hidden or grid.answers.get("hidden") == "read"


def _misplaced(grid: Grid, beside: Spot) -> None:
    """An empty cell beside a label, and something further right where eduf itself writes nothing to read."""
    beyond = (beside[0], beside[1] + 1)
    is_note = grid.is_text(beyond) and len(text_of(grid.cells[beyond])) > LONGEST_VALUE
    if beside not in grid.cells and beyond in grid.cells and not is_note:
        grid.found.wrong("book_misplaced", grid.sheet.title, address(*beyond), found=grid.says(beyond))


def _unknown_labels(grid: Grid, labels: Mapping[Spot, str]) -> None:
    """Texts below the first label that stand where labels stand and are none."""
    if not labels:
        return
    top, left = min(labels)
    column = [at for at in sorted(grid.cells) if at[1] == left and at[0] > top and at not in labels]
    unknown = [at for at in column if grid.is_text(at) and (at[0], at[1] + 1) in grid.cells]
    if unknown:
        names = "、".join(map(grid.says, unknown))
        grid.found.noticed("book_labels_ignored", grid.sheet.title, address(*unknown[0]), found=names)
