"""The scanner must know the line of everything that tomllib reads, and survive everything else."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduf.files.scan import DEEPEST, Path, lines

CASES: dict[str, tuple[str, dict[Path, int]]] = {
    "nothing": ("", {}),
    "only comments and blank lines": ("\n# [a]\n\n  # b = 1", {}),
    "a key without a final newline": ("a = 1", {("a",): 1}),
    "keys, tables and comments": (
        "# head\na = 1 # [x]\n\n[ t ] # b = 2\n  b = true\n[t.u]\nc = 1.5e3",
        {("a",): 2, ("t",): 4, ("t", "b"): 5, ("t", "u"): 6, ("t", "u", "c"): 7},
    ),
    "dotted keys": (
        "\na . b.c = 1\na.d = 2",
        {("a",): 2, ("a", "b"): 2, ("a", "b", "c"): 2, ("a", "d"): 3},
    ),
    "quoted keys": (
        '"a.b" = 1\n\'c # "d\' = 2\n"" . "e\'" = 3\n\'\'.f = 4\n1.2 = 5',
        {("a.b",): 1, ('c # "d',): 2, ("",): 3, ("", "e'"): 3, ("", "f"): 4, ("1",): 5, ("1", "2"): 5},
    ),
    "escapes in keys": (
        '"\\"=\\\\u0041" = 1\n"\\u00e9\\U0001F600\\n" = 2\n["]\\t[".x]\n\'\\n\' = 3',
        {('"=\\u0041',): 1, ("é😀\n",): 2, ("]\t[",): 3, ("]\t[", "x"): 3, ("]\t[", "x", "\\n"): 4},
    ),
    "a super-table without and with a header of its own": (
        "[a.b.c]\n[a.b]\nx = 1\n[d]",
        {("a",): 1, ("a", "b"): 2, ("a", "b", "c"): 1, ("a", "b", "x"): 3, ("d",): 4},
    ),
    "arrays of tables with tables below": (
        "[[year]]\nspent = 1\n[year.x]\ny = 2\n[[year]]\n[other]\n[year.x]\n[[year.x.z]]\n[[year.x.z]]\nw = 1",
        {("year",): 1, ("year", 0): 1, ("year", 0, "spent"): 2, ("year", 0, "x"): 3, ("year", 0, "x", "y"): 4}
        | {("year", 1): 5, ("other",): 6, ("year", 1, "x"): 7, ("year", 1, "x", "z"): 8}
        | {("year", 1, "x", "z", 0): 8, ("year", 1, "x", "z", 1): 9, ("year", 1, "x", "z", 1, "w"): 10},
    ),
    "arrays over several lines": (
        "a = [ # ]\n  1, 2, # 3,\n\n  [\n], [ 'x' ] ,\n]\nb = []",
        {("a",): 1, ("a", 0): 2, ("a", 1): 2, ("a", 2): 4, ("a", 3): 5, ("a", 3, 0): 5, ("b",): 7},
    ),
    "inline tables": (
        "a = {}\nb = [{c = 1, d.e = [\n2]},\n# }\n{ 'f' = {g=3} }]",
        {("a",): 1, ("b",): 2, ("b", 0): 2, ("b", 0, "c"): 2, ("b", 0, "d"): 2, ("b", 0, "d", "e"): 2}
        | {("b", 0, "d", "e", 0): 3, ("b", 1): 5, ("b", 1, "f"): 5, ("b", 1, "f", "g"): 5},
    ),
    "plain strings": (
        'a = ["# ] \\" ,", \'\\\', "", \'\', "\\\\",\n1]\nb = 1',
        {("a",): 1, **{("a", index): 1 for index in range(5)}, ("a", 5): 2, ("b",): 3},
    ),
    "long strings": (
        'a = ["""\n# " ""\n[b] \\""" c = 1\\\n  """, """""", \'\'\'\n"""\n[[d]] \\\'\'\', """\n"""""]\n'
        "e = '''it''s''''' # '''\nf = 1",
        {("a",): 1, ("a", 0): 1, ("a", 1): 4, ("a", 2): 4, ("a", 3): 6, ("e",): 8, ("f",): 9},
    ),
    "dates and times": (
        "a = 2018-01-01 10:00:00\nb = [2018-01-01 10:00:00.5+02:00, 2018-01-01 , 07:32:00]\nc = 2018-01-01 # 10\nd = 1",
        {("a",): 1, ("b",): 2, ("b", 0): 2, ("b", 1): 2, ("b", 2): 2, ("c",): 3, ("d",): 4},
    ),
    "carriage returns": (
        'a = [\r\n1 # x\r\n]\r\n\r\n[b]\r\nc = """\r\n"""\r\nd = 2018-01-01\r\n',
        {("a",): 1, ("a", 0): 2, ("b",): 5, ("b", "c"): 6, ("b", "d"): 8},
    ),
}

