"""Wrong inputs: a small file for each in bad/, and exactly what eduf says about it in both languages.

Each file begins with what must be said about it, every line after `#en: ` or `#zh: `. What cannot be kept as a text
file (bytes, sizes, folders, pipes) is made here.
"""

import os
import string
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Clamped, Context, FloatOperation, Inexact, InvalidOperation, Rounded, Subnormal, localcontext
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from eduf.case import Case
from eduf.files import read
from eduf.history import compute
from eduf.problems import Problem, Refused
from eduf.words import texts

BAD = Path(__file__).parent / "bad"
FILES = sorted(path.stem for path in BAD.glob("*.toml"))
LANGUAGES = ("en", "zh")

GOOD = """format = 1

[enterprise]
name = "开封某某机械有限公司"

[opening]
fund_balance = 46200.00
carried_forward = [{ from = 2018, amount = 38500.00 }, { amount = 61240.00 }]

[[year]]
year = 2019
total_wages = 1234567.80
deductible_wages = 1234567.80
extracted = 34567.89
spent = 45678.91
spent_in_full = 12345.67
qualifications = ["software"]
monthly_wages = [
    102880.65, 102880.65, 102880.65, 102880.65, 102880.65, 102880.65,
    102880.65, 102880.65, 102880.65, 102880.65, 102880.65, 102880.65,
]

[[year]]
year = 2020
total_wages = 1234567.80
deductible_wages = 1234567.80
extracted = -1234.56
spent = 0.00
"""

SEVERAL = "several_"


def problems(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a file, found on reading it or, where it can be read, on computing it."""
    try:
        compute(read(path))
    except Refused as refused:
        return refused.problems
    return ()


def said(found: tuple[Problem, ...], lang: str) -> list[str]:
    return [line for problem in found for line in problem.text(lang).split("\n")]


def expected(name: str, lang: str) -> list[str]:
    lines = (BAD / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"#{lang}: ") for line in lines if line.startswith(f"#{lang}: ")]


@pytest.fixture
def in_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD)


@pytest.fixture
def case_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A path as short as a user's own, in a folder that is still empty."""
    monkeypatch.chdir(tmp_path)
    return Path("case.toml")


# Files


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("in_bad")
def test_a_wrong_file_is_told_exactly_what_is_wrong(name: str, lang: str) -> None:
    assert said(problems(Path(f"{name}.toml")), lang) == expected(name, lang)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_named_after_its_problem_and_has_no_other(name: str) -> None:
    codes = [problem.code for problem in problems(BAD / f"{name}.toml")]
    if name.startswith(SEVERAL):
        assert len(codes) > 1
    else:
        assert codes == [max((code for code in texts("en")["problems"] if f"{name}_".startswith(f"{code}_")), key=len)]


@pytest.mark.parametrize("name", FILES)
def test_problems_come_in_the_order_of_the_file(name: str) -> None:
    lines = [problem.where.line or 0 for problem in problems(BAD / f"{name}.toml")]
    assert all(before <= after for before, after in pairwise(lines))


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("toml_")])
def test_a_problem_points_at_its_key_or_else_at_its_table_or_at_the_first_line(name: str) -> None:
    text = (BAD / f"{name}.toml").read_text(encoding="utf-8")
    raw, lines = tomllib.loads(text, parse_float=str), text.split("\n")
    for where in (problem.where for problem in problems(BAD / f"{name}.toml")):
        assert where.line is not None
        if where.path[0] not in raw:
            assert where.line == 1
        else:
            assert any(mark in lines[where.line - 1] for mark in marks(raw, where.path))


def marks(raw: Any, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """What stands in the line of a path; where there is no such key, the beginning of its table."""
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError):
            return "[", "{"
    if isinstance(path[-1], str):
        return (path[-1],)
    return ("{",) if isinstance(raw, dict) else (str(raw).lower() if isinstance(raw, bool) else str(raw),)


# What is no text file


