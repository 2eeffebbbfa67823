"""The saved workbook, finished: values beside the formulas, and the same bytes for the same case."""

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl import Workbook

_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive knows
_MOMENT = "1980-01-01T00:00:00Z"
_FORMULA = re.compile(r'<c r="(?P<cell>[A-Z]+[0-9]+)"(?P<style>[^>]*)>(?P<formula><f>[^<]*</f>)<v ?/?>(?:</v>)?')
_TIMES = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")


def package(workbook: Workbook, values: Mapping[str, Mapping[str, Decimal | str]]) -> bytes:
    """The workbook as a file. Raises ValueError for a formula without a value or a value without a formula."""
    saved, finished = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    sheets = {f"xl/worksheets/sheet{n}.xml": title for n, title in enumerate(workbook.sheetnames, 1)}
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(finished, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            content = read.read(name)
            if name in sheets:
                content = _filled(content.decode(), values.get(sheets[name], {}), sheets[name]).encode()
            elif name == "docProps/core.xml":
                content = _TIMES.sub(rf"\g<1>{_MOMENT}", content.decode()).encode()
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(entry, content)
    return finished.getvalue()


def _filled(text: str, values: Mapping[str, Decimal | str], title: str) -> str:
    """The sheet's XML with each value beside its formula."""
    left = dict(values)

    def put(found: re.Match[str]) -> str:
        value = left.pop(found["cell"], None)
        if value is None:
            raise ValueError(f"{title}: {found['cell']}: a formula without a value")
        kind = ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{found["cell"]}"{found["style"]}{kind}>{found["formula"]}<v>{escape(str(value))}</v>'

    filled = _FORMULA.sub(put, text)
    if left or filled.count("<f>") != len(values):
        raise ValueError(f"{title}: formulas and values do not match: {sorted(left)}")
    return filled
