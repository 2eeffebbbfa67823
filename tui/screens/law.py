"""依据: the law in force in the year of the grid's cursor, for the qualifications held in it."""

from collections.abc import Iterator

from eduf import statute
from eduf.lines import of
from tui.desk import Desk
from tui.widgets.lines import Line, Lines


class Law(Lines):
    """The law of a year; left and right go to another year."""

    year = 0
    desk: Desk | None = None
    _shown: tuple[object, ...] = ()

    def show_desk(self, desk: Desk) -> None:
        """The law for what lies on the desk."""
        self.desk = desk
        year = next((each for each in desk.shown.case.years if each.year == self.year), desk.shown.case.years[-1])
        held = desk.shown.case.qualifications(year)
        if self._shown != (key := (year.year, held, desk.looks)):
            self._shown = key
            self.show(self._all(desk, year.year, held))

    def press(self, key: str) -> bool:
        """Left and right turn to another year."""
        if key in ("left", "right"):
            self._turn(1 if key == "right" else -1)
            return True
        return super().press(key)

    def _turn(self, years: int) -> None:
        if self.desk:
            self.year = max(min(self.year + years, self.desk.years[-1]), self.desk.years[0])
            self.show_desk(self.desk)

    def _all(self, desk: Desk, year: int, held: tuple[str, ...]) -> Iterator[Line]:
        looks = desk.looks
        who = "+".join(looks.word(f".values.{each}") for each in held or ("general",))
        yield Line(looks.says("law.head", year=year, who=who), "head")
        found = statute.found(None, year, held or ("general",))
        used = _used(desk, year)
        for each in sorted(found, key=lambda pair: used.index(pair[0].name) if pair[0].name in used else len(used)):
            yield Line("")
            yield Line(looks.drawn(each[0].said(looks.lang)), "head")
            for text in list(statute.text((each,), looks.lang))[1:]:
                inner = len(text) - len(text.lstrip())
                yield Line(looks.drawn(text.strip()), "quiet" if inner > 2 else "", indent=min(inner, 4))


def _used(desk: Desk, year: int) -> list[str]:
    """The matters that the lines of the year rest on, in their order."""
    computed = desk.shown.history.year(year)
    cited = (matter for line in of(computed.setting) for matter in line.law) if computed else ()
    return list(dict.fromkeys(each.partition(".")[0] for each in cited))
