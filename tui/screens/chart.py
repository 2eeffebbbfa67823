"""图表: a bar a year of what is deducted, what the cap leaves free, and what is carried forward."""

from collections.abc import Iterator

from rich.cells import cell_len

from tui.desk import Desk
from tui.looks import fitted
from tui.widgets import bars
from tui.widgets.lines import Line, Lines


class Chart(Lines):
    """The bars; each leads to its year in the grid."""

    desk: Desk | None = None

    def show_desk(self, desk: Desk) -> None:
        """The bars of what lies on the desk, as wide as there is room."""
        self.desk = desk
        top, at = self.top, self.at
        self.show(self._all(desk))
        self.top, self.at = top, at
        self._layout()

    def on_resize(self) -> None:
        """The bars are drawn for the new width."""
        if self.desk:
            self.show_desk(self.desk)

    def _all(self, desk: Desk) -> Iterator[Line]:
        model, looks = desk.shown, desk.looks
        names = ("carried_forward", "cap", "headroom")
        table = [[looks.figure(name, model.value(name, year)) for name in names] for year in desk.years]
        heads = [looks.name(name) for name in names]
        widths = [
            max(cell_len(text) for text in (head, *column))
            for head, column in zip(heads, zip(*table, strict=True), strict=True)
        ]
        figures = [
            " ".join(fitted(text, width, right=True) for text, width in zip(row, widths, strict=True))
            for row in (heads, *table)
        ]
        room = max(self.size.width - 2 - 7 - len(figures[1]), 8)
        whole = bars.scale(model)
        yield Line(f"{' ' * 6}{figures[0]}", "head")
        for year, text in zip(desk.years, figures[1:], strict=True):
            plan = "*" if any(each.year == year and each.status == "plan" for each in model.history.years) else " "
            yield Line(
                f"{year}{plan} {text} {bars.bar(model, year, whole, room, looks)}", target=("carried_forward", year)
            )
        yield Line("")
        yield Line(bars.legend(looks), "quiet")
        yield Line(looks.word("chart.plan"), "quiet")