NEWER_CASES: dict[str, tuple[str, dict[Path, int]]] = {
    "an inline table over several lines": (
        "a = { # }\n  b = 1,\n\n  c.d = 2 , # e = 3\n}\nf = 4",
        {("a",): 1, ("a", "b"): 2, ("a", "c"): 4, ("a", "c", "d"): 4, ("f",): 6},
    ),
    "the escapes of TOML 1.1 in keys": ('"\\x41\\e" = 1', {("A\x1b",): 1}),
}

BROKEN_CASES: dict[str, tuple[str, dict[Path, int]]] = {
    "a value that is missing": ("a = 1\nb =\nc = 2", {("a",): 1, ("b",): 2}),
    "an open inline table": ("a = {b = 1\nc = 2", {("a",): 1, ("a", "b"): 1, ("a", "c"): 2}),
    "an open long string": ('a = 1\nb = """\nc = 1', {("a",): 1, ("b",): 2}),
    "an open header": ("a = 1\n[b\nc = 1", {("a",): 1}),
    "an impossible character": ('a = 1\n"\\U00110000" = 1\nb = 1', {("a",): 1}),
}

HOSTILE = [
    *("[", "[[", "a=[", "a=[[", "a=[,", "a=[#\n", "a={", "a={a=", "a=[{a="),
    *("a.", '"a"."b".', "[a.", "[[a.", "[[a]]\na.", "a=1 ", "a\n=", "\r", "# "),
    *('"', "'", '"""', "'''", '\\"', 'a="', 'a="\\', 'a=""""', 'a="""\\"', "a='", "a='''''"),
]


@pytest.mark.parametrize(("text", "truth"), CASES.values(), ids=CASES)
def test_every_path_of_a_small_document_has_its_line(text: str, truth: dict[Path, int]) -> None:
    assert lines(text) == truth
    assert set(truth) == set(paths(tomllib.loads(text)))


@pytest.mark.parametrize(("text", "truth"), NEWER_CASES.values(), ids=NEWER_CASES)
def test_newer_syntax_is_followed_too(text: str, truth: dict[Path, int]) -> None:
    assert lines(text) == truth


@pytest.mark.parametrize(("text", "truth"), BROKEN_CASES.values(), ids=BROKEN_CASES)
def test_a_broken_document_gives_what_stands_before_the_break(text: str, truth: dict[Path, int]) -> None:
    assert lines(text) == truth


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_repetition_ends_without_an_exception(piece: str) -> None:
    for end in ("", "1", "a]]=1"):
        lines(piece * 50_000 + end)


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a=", "}"), ("{a=[", "]}")])
def test_nesting_is_followed_down_to_the_bound_only(opened: str, closed: str) -> None:
    deep = (DEEPEST - 1) // len(closed)
    fitting, excessive = (f"a = {opened * depth}1{closed * depth}\nb = 1" for depth in (deep, deep + 1))
    assert lines(fitting)[("b",)] == 2
    assert set(lines(fitting)) == set(paths(tomllib.loads(fitting)))
    assert ("b",) not in lines(excessive)
    assert max(map(len, lines(excessive))) == DEEPEST


