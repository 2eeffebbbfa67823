"""Which declared figures are wrong by themselves, and which only follow from another one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from eduf.audit.check import CellCheck, Suspect
from eduf.audit.checks import OF_CELLS, form_formula, unspent_brought_in
from eduf.audit.checks.column_not_in_edition import COLUMNS
from eduf.audit.form import OLDEST, Cell, Rule
from eduf.audit.returns import Return
from eduf.audit.sheet import Sheet, Value, replay
from eduf.history import History
from eduf.problems import Level

Key = tuple[int, str]  # the year and the cell
Mode = Rule | Decimal  # what a cell follows, or the figure it stands at
_SEVERITY: tuple[Level, ...] = ("error", "warning", "notice")


@dataclass(frozen=True, eq=False)
class Wrong:
    """A declared figure that is not right: what explains it, or, without explanations, what it follows from.

    `own`: it is a mistake of its own, or stands for one with `because`, whose figures it shares.
    """

    sheet: Sheet
    cell: str
    filed: Decimal
    right: Decimal
    checks: tuple[CellCheck, ...]
    level: Level
    because: "Wrong | None" = None
    own: bool = False

    @property
    def key(self) -> Key:
        """Its year and its cell."""
        return self.sheet.year.year, self.cell

    @property
    def root(self) -> "Wrong":
        """The mistake at the start of it."""
        return self.because.root if self.because else self


class Trace:
    """A pass through all returns, from the oldest on: every cell judged by what stands before it."""

    def __init__(self, history: History, returns: Mapping[int, Return]) -> None:
        self.history, self.returns = history, returns
        self.declared = {
            (number, name): value for number, each in returns.items() for name, value in each.figures().items()
        }
        self.modes: dict[Key, Mode] = {}
        self.blames: dict[Key, Wrong] = {}
        self.wrongs: list[Wrong] = []
        self.sheets = replay(history, self._judge)

    def corrected(self, root: Wrong) -> dict[int, Sheet]:
        """Every year with this mistake corrected, and whatever only follows from it."""
        keys = {each.key for each in self.wrongs if each.own and each.root is root}
        if root.checks == (form_formula.CHECK,):  # what the form's formula gives rightly by chance follows it too
            keys |= {key for key, mode in self.modes.items() if key[0] == root.key[0] and _is_printed(mode)}
        return replay(self.history, lambda sheet, cell, rules: self._again(sheet, cell, rules, keys))

    def righted(self) -> dict[int, Sheet]:
        """Every year with all of it corrected."""
        return replay(self.history, lambda sheet, cell, rules: sheet.right(cell.name))

    def _again(self, sheet: Sheet, cell: Cell, rules: tuple[Rule, ...], keys: set[Key]) -> Value:
        key = (sheet.year.year, cell.name)
        mode = rules[0] if key in keys else self.modes[key]
        return sheet.by(mode) if isinstance(mode, Rule) else mode

    def _judge(self, sheet: Sheet, cell: Cell, rules: tuple[Rule, ...]) -> Value:
        key = (sheet.year.year, cell.name)
        values = [sheet.by(rule) for rule in rules]
        filed, right = self._filed(sheet, key), sheet.right(cell.name)
        if filed is None or right is None:
            self.modes[key] = rules[0]
            if values[0] != right:
                self._pass_on(sheet, key, rules[0])
            return values[0]
        follows = next((rule for rule, value in zip(rules, values, strict=True) if value == filed), None)
        self.modes[key] = filed if follows is None else follows
        if filed != right:
            self._blame(sheet, key, filed, right, follows, values[0])
        return filed

    def _filed(self, sheet: Sheet, key: Key) -> Decimal | None:
        """What was declared; a column that the edition does not have is not read."""
        absent = sheet.year.setting.edition == OLDEST and key[1] in COLUMNS
        return None if absent else self.declared.get(key)

    def _pass_on(self, sheet: Sheet, key: Key, rule: Rule) -> None:
        if blame := self._reason(sheet, rule):
            self.blames[key] = blame

    def _reason(self, sheet: Sheet, rule: Rule) -> Wrong | None:
        """What the first wrong figure that a rule reads is wrong by."""
        for name in rule.reads:
            if sheet.wrong(name):
                number = sheet.year.year - (1 if name.startswith("last_") else 0)
                return self.blames.get((number, name.removeprefix("last_")))
        return None

    def _blame(
        self, sheet: Sheet, key: Key, filed: Decimal, right: Decimal, follows: Rule | None, statute: Value
    ) -> None:
        reason = self._reason(sheet, follows) if follows else None
        if follows and follows.printed and sheet.rightly(follows) != right:
            wrong = self._own(sheet, key[1], filed, right, (form_formula.CHECK,))
        elif reason:
            wrong = self._following(sheet, key[1], filed, right, reason)
        else:
            wrong = self._explained(sheet, key[1], filed, right, statute)
        self.blames[key] = wrong
        self.wrongs.append(wrong)

    def _following(self, sheet: Sheet, cell: str, filed: Decimal, right: Decimal, reason: Wrong) -> Wrong:
        """It only follows; what comes out of the old form's formula into 2018 is an error there."""
        check = unspent_brought_in.CHECK
        came = (sheet.implied.get("row5_brought_forward"), sheet.right("row5_brought_forward"))
        brought = filed if cell == "row5_brought_forward" else came[0]
        crossing = sheet.year.year > LAST_PRINTED >= reason.sheet.year.year
        of_the_form = reason.root.checks == (form_formula.CHECK,)
        if crossing and of_the_form and brought is not None and came[1] is not None and brought > came[1]:
            return Wrong(sheet, cell, filed, right, (check,), check.level, reason)
        return Wrong(sheet, cell, filed, right, (), reason.level, reason)

    def _explained(self, sheet: Sheet, cell: str, filed: Decimal, right: Decimal, statute: Value) -> Wrong:
        here = [each for each in self.wrongs if each.sheet is sheet]
        codes = tuple(each.checks[0].code for each in here if each.checks)
        suspect = Suspect(self.history, self.returns, sheet, cell, filed, right, statute, codes)
        return self._own(sheet, cell, filed, right, explanations(suspect))

    def _own(self, sheet: Sheet, cell: str, filed: Decimal, right: Decimal, checks: tuple[CellCheck, ...]) -> Wrong:
        """A mistake of its own, or a part of one of the same year."""
        goes_on = (check.rules.get(cell) for check in checks)
        if rule := next((each for each in goes_on if each and sheet.by(each) == filed), None):
            self.modes[sheet.year.year, cell] = rule
        here = [each for each in self.wrongs if each.sheet is sheet and each.own]
        first = next((each for each in here if _codes(each) & set(checks[0].part_of)), None)
        return Wrong(sheet, cell, filed, right, checks, checks[0].level, first and first.root, own=True)


def _is_printed(mode: Mode) -> bool:
    return isinstance(mode, Rule) and mode.printed


def _codes(wrong: Wrong) -> set[str]:
    return {check.code for check in wrong.checks}


LAST_PRINTED = 2017  # the last return whose form reckoned from what was booked


def explanations(suspect: Suspect) -> tuple[CellCheck, ...]:
    """Every check that explains the figure, the gravest first; there is always one."""
    mine = [each for each in OF_CELLS if suspect.cell in each.cells]
    found = [each for each in mine if not each.fallback and each.fits(suspect)]
    found = found or [each for each in mine if each.fallback and each.fits(suspect)]
    return tuple(sorted(found, key=lambda each: _SEVERITY.index(each.level)))
