"""The number formats of a workbook: which of them show a date, and what each says."""

import re
from collections.abc import Iterator

from eduf.files.archive import Archive

_BUILT_IN = {9: "0%", 10: "0.00%", 49: "@"} | dict.fromkeys(  # those that change what a number means
    (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"
)
_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def formats(archive: Archive, part: str) -> tuple[str, ...]:
    """The number format of every style of the book, by the number that cells name it with."""
    codes, styles = dict(_BUILT_IN), list[str]()
    for name, attributes in _inside(archive, part):
        number = attributes.get("numFmtId", "0")
        if name == "numFmt" and number.isdigit():
            codes[int(number)] = attributes.get("formatCode", "")
        elif name == "xf":
            styles.append(codes.get(int(number), "General") if number.isdigit() else "General")
    return tuple(styles)


def _inside(archive: Archive, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The number formats, and the styles of cells, not those of named styles."""
    inside = False
    for each in archive.elements(part):
        if each.name == "cellXfs":
            inside = each.text is None
        elif each.text is None and (each.name == "numFmt" or (each.name == "xf" and inside)):
            yield each.name, dict(each.attributes)


def is_percent(form: str) -> bool:
    """Whether a number in that format is shown a hundred times as large; a quoted sign shows it as it is."""
    return "%" in _NO_DATE.sub("", form.split(";")[0])


def is_date(form: str) -> bool:
    """Whether a number in that format is shown as a day or a time."""
    bare = _NO_DATE.sub("", form.split(";")[0])
    return bare.casefold() != "general" and re.search("[dmhys]", bare, re.IGNORECASE) is not None
