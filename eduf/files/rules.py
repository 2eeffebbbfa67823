"""What the input cells of a case workbook accept: drop-downs, and a warning at what eduf would not understand."""

from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eduf.files import shape
from eduf.files.shape import Form
from eduf.money import LIMIT
from eduf.reading import FIRST_YEAR, LAST_YEAR
from eduf.words import sentence, word

SIGNED = frozenset({"extracted", "transferred", "income", "fund_balance", "deferred_tax"})
TYPED = "12.5万元"  # what a person may type for an amount

_YEARS = {"founded": (1800, LAST_YEAR), "from": (1990, LAST_YEAR)}
_STAFF = (0, 10_000_000)
_CODE_LENGTH = 18


class Rules:
    """The rules of one book: where its lists stand, and the cell that says what its amounts are in."""

    def __init__(self, lists: Mapping[str, str], unit: str, lang: str) -> None:
        self._lists, self._unit, self._lang = lists, unit, lang

    def apply(self, sheet: Worksheet, form: Form, key: str, column: int, rows: range) -> None:
        """Let the cells of a column accept what its fact may be; what else is typed is warned of, not refused."""
        at = f"{get_column_letter(column)}{rows[0]}"
        rule = self._rule(form, key, at)
        if rule is None:
            return
        rule.add(f"{at}:{get_column_letter(column)}{rows[-1]}")
        sheet.add_data_validation(rule)

    def _rule(self, form: Form, key: str, at: str) -> DataValidation | None:
        kind = shape.kind(key)
        if key in self._lists:
            return self._list(key)
        if kind == "amount":
            return self._amount(form, key, at)
        if kind == "rate":
            rule = f"AND(ISNUMBER({at}),{at}>=0,{at}<=1,ABS({at}*1000-ROUND({at}*1000,0))<0.000001)"
            return self._custom(rule, word("book.rules.rate", self._lang))
        if kind == "year":
            return self._whole("year", *_YEARS.get(key, (FIRST_YEAR, LAST_YEAR)))
        if key == "staff":
            return self._whole("count", *_STAFF)
        if key == "credit_code":
            return self._custom(f"LEN({at})={_CODE_LENGTH}", word("book.rules.credit_code", self._lang))
        return None

    def _list(self, key: str) -> DataValidation:
        """A drop-down; of several qualifications in one cell no list can hold every combination."""
        rule = DataValidation("list", formula1=self._lists[key], allow_blank=True)
        if shape.kind(key) != "words":
            _warn(rule, word("book.rules.choice", self._lang))
        return rule

    def _amount(self, form: Form, key: str, at: str) -> DataValidation:
        signed = key in SIGNED or form.name in ("filed", "opening")
        least = f"-{LIMIT:.0f}" if signed else "0"
        wan = shape.choice("amounts", "wan", self._lang)
        places = f'IF({self._unit}="{wan}",6,2)'
        rule = f"AND(ISNUMBER({at}),{at}>={least},{at}<={LIMIT:.0f},ROUND({at},{places})={at})"
        if form.name == "opening":
            rule = f'OR({at}="{word("book.page.none", self._lang)}",{rule})'
        return self._custom(rule, sentence(f"book.rules.{'signed' if signed else 'amount'}", self._lang, typed=TYPED))

    def _whole(self, message: str, first: int, last: int) -> DataValidation:
        said = sentence(f"book.rules.{message}", self._lang, first=first, last=last)
        rule = DataValidation("whole", operator="between", formula1=str(first), formula2=str(last), allow_blank=True)
        return _warn(rule, said)

    def _custom(self, formula: str, said: str) -> DataValidation:
        return _warn(DataValidation("custom", formula1=formula, allow_blank=True), said)


def _warn(rule: DataValidation, said: str) -> DataValidation:
    """Say what is expected; whoever means what they typed goes on."""
    rule.showErrorMessage, rule.errorStyle, rule.error = True, "warning", said
    return rule
