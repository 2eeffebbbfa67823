"""The process that reads a large sheet and writes its rows as CSV; it takes a file, a sheet and bytes of memory."""

import csv
import json
import sys
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

_LONGEST = 32_767  # characters of a cell, in any spreadsheet program
_DIGITS = ".15g"  # that a spreadsheet keeps of a number


def main(path: str, sheet: str, memory: str) -> int:
    """Write the rows; on failure the code of a problem and its values, as JSON on standard error."""
    _limit(int(memory))
    try:
        book = CalamineWorkbook.from_path(path)
        found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([_text(cell) for cell in row] for row in found.iter_rows())
        sys.stdout.flush()
    except WorksheetNotFound:
        return _failed("book_sheet_unknown", found=sheet, known="、".join(book.sheet_names))
    except (CalamineError, OSError, ValueError) as error:
        return _failed("book_damaged", reason=str(error))
    except MemoryError:
        return _failed("book_too_wide")
    return 0


def _limit(memory: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _text(cell: object) -> str:
    text = _plain(cell)
    if len(text) > _LONGEST:
        raise ValueError(f"{len(text):,} > {_LONGEST:,}")
    return text


def _plain(cell: object) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return format(cell, _DIGITS)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case timedelta() | time() | int() | str():
            return str(cell)
    return ""


def _failed(code: str, **values: str) -> int:
    json.dump({"code": code, **values}, sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