@pytest.mark.parametrize("line", ["{} = 1", "[{}]", "[[{}]]", "a = {{{} = 1}}"])
def test_dotted_names_are_followed_down_to_the_bound_only(line: str) -> None:
    fitting, excessive = (line.format(".".join("a" * length)) for length in (DEEPEST - 1, DEEPEST + 1))
    assert set(lines(fitting)) == set(paths(tomllib.loads(fitting)))
    assert len(lines(excessive)) <= 1


@given(st.text() | st.text("a1.\"'[]{}=,#\\ \t\r\n", max_size=60))
def test_any_text_ends_without_an_exception(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in lines(text).values())


# Documents whose lines are known -----------------------------------------------------------------------------------


@dataclass
class Table:
    """A table which the writer gives a header: its own keys, and the tables and arrays of tables below it."""

    keys: dict[str, Any]
    below: "dict[str, Table | list[Table]]"


names = st.sampled_from(["a", "b", "c-1", "2", "", "é", "x.y", "# no", "k = 1", '"', "it's", "[t]", "\n\\", "😀\t"])
plain_values = st.sampled_from(
    [
        *("1", "-0.5e3", "+inf", "0xAF", "true"),
        *("2018-01-01", "2018-01-01 10:00:00", "2018-01-01T10:00:00.5Z", "07:32:00"),
        *('""', '"# ["', '"\\" ] \\\\"', '"= \\u00e9,"'),
        *("''", "'c:\\'", "'\"} #'"),
        *('""""""', '"""\n[a]\nb = 1 # no\n"""', '"""two """""', '"""\\"""\n""x\\\n  y"""', '"""\'\'\'"""'),
        *("''''''", "'''\n[[z]]\n\\'''", "''''it''s'''''", "'''\"\"\"\n# '''"),
    ]
)
values = st.recursive(
    plain_values,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
flat_tables = st.builds(Table, st.dictionaries(names, values, max_size=3), st.just({}))
tables = st.recursive(
    flat_tables,
    lambda inner: st.builds(
        Table,
        st.dictionaries(names, values, max_size=3),
        st.dictionaries(names, inner | st.lists(inner, min_size=1, max_size=3), max_size=3),
    ),
    max_leaves=6,
)


class Writer:
    """Writes a document in a random layout, and notes the line of each path as it goes."""

    def __init__(self, chance: Random, *, lines_in_inline_tables: bool) -> None:
        self.chance = chance
        self.lines_in_inline_tables = lines_in_inline_tables
        self.text = ""
        self.truth: dict[Path, int] = {}

    def document(self, root: Table) -> None:
        self.gap()
        self.keys(root.keys, ())
        for path, table, is_element in self.sections(root, ()):
            self.header(path, is_element=is_element)
            self.keys(table.keys, path)

    def sections(self, table: Table, path: Path) -> list[tuple[Path, Table, bool]]:
        """The tables below, in any order in which TOML allows their headers."""
        groups = []
        for name, child in table.below.items():
            if name in table.keys:
                continue
            place = (*path, name)
            if isinstance(child, list):
                elements = [((*place, index), element, True) for index, element in enumerate(child)]
                groups.append([s for e in elements for s in (e, *self.sections(e[1], e[0]))])
                continue
            below = self.sections(child, place)
            may_be_implied = bool(below) and not child.keys
            own = [] if may_be_implied and self.chance.random() < 0.5 else [(place, child, False)]
            groups.append(self.merged([own, below]))
        return self.merged(groups)

    def merged(self, groups: list[list[Any]]) -> list[Any]:
        turns = [index for index, group in enumerate(groups) for _ in group]
        self.chance.shuffle(turns)
        queues = [iter(group) for group in groups]
        return [next(queues[turn]) for turn in turns]

    def header(self, path: Path, *, is_element: bool) -> None:
        self.write(self.space())
        for length in range(1, len(path)):
            self.mark(path[:length], first=True)
        self.mark(path)
        key = self.dotted([name for name in path if isinstance(name, str)])
        opened, closed = ("[[", "]]") if is_element else ("[", "]")
        self.write(opened + self.space() + key + self.space() + closed)
        self.end_line()

    def keys(self, keys: dict[str, Any], table: Path) -> None:
        for names_, value in self.pairs(keys):
            self.write(self.space())
            self.pair(names_, value, table)
            self.end_line()

    def pairs(self, keys: dict[str, Any]) -> list[tuple[list[str], Any]]:
        """The keys in any order, some of the tables among them spread over dotted keys."""
        groups = []
        for name, value in keys.items():
            if isinstance(value, dict) and value and self.chance.random() < 0.5:
                groups.append([([name, *rest], inner) for rest, inner in self.pairs(value)])
            else:
                groups.append([([name], value)])
        return self.merged(groups)

    def pair(self, names_: list[str], value: Any, table: Path) -> None:
        for length in range(1, len(names_)):
            self.mark((*table, *names_[:length]), first=True)
        self.write(self.dotted(names_) + self.space() + "=" + self.space())
        self.value(value, (*table, *names_))

    def value(self, value: Any, path: Path) -> None:
        self.mark(path)
        if isinstance(value, str):
            self.write(value)
        elif isinstance(value, list):
            self.write("[")
            self.gap()
            for index, item in enumerate(value):
                self.value(item, (*path, index))
                self.gap()
                if index + 1 < len(value) or self.chance.random() < 0.3:
                    self.write(",")
                    self.gap()
            self.write("]")
        else:
            gap = self.gap if self.lines_in_inline_tables else lambda: self.write(self.space())
            self.write("{")
            gap()
            for index, (names_, item) in enumerate(self.pairs(value)):
                if index:
                    self.write(",")
                    gap()
                self.pair(names_, item, path)
                gap()
            self.write("}")

    def dotted(self, names_: list[str]) -> str:
        quoted = [self.quoted(name) for name in names_]
        dot = self.space() + "." + self.space()
        return dot.join(quoted)

    def quoted(self, name: str) -> str:
        forms = ['"' + "".join(self.escaped(character) for character in name) + '"']
        if not re.search(r"['\n]", name):
            forms.append(f"'{name}'")
        if re.fullmatch(r"[A-Za-z0-9_-]+", name):
            forms.append(name)
        return self.chance.choice(forms)

    def escaped(self, character: str) -> str:
        code = f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08X}"
        short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(character, character)
        return self.chance.choice([short, code])

    def space(self) -> str:
        return self.chance.choice(["", " ", " ", "\t "])

    def gap(self) -> None:
        self.write(self.chance.choice(["", "", " ", "\n", " \n\n  ", " # ] } \" '''\n\t", "#\n"]))

    def end_line(self) -> None:
        self.write(self.chance.choice(["\n", " \n", " # [a] = '''\n", "\n\n", "\n# b = [\n"]))

    def mark(self, path: Path, *, first: bool = False) -> None:
        line = self.text.count("\n") + 1
        if not (first and path in self.truth):
            self.truth[path] = line

    def write(self, text: str) -> None:
        self.text += text


@st.composite
def documents(draw: st.DrawFn, *, lines_in_inline_tables: bool = False) -> tuple[str, dict[Path, int]]:
    writer = Writer(draw(st.randoms(use_true_random=False)), lines_in_inline_tables=lines_in_inline_tables)
    writer.document(draw(tables))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return writer.text.replace("\n", newline), writer.truth


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield (*path, key)
        yield from paths(inner, (*path, key))


@given(documents() | documents(lines_in_inline_tables=True))
def test_every_path_of_any_document_has_its_line(document: tuple[str, dict[Path, int]]) -> None:
    text, truth = document
    assert lines(text) == truth


@given(documents())
def test_the_paths_of_any_document_are_those_that_tomllib_reads(document: tuple[str, dict[Path, int]]) -> None:
    text, _ = document
    assert set(lines(text)) == set(paths(tomllib.loads(text)))


@given(documents(), st.data())
def test_a_document_cut_short_keeps_the_lines_before_the_cut(document: tuple[str, Any], data: st.DataObject) -> None:
    text, truth = document
    cut = data.draw(st.integers(0, len(text)))
    whole_lines = text.count("\n", 0, cut)
    found = lines(text[:cut])
    assert {path for path, line in truth.items() if line <= whole_lines} <= set(found)