def holding(content: str | bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def workbook(path: Path) -> None:
    Workbook().save(path)


def of_30_megabytes(path: Path) -> None:
    path.touch()
    os.truncate(path, 30_000_000)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def nothing(path: Path) -> None:
    assert not path.exists()


NOT_TOML_EN = (
    "Check the =, the brackets, the spaces (none full-width) and straight quotation marks: texts, rates"
    ' ("2.5%") and amounts with commas or units ("60,000.00", "12.3万元") need them; keys are in English; each key and'
    " each table stands once."
)
NOT_TOML_ZH = (
    '请检查本行的等号、括号和空格（须为半角）；文本、比率（"2.5%"）和带千分位或单位的金额（"60,000.00"、"12.3万元"）须用半角引号；'
    "键名用英文；每个键、每个表只写一次。"
)

MADE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "no file": (
        nothing,
        "case.toml: error: There is no such file.\n    Check the name; `eduf new case.toml` writes a template.",
        "case.toml: 错误: 没有这个文件。\n    请核对文件名；`eduf new case.toml` 可以生成模板。",
    ),
    "a folder": (
        Path.mkdir,
        "case.toml: error: This is a folder; a case file is expected.\n"
        "    Name the file in it, for example case.toml/case.toml.",
        "case.toml: 错误: 这是文件夹，应为案例文件。\n    请指明其中的文件，例如 case.toml/case.toml。",
    ),
    "a pipe that nobody writes to": (
        os.mkfifo,
        "case.toml: error: This is not an ordinary file.\n    Name a case file.",
        "case.toml: 错误: 这不是普通文件。\n    请指定案例文件。",
    ),
    "a link to itself": (
        link_to_itself,
        "case.toml: error: The file cannot be read: Too many levels of symbolic links.\n"
        "    Check the name and that you may read it.",
        "case.toml: 错误: 文件无法读取：Too many levels of symbolic links。\n    请核对文件名，以及是否有读取权限。",
    ),
    "thirty megabytes": (
        of_30_megabytes,
        "case.toml: error: The file has 30,000,000 bytes; a case file has at most 5,000,000.\n"
        "    Check that this is the case file and not a ledger or an archive.",
        "case.toml: 错误: 文件有30,000,000字节；案例文件最多为5,000,000字节。\n"
        "    请核对这是否为案例文件，而不是账簿或压缩包。",
    ),
    "a workbook": (
        workbook,
        "case.toml: error: This is a workbook or an archive; a case file in TOML is expected.\n"
        "    If it is a case workbook, give it a name that ends in .xlsx; else `eduf new case.xlsx` writes a template.",
        "case.toml: 错误: 这是工作簿或压缩包，应为 TOML 格式的案例文件。\n"
        "    如为案例工作簿，请把文件名改为以 .xlsx 结尾；否则可用 `eduf new case.xlsx` 生成模板。",
    ),
    "an empty file": (
        holding(""),
        "case.toml: error: The file is empty.\n    `eduf new case.toml` writes a template under another name.",
        "case.toml: 错误: 文件是空的。\n    `eduf new case.toml` 可以用另一个文件名生成模板。",
    ),
    "only blank lines": (
        holding("\ufeff \r\n\n"),
        "case.toml: error: The file is empty.\n    `eduf new case.toml` writes a template under another name.",
        "case.toml: 错误: 文件是空的。\n    `eduf new case.toml` 可以用另一个文件名生成模板。",
    ),
    "only comments": (
        holding("# 尚未填写\n"),
        "case.toml: format: error: The format of the file is missing; it is required.\n"
        "    Write format = 1 as the first line.\n"
        "case.toml: enterprise: error: The enterprise is missing; it is required.\n"
        '    Add [enterprise] and, below it, name = "…".\n'
        "case.toml: year: error: The case has no year.\n"
        "    Add at least one [[year]] with year, total_wages, deductible_wages and spent.",
        "case.toml: format: 错误: 缺少文件的格式版本，此项必填。\n"
        "    请在文件第一行写 format = 1。\n"
        "case.toml: enterprise: 错误: 缺少企业信息，此项必填。\n"
        '    请添加 [enterprise]，并在其下填写 name = "…"。\n'
        "case.toml: year: 错误: 案例文件中没有年度。\n"
        "    请至少添加一个 [[year]]，填写 year、total_wages、deductible_wages 和 spent。",
    ),
    "the bytes of GBK": (
        holding(GOOD.encode("gbk")),
        "case.toml:4: error: This is not a text in UTF-8: the byte 0xBF cannot stand here.\n"
        "    Save the file as UTF-8 in your editor.",
        "case.toml:4: 错误: 不是 UTF-8 编码的文本：此处不能出现字节 0xBF。\n    请在编辑器中将文件保存为 UTF-8 编码。",
    ),
    "the bytes of UTF-16": (
        holding(b"\xff\xfe" + GOOD.encode("utf-16-le")),
        "case.toml:1: error: This is not a text in UTF-8: the byte 0xFF cannot stand here.\n"
        "    Save the file as UTF-8 in your editor.",
        "case.toml:1: 错误: 不是 UTF-8 编码的文本：此处不能出现字节 0xFF。\n    请在编辑器中将文件保存为 UTF-8 编码。",
    ),
    "the bytes of UTF-16 without a mark": (
        holding("format = 1\n".encode("utf-16-le")),
        "case.toml:1: error: This is not a text in UTF-8: the byte 0x00 cannot stand here.\n"
        "    Save the file as UTF-8 in your editor.",
        "case.toml:1: 错误: 不是 UTF-8 编码的文本：此处不能出现字节 0x00。\n    请在编辑器中将文件保存为 UTF-8 编码。",
    ),
    "a list that is never closed": (
        holding(GOOD + "monthly_wages = [102880.65,\n\n"),
        "case.toml:29: error: The file ends inside a list, a table or a text.\n"
        "    Close the last bracket or quotation mark.",
        "case.toml:29: 错误: 文件在列表、表或文本中途结束。\n    请补上最后的括号或引号。",
    ),
    "a form feed on its last line": (
        holding(GOOD + "\f\n"),
        f"case.toml:29: error: Not TOML at column 1: U+000C\n    {NOT_TOML_EN}",
        f"case.toml:29: 错误: 第1列不符合 TOML 语法：U+000C\n    {NOT_TOML_ZH}",
    ),
    "a statement cut off by the end, with the line ends of Windows": (
        holding((GOOD + "staff").replace("\n", "\r\n")),
        f"case.toml:29: error: Not TOML at column 6: staff\n    {NOT_TOML_EN}",
        f"case.toml:29: 错误: 第6列不符合 TOML 语法：staff\n    {NOT_TOML_ZH}",
    ),
    "a hundred thousand brackets": (
        holding("format = " + "[" * 100_000),
        "case.toml: error: The file holds tables too deep or numbers too long to read.\n"
        "    Write the case as in the template of `eduf new case.toml`.",
        "case.toml: 错误: 文件中的表嵌套过深，或者数字过长，无法读取。\n    请按 `eduf new case.toml` 的模板填写。",
    ),
    "an integer of five thousand digits": (
        holding(GOOD.replace("46200.00", "9" * 5000)),
        "case.toml: error: The file holds tables too deep or numbers too long to read.\n"
        "    Write the case as in the template of `eduf new case.toml`.",
        "case.toml: 错误: 文件中的表嵌套过深，或者数字过长，无法读取。\n    请按 `eduf new case.toml` 的模板填写。",
    ),
    "an integer of sixty digits": (
        holding(GOOD.replace("46200.00", "9" * 60)),
        "case.toml:7: opening: fund_balance: error: '999999999999999999999999999999999999999…' is over the limit of"
        " 1,000,000,000,000.00 yuan either way.\n"
        "    Check the unit: amounts are in yuan.",
        "case.toml:7: opening: fund_balance: 错误: “999999999999999999999999999999999999999…”的绝对值超过上限"
        "1,000,000,000,000.00元。\n"
        "    请核对单位：金额单位为元。",
    ),
}


