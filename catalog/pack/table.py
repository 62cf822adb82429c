"""CSV files, one row a line, read as a stream.

Comma or semicolon, with or without a BOM. A field never spans lines, so an unclosed quote costs
one line and not the rest of the file; no more than `LONGEST_LINE` bytes are in memory at a time.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from catalog.entries.values.suggest import one_of
from catalog.pack.folder import Content
from catalog.pack.problems import Problems

LONGEST_LINE = 4096
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Columns:
    """What the first line may name. Optional columns read as "" when they are not there; with
    `others` what is known by no name is passed over."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    others: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: dict[str, str]


class WrongLine(ValueError):
    """What is wrong with a line, and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


def rows(path: Content, file: str, columns: Columns, problems: Problems) -> Iterator[Row]:
    """Good rows in order; a wrong line becomes a problem of `file` and is left out."""
    delimiter, names = ",", list[str]()
    with path.open("rb") as source:
        for number, raw in _lines(source):
            try:
                text = text_of(raw.removeprefix(_BOM) if number == 1 else raw)
                if number == 1:
                    delimiter = ";" if ";" in text else ","
                    names = header_of(split_line(text, delimiter), columns)
                elif text.strip(" \t" + delimiter):
                    yield Row(number, _cells(split_line(text, delimiter), names, columns))
            except WrongLine as wrong:
                problems.add(file, number, wrong.what, wrong.expected)
                if not names:
                    return
    if not names:
        problems.add(file, 1, "is empty", "a first line with " + ",".join(columns.required))


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; of one that is too long only its beginning, still over the limit."""
    number = 0
    while raw := source.readline(LONGEST_LINE + 1):
        number += 1
        rest = raw
        while not rest.endswith(b"\n") and (rest := source.readline(LONGEST_LINE)):
            pass
        yield number, raw


def text_of(raw: bytes, longest: int = LONGEST_LINE) -> str:
    """Without the end of the line. Raises WrongLine."""
    if len(raw) > longest:
        raise WrongLine("the line is too long", f"at most {longest} bytes")
    try:
        text = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise WrongLine("is not UTF-8", "the file saved as «CSV UTF-8»") from None
    if "\0" in text or "\r" in text:
        raise WrongLine("has control characters", "plain text, one row a line")
    return text


def split_line(text: str, delimiter: str) -> list[str]:
    """The cells without the spaces around them. Raises WrongLine."""
    try:
        return [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter, strict=True))]
    except csv.Error:
        raise WrongLine("has a quote that is not closed", "quotes in pairs") from None
    except StopIteration:
        return []


def header_of(cells: list[str], columns: Columns) -> list[str]:
    """The names of the columns, small. Raises WrongLine."""
    known = (*columns.required, *columns.optional)
    names = [cell.lower() for cell in cells]
    for name in names:
        if name not in known and not columns.others:
            raise WrongLine(f"unknown column {name!r}", one_of(known, name))
    missing = [name for name in columns.required if name not in names]
    if missing:
        raise WrongLine(f"column {missing[0]!r} is missing", "columns " + ",".join(known))
    read = [name for name in names if name in known]
    if len(set(read)) < len(read):
        raise WrongLine("a column is given twice", "each column once")
    return names


def _cells(cells: list[str], names: list[str], columns: Columns) -> dict[str, str]:
    if len(cells) != len(names):
        raise WrongLine(f"has {len(cells)} columns", f"{len(names)}, as in the first line")
    row = dict.fromkeys(columns.optional, "") | dict(zip(names, cells, strict=True))
    for name in columns.required:
        if not row[name]:
            raise WrongLine(f"{name} is empty", "a value")
    return row
