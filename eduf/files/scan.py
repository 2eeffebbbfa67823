"""The line of every key, table and value of a TOML document, which tomllib does not tell."""

import re

Path = tuple[str | int, ...]

DEEPEST = 100  # a path repeats all that is above it, so without a bound a hostile text would fill the memory

# No two parts of a pattern compete for the same text, so that a failed match gives up in linear time.
QUOTED = r'"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"' + r"|'(?!'')[^'\n]*'"
LONG_BASIC = r'"""[^"\\]*(?:(?:\\(?s:.)|"{1,2}(?!"))[^"\\]*)*"{3,5}'
LONG_LITERAL = r"'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"
BARE = r"[^\s,#=\[\]{}\"']+(?: \d\d:[^\s,#\]}]+)?"  # the space is the one between a date and a time
PLAIN = re.compile("|".join((QUOTED, LONG_BASIC, LONG_LITERAL, BARE)))

NAME = re.compile(f"[A-Za-z0-9_-]+|{QUOTED}")
NAMES = rf"((?:{NAME.pattern})(?:[ \t]*\.[ \t]*(?:{NAME.pattern})){{0,{DEEPEST - 1}}})[ \t]*"
HEADER = re.compile(rf"\[\[?[ \t]*{NAMES}\]\]?")
KEY = re.compile(rf"{NAMES}=[ \t]*")

BLANK = re.compile(r"[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*)*")
SEPARATOR = re.compile(f"{BLANK.pattern},?{BLANK.pattern}")

ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U00[0-9A-Fa-f]{6}|.)")
MEANINGS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def lines(text: str) -> dict[Path, int]:
    """Map the path of everything in a valid TOML document to the line, from 1, where it stands.

    A path is what one indexes the result of tomllib.loads with, as ("year", 0, "spent"). A table stands at its
    header or, when it has none, where a longer name first mentions it; an array of tables at its first header.
    Of a text that is not TOML, or is nested deeper than DEEPEST, only what comes before that point is found.
    """
    scanner = _Scanner(text)
    try:
        scanner.document()
    except ValueError:
        return scanner.found
    return scanner.found


class _Scanner:
    """A place in the text and what was found before it; raises ValueError where it cannot follow the text."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1
        self.found: dict[Path, int] = {}
        self.last: dict[Path, int] = {}  # the index of the last element of each array of tables

    def document(self) -> None:
        table: Path = ()
        while self.take(BLANK) and self.at < len(self.text):
            if self.sees("["):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        header = self.take(HEADER)
        path = self.path((), header[1])
        if header[0].startswith("[["):
            self.found.setdefault(path, self.line)
            self.last[path] = self.last.get(path, -1) + 1
            path = (*path, self.last[path])
        self.found[path] = self.line  # even if a longer name mentioned it before
        return path

    def pair(self, table: Path) -> None:
        self.value(self.path(table, self.take(KEY)[1]))

    def path(self, table: Path, names: str) -> Path:
        """The path of a dotted name in the table; in an array of tables it goes through the last element."""
        *above, name = NAME.findall(names)
        for step in above:
            table = (*table, _unquoted(step))
            self.found.setdefault(table, self.line)
            if table in self.last:
                table = (*table, self.last[table])
        return (*table, _unquoted(name))

    def value(self, path: Path) -> None:
        if len(path) > DEEPEST:
            raise ValueError
        self.found[path] = self.line
        if self.sees("["):
            self.items(path, "]")
        elif self.sees("{"):
            self.items(path, "}")
        else:
            self.take(PLAIN)

    def items(self, path: Path, end: str) -> None:
        self.at += 1
        index = 0
        while self.take(SEPARATOR) and not self.sees(end):
            if end == "]":
                self.value((*path, index))
            else:
                self.pair(path)
            index += 1
        self.at += 1

    def sees(self, mark: str) -> bool:
        return self.text.startswith(mark, self.at)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError
        self.line += self.text.count("\n", self.at, match.end())
        self.at = match.end()
        return match


def _unquoted(name: str) -> str:
    return ESCAPE.sub(_meaning, name[1:-1]) if name.startswith('"') else name.strip("'")


def _meaning(escape: re.Match[str]) -> str:
    code = escape[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else MEANINGS.get(code, code)