@pytest.mark.parametrize(("make", "en", "zh"), MADE.values(), ids=MADE)
def test_what_is_no_case_file_is_told_exactly_what_it_is(
    make: Callable[[Path], object], en: str, zh: str, case_file: Path
) -> None:
    make(case_file)
    found = problems(case_file)
    assert said(found, "en") == en.split("\n")
    assert said(found, "zh") == zh.split("\n")


def test_a_file_that_the_user_may_not_read_is_told_so(case_file: Path) -> None:
    case_file.write_text(GOOD, encoding="utf-8")
    assert problems(case_file) == ()
    found = problems_for_others(case_file)
    assert said(found, "en") == [
        "case.toml: error: You may not read this file.",
        "    Ask its owner, or copy it to where you may read it.",
    ]
    assert said(found, "zh") == [
        "case.toml: 错误: 没有读取该文件的权限。",
        "    请向文件所有者申请权限，或者将文件复制到可以读取的位置。",
    ]


def problems_for_others(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a file for someone who may not read it."""
    path.chmod(0)
    with as_nobody():
        return problems(path)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything; so root becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("name", ["case\0.toml", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    assert [problem.code for problem in problems(Path(name))] == ["file_unreadable"]


def test_a_nul_byte_is_refused_in_its_line(case_file: Path) -> None:
    case_file.write_bytes(GOOD.encode() + b"\0\0\0")
    assert [(problem.code, problem.where.line) for problem in problems(case_file)] == [("file_not_utf8", 29)]


@pytest.mark.parametrize("before", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing(before: str, ends: str, case_file: Path) -> None:
    case_file.write_bytes((before + GOOD.replace("\n", ends)).encode())
    assert problems(case_file) == ()
    case_file.write_bytes((before + GOOD.replace("spent = 0.00", "spent = 0.001").replace("\n", ends)).encode())
    assert [problem.where.line for problem in problems(case_file)] == [28]


# Whatever stands in a file


def edited(lines: list[str], edit: tuple[int, str]) -> str:
    at, text = edit
    return "\n".join([*lines[:at], text, *lines[at + 1 :]])


KEYS = ["spent", "year", "from", "set", "enterprise.name", "opening", "[year]", "[[year]]", "[[filed]]", "[[scenario]]"]
VALUES = ["nan", "-1", "0x7E4", "true", "1979-05-27", "[]", "[1]", "{}", "[{}]", '"x"', '""', "1e9", "[[[]]]"]
LINES = st.text() | st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES)) | st.sampled_from(KEYS)


@given(st.tuples(st.integers(0, GOOD.count("\n")), LINES))
def test_a_good_file_with_any_line_replaced_is_a_case_or_refused(edit: tuple[int, str]) -> None:
    read_or_refused(edited(GOOD.split("\n"), edit).encode())


@given(st.binary())
def test_any_bytes_are_a_case_or_refused(content: bytes) -> None:
    read_or_refused(content)


def read_or_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.toml"
        path.write_bytes(content)
        for problem in problems(path):
            assert all(problem.text(lang) for lang in LANGUAGES)


CONTEXTS = {
    "three digits": Context(prec=3),
    "two digits, nothing inexact": Context(prec=2, traps=[Inexact, InvalidOperation]),
    "every signal a trap": Context(
        prec=3, traps=[Inexact, Rounded, Clamped, Subnormal, InvalidOperation, FloatOperation]
    ),
}


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_a_good_file_is_the_same_in_any_decimal_context_of_the_user(context: Context, case_file: Path) -> None:
    case_file.write_text(GOOD, encoding="utf-8")
    expected = facts_and_notices(case_file)
    with localcontext(context):
        found = facts_and_notices(case_file)
    assert found == expected


def facts_and_notices(path: Path) -> tuple[Case, list[str]]:
    history = compute(read(path))
    return history.case, [problem.text(lang) for problem in history.problems for lang in LANGUAGES]


@pytest.mark.parametrize("key", ["spent = 0.00", "year = 2020", "fund_balance = 46200.00", "format = 1"])
def test_a_hexadecimal_number_of_any_length_is_refused(key: str, case_file: Path) -> None:
    name = key.split(" = ")[0]
    case_file.write_text(GOOD.replace(key, f"{name} = 0x{'F' * 5000}"), encoding="utf-8")
    assert [problem.where.path[-1] for problem in problems(case_file)] == [name]


NAME = 'name = "开封某某机械有限公司"'


def scenario(change: str) -> str:
    return f'[[scenario]]\nname = "A"\nset = [{{ fact = "spent", {change} }}]\n\n[opening]'


CANNOT_BE_MEANT = {
    "a format that is no number": ("format = 1", "format = true", "format_unknown"),
    "a name that is a number": (NAME, "name = 1.5", "not_a_text"),
    "a name of blanks": (NAME, 'name = " "', "text_empty"),
    "a name with a line break": (NAME, 'name = "开封\\n某某"', "text_form"),
    "a loss from the future": (
        "fund_balance = 46200.00",
        "losses = [{ from = 2019, amount = 1.00 }]",
        "loss_from_the_future",
    ),
    "a fact set to a logical value": ("[opening]", scenario('years = "2020", to = true'), "change_form"),
    "a fact set to a list of logical values": ("[opening]", scenario('years = "2020", to = [true]'), "change_form"),
    "a fact set to a list of numbers": ("[opening]", scenario('years = "2020", to = [1.5]'), "change_form"),
    "years that are a huge number": ("[opening]", scenario(f"years = 0x{'F' * 5000}, to = 1"), "years_form"),
    "a deduction rate of nothing without a reason": ("spent = 0.00", "spent = 0.00\ncap_rate = 0", "cap_rate_alone"),
}


@pytest.mark.parametrize(("right", "wrong", "code"), CANNOT_BE_MEANT.values(), ids=CANNOT_BE_MEANT)
def test_what_cannot_be_meant_is_refused(right: str, wrong: str, code: str, case_file: Path) -> None:
    case_file.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    assert [problem.code for problem in problems(case_file)] == [code]


def test_a_list_in_a_scenario_is_one_problem_at_its_key(case_file: Path) -> None:
    change = '{ fact = "spent", years = "2020", to = [1] }'
    case_file.write_text(GOOD + f'\n[[scenario]]\nname = "A"\nset = [{change}]\n', encoding="utf-8")
    assert [problem.where.path for problem in problems(case_file)] == [("scenario", 0, "set", 0, "to")]


HOSTILE = {
    "in an amount": GOOD.replace("spent = 0.00", 'spent = "1\\n\\u001b[2J"'),
    "in a key": GOOD + '"a\\n\\u001b[2J" = 1\n',
    "in a line that is not TOML": GOOD + "\0\0\n",
    "in another line that is not TOML": GOOD + "spent \x1b[2J\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_message_is_two_lines_without_control_characters_whatever_was_typed(text: str, case_file: Path) -> None:
    case_file.write_text(text, encoding="utf-8")
    in_two_printable_lines(problems(case_file))


def test_a_message_is_two_lines_without_control_characters_whatever_the_file_is_called() -> None:
    in_two_printable_lines(problems(Path("case\n\x1b[2J.toml")))


def in_two_printable_lines(found: tuple[Problem, ...]) -> None:
    assert found
    for problem in found:
        for lang in LANGUAGES:
            assert problem.text(lang).count("\n") == 1
            assert problem.text(lang).replace("\n", "").isprintable()


def test_a_text_that_breaks_off_is_told_so_at_a_line_that_exists(case_file: Path) -> None:
    case_file.write_text(GOOD + "monthly_wages = [102880.65,\n", encoding="utf-8")
    assert [problem.where.line for problem in problems(case_file)] == [29]


@pytest.mark.parametrize(
    ("typed", "place"),
    [('"2020"', "year 2020"), ("true", "[[year]] no. 2"), ("9" * 100, "[[year]] no. 2")],
    ids=["text", "true", "long"],
)
def test_a_place_names_the_year_that_was_read_or_else_its_position(typed: str, place: str, case_file: Path) -> None:
    text = GOOD.replace("year = 2020", f"year = {typed}").replace("spent = 0.00", "spent = -1.00")
    case_file.write_text(text, encoding="utf-8")
    assert problems(case_file)[-1].text("en").startswith(f"case.toml:28: {place}: spent: ")


# All problems


ELSEWHERE = {
    "the screen": {"tui_no_terminal", "paste_beyond", "paste_computed", "cell_empty", "sum_unreadable"},
    "the command line": {
        "usage", "file_exists", "file_unwritable", "file_not_xlsx", "line_unknown", "line_unknown_like", "year_unknown",
        "matter_unknown", "matter_unknown_like", "qualification_unknown", "qualification_unknown_like",
        "schema_unknown", "schema_unknown_like", "years_unreadable", "file_not_a_case", "file_is_input",
        "folder_missing", "file_not_writable", "output_unwritable", "answer_unknown",
        "file_not_ics", "deadlines_none",
    },
    "filed returns (test_filed_csv, test_cli_audit)": {
        "filed_none", "filed_twice", "filed_not_csv", "filed_not_text", "filed_rows_ignored", "filed_without_facts",
    },
    "case workbooks (test_books, test_hostile)": {
        "book_error_value", "book_no_value", "book_date", "book_percent_amount", "book_format_wan", "book_serial",
        "book_unit_wan", "book_unit", "book_total_row", "book_hidden_row", "book_hidden_column", "book_hidden_sheet",
        "book_merged", "book_mark", "book_column_twice", "book_column_missing", "book_sheet_missing",
        "book_sheet_twice", "book_no_case", "book_is_report", "book_item", "book_stated_twice", "book_month_year",
        "book_row", "book_columns_ignored", "book_sheets_ignored", "book_macro_ignored", "book_read_otherwise",
        "book_no_workbook", "book_is_markup", "book_old", "book_other_kind", "book_encrypted", "book_truncated",
        "book_damaged", "book_unpacked", "book_elements", "book_cells", "book_doctype", "book_too_wide",
        "book_sheet_unknown", "book_note_row", "book_unit_other", "book_unit_overruled",
        "book_unit_yuan", "book_format_percent", "book_misplaced", "book_labels_ignored", "book_example_edited",
    },
    "scenarios, goal seek and sensitivity": {
        "fact_unknown_like", "change_way", "change_fact", "factor_unreadable", "factor_range", "factor_step",
        "product_fact", "change_out_of_range", "scenario_after_2100", "scenario_touches_nothing",
        "scenario_contradiction", "scenario_circle", "scenario_unstated", "scenario_grow_first", "scenario_none",
        "scenario_unknown", "scenario_unknown_like", "set_unreadable", "change_unreadable",
        "so_that_unreadable", "between_order", "line_unreadable", "vary_unreadable", "vary_order", "vary_too_many",
        "vary_years", "solve_fact", "solve_no_effect", "solve_unknown", "solve_too_fine", "scenario_inapplicable",
        "plan_none", "plan_not_these",
    },
    "ledgers and their mapping files (test_ledger, test_ledger_files, test_cli_ledger)": {
        "map_missing", "map_not_toml", "map_accounts", "map_key", "map_column", "map_name_twice", "map_to",
        "map_equipment", "map_no_equipment", "map_only_asks", "ledger_needs_duckdb", "ledger_missing",
        "ledger_no_file", "ledger_empty", "ledger_encoding", "ledger_nul", "ledger_damaged", "ledger_quote",
        "ledger_swallowed", "ledger_columns", "ledger_long", "ledger_rows", "ledger_no_headings",
        "ledger_column_missing", "ledger_columns_ignored", "ledger_unit", "ledger_no_amount", "ledger_no_account",
        "ledger_day", "ledger_front_line", "ledger_equipment", "ledger_year", "ledger_nothing", "ledger_unread",
        "ledger_asked", "ledger_unassigned", "ledger_unmatched", "ledger_stated_otherwise", "ledger_into",
        "ledger_lines_csv", "ledger_years",
    },
    "warnings and notices about a computed case": {
        "opening_fund_balance_assumed", "opening_carried_forward_assumed", "opening_before_2008_balance_assumed",
        "fund_opening_negative", "extraction_rate_assumed", "extraction_rate_unusual", "extracted_assumed",
        "extraction_low", "extraction_voluntary", "fund_overspent", "fund_still_overspent", "booked_negative",
        "before_2008_used", "deemed_year", "deemed_year_carried", "form_before_2014", "form_differs",
        "form_row6_differs", "tax_rate_unknown", "extracted_negative", "transferred_in", "transferred_out",
        "income_negative", "cap_rate_stated", "template_name",
        "deductible_over_total", "spent_over_wages", "law_asks", "law_unchecked",
    },
    "warnings and notices about the tax of a computed case": {
        "income_left_out", "losses_unknown", "income_deemed", "tax_rate_asked", "small_over", "small_restricted",
        "small_unstated", "small_income_over", "loss_expired", "loss_expired_before", "loss_presumed",
        "loss_life_unsure", "carry_forward_in_loss", "deferred_unrecognised", "opening_losses_assumed",
    },
}  # fmt: skip


def test_every_problem_has_its_wrong_file_or_is_listed_as_raised_elsewhere(case_file: Path) -> None:
    here = {problem.code for name in FILES for problem in problems(BAD / f"{name}.toml")}
    for make, _, _ in MADE.values():
        make(case_file)
        here |= {problem.code for problem in problems(case_file)}
        discard(case_file)
    case_file.touch()
    here |= {problem.code for problem in problems_for_others(case_file)}
    elsewhere = {code for codes in ELSEWHERE.values() for code in codes}
    assert not here & elsewhere
    assert here | elsewhere == set(texts("en")["problems"])


def discard(path: Path) -> None:
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_says_what_is_wrong_and_what_to_do(lang: str) -> None:
    for sentences in texts(lang)["problems"].values():
        assert {"says", "do"} <= set(sentences) <= {"says", "do", "says_book", "do_book"}


def test_both_languages_tell_the_same_problems_with_the_same_values() -> None:
    en, zh = texts("en")["problems"], texts("zh")["problems"]
    assert list(en) == list(zh)
    assert {code: values(en[code]) for code in en} == {code: values(zh[code]) for code in zh}


def values(sentences: dict[str, str]) -> dict[str, set[str]]:
    """The names that a problem's sentences have values put in for."""
    formatter = string.Formatter()
    return {part: {name for _, name, _, _ in formatter.parse(text) if name} for part, text in sentences.items()}
