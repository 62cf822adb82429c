"""The CSV of free card numbers: checked in one pass, read again row by row, never held whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from catalog.entries.number import number_mistake, value_of
from catalog.pack.folder import Content
from catalog.pack.problems import MOST_PER_FILE, Problems
from catalog.pack.table import Columns, Row, rows
from models.barcode_format import BarcodeFormat

LARGEST = 256 * 1024 * 1024
MOST_NUMBERS = 5_000_000
_AT_ONCE = 5_000
_COLUMNS = Columns(required=("printed_number",), optional=("barcode_value",))
_TWICE = """
    SELECT line, value, first FROM (
        SELECT line, value, min(line) OVER (PARTITION BY value) AS first FROM seen
    ) WHERE line > first ORDER BY line LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """`printed_number` is what people read, `barcode_value` what the barcode carries."""

    printed_number: str
    barcode_value: str


def number_rows(path: Content) -> Iterator[NumberRow]:
    """The rows of a file that was checked before."""
    for row in rows(path, path.name, _COLUMNS, Problems()):
        yield _number(row)


def _number(row: Row) -> NumberRow:
    printed = row.cells["printed_number"]
    return NumberRow(printed, value_of(printed, row.cells["barcode_value"]))


class NumbersCheck:
    """Checks one file; `barcode_format` None leaves out what the format asks. Values seen go to a
    private temporary SQLite file, so that finding a number that stands twice among millions takes
    a few megabytes of memory."""

    def __init__(self, file: str, barcode_format: BarcodeFormat | None) -> None:
        self._file = file
        self._format = barcode_format

    def count(self, path: Content, problems: Problems) -> int:
        """How many numbers the file has; every mistake goes to `problems`."""
        with closing(sqlite3.connect("")) as seen:
            seen.execute("CREATE TABLE seen (line INTEGER, value TEXT)")
            total, waiting = 0, list[tuple[int, str]]()
            for row in rows(path, self._file, _COLUMNS, problems):
                total += 1
                if total > MOST_NUMBERS:
                    what = f"has more than {MOST_NUMBERS:,} numbers"
                    problems.add(self._file, row.line, what, "several packs or fewer numbers")
                    break
                waiting += self._values(row, problems)
                if len(waiting) >= _AT_ONCE:
                    _remember(seen, waiting)
            _remember(seen, waiting)
            self._report_twice(seen, problems)
        return total

    def _values(self, row: Row, problems: Problems) -> list[tuple[int, str]]:
        number = _number(row)
        wrong = number_mistake(number.printed_number, number.barcode_value, self._format)
        if wrong:
            problems.add(self._file, row.line, *wrong)
        return [(row.line, "p" + number.printed_number), (row.line, "b" + number.barcode_value)]

    def _report_twice(self, seen: sqlite3.Connection, problems: Problems) -> None:
        reported: set[int] = set()
        for line, value, first in seen.execute(_TWICE, (2 * MOST_PER_FILE,)):
            if line not in reported:
                reported.add(line)
                what = f"number {value[1:]!r} stands twice, first on line {first}"
                problems.add(self._file, line, what, "each number once")


def _remember(seen: sqlite3.Connection, waiting: list[tuple[int, str]]) -> None:
    seen.executemany("INSERT INTO seen VALUES (?, ?)", waiting)
    waiting.clear()
