"""What a file of a job looks like, and its lines read."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from backend.jobs.cut import LONGEST_LINE
from backend.platform.keys_twice import keys_twice, may_have_keys_twice
from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import kind_of, shown
from catalog.pack.table import Columns, WrongLine, header_of, split_line, text_of
from models.job import JobForm

_BOM = b"\xef\xbb\xbf"
Cells = tuple[str, ...]


class Bad(NamedTuple):
    """A line without effect: what is wrong, and what was expected. Nothing of people in it."""

    line: int
    what: str
    expected: str


class Row(NamedTuple):
    """`cells` are in the order of the columns of the kind; "" is not given."""

    line: int
    cells: Cells


class Parsed(NamedTuple):
    """`lines` are all there were, blank ones too."""

    rows: list[Row]
    bad: list[Bad]
    lines: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`header` and `delimiter` are a CSV's."""

    form: JobForm
    columns: Columns
    header: tuple[str, ...] = ()
    delimiter: str = ","

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.columns.required, *self.columns.optional)


def first_line_of(data: bytes) -> tuple[str, bytes]:
    """The first line without a mark of byte order, and what follows it. Raises WrongLine."""
    first, _, rest = data.removeprefix(_BOM).partition(b"\n")
    return text_of(first, LONGEST_LINE), rest


def header_in(text: str, columns: Columns) -> tuple[tuple[str, ...], str]:
    """The columns, and what stands between them: semicolons or commas. Raises WrongLine."""
    delimiter = ";" if ";" in text else ","
    return tuple(header_of(split_line(text, delimiter), columns)), delimiter


def parsed(data: bytes, first_line: int, layout: Layout) -> Parsed:
    """The lines of a piece: good ones as rows, the others with what is wrong."""
    raws: Sequence[bytes | str] = _plain(data) or data.removesuffix(b"\n").split(b"\n")
    rows, bad = list[Row](), list[Bad]()
    cells_of = _reader(layout)
    for line, raw in enumerate(raws, first_line):
        try:
            cells = cells_of(raw if isinstance(raw, str) else text_of(raw, LONGEST_LINE))
        except WrongLine as wrong:
            bad.append(Bad(line, wrong.what, wrong.expected))
        else:
            if cells is not None:
                rows.append(Row(line, cells))
    return Parsed(rows, bad, len(raws))


def _plain(data: bytes) -> list[str] | None:
    """The lines, when nothing can be wrong with any of them as text: looked at in one go, because
    there are millions."""
    if not data.isascii() or b"\0" in data:
        return None
    text = data.decode("ascii").replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    return None if "\r" in text or max(map(len, lines)) > LONGEST_LINE else lines


def _reader(layout: Layout) -> Callable[[str], Cells | None]:
    return _of_objects(layout) if layout.form is JobForm.LINES else _of_table(layout)


def _of_table(layout: Layout) -> Callable[[str], Cells | None]:
    """None for a line with nothing in it."""
    header, delimiter = layout.header, layout.delimiter
    width, blank = len(header), " \t" + layout.delimiter
    places = [header.index(name) if name in header else None for name in layout.names]
    needed = layout.columns.required
    # A table of one column, as most are that have millions of lines.
    alone, rest = header == (layout.names[0],), ("",) * (len(places) - 1)

    def read(text: str) -> Cells | None:
        if '"' in text:
            found: Sequence[str] = split_line(text, delimiter)
        elif alone and text and delimiter not in text and (only := text.strip()):
            return (only, *rest)
        else:
            found = text.split(delimiter)
        if not text.strip(blank):
            return None
        if len(found) != width:
            raise WrongLine(f"has {len(found)} columns", f"{width}, as in the first line")
        cells = tuple(["" if place is None else found[place].strip() for place in places])
        for number, name in enumerate(needed):
            if not cells[number]:
                raise WrongLine(f"{name} is empty", "a value")
        return cells

    return read


def _of_objects(layout: Layout) -> Callable[[str], Cells | None]:
    names, needed = layout.names, layout.columns.required
    known = frozenset(names)

    def read(text: str) -> Cells | None:
        if not text.strip():
            return None
        try:
            value = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise WrongLine("is not JSON", "an object on each line") from None
        if not isinstance(value, dict):
            raise WrongLine(f"is {kind_of(value)}", "an object on each line")
        for name in value.keys() - known:
            raise WrongLine(f"unknown column {name[:64]!r}", one_of(names, name))
        cells = tuple([_cell(name, value.get(name)) for name in names])
        _check_keys(text, value)
        for number, name in enumerate(needed):
            if not cells[number]:
                raise WrongLine(f"{name} is empty", "a value")
        return cells

    return read


def _check_keys(text: str, value: Any) -> None:
    data = text.encode()
    for way in keys_twice(data) if may_have_keys_twice(data, value) else ():
        raise WrongLine(f"{shown(way[-1])} stands twice", "each key once")


def _cell(name: str, value: Any) -> str:
    """Text, or a number as it is written; of a long one the last digits would be lost."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip()
        if "\0" in text:
            raise WrongLine("has control characters", "plain text, one row a line")
        return text
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongLine(f"{name} is {kind_of(value)}", "text or a number")
    text = str(value)
    if "e" in text:
        raise WrongLine(f"{name} is the number {text}", "text: so long a number is not exact")
    return text


def csv_line(*cells: str) -> str:
    """Quoted where it has to be."""
    held: list[str] = []

    class _Into:
        def write(self, text: str) -> None:
            held.append(text)

    csv.writer(_Into(), lineterminator="\r\n").writerow(cells)
    return held[0]


def numbered(bad: Iterator[Bad]) -> list[list[Any]]:
    """As they are kept, in the order of the file."""
    return [list(each) for each in sorted(bad)]
