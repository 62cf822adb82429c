"""A table of 1С's, line by line into the one that everybody reads: UTF-8, semicolons, our names.

Each line becomes one line, so that a number of a line means the same in both.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from backend.partners.onec.wire.kinds import Kind, Read
from backend.partners.onec.wire.values import plain

# Of a longer line only so much is kept, still too long for whoever reads it.
LONGEST_LINE = 16_384
_BOM = b"\xef\xbb\xbf"


class Table:
    """Put chunks in; `rest` when there are no more. No more than a line is in memory."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._held = b""
        self._encoding = ""
        self._columns: list[str] = []
        self._readers: list[Read] = []
        self._delimiter = ";"
        self._skipping = False

    def put(self, chunk: bytes) -> Iterator[bytes]:
        *lines, self._held = (self._held + chunk).split(b"\n")
        for line in lines:
            if not self._skipping:
                yield self._line(line)
            self._skipping = False
        if len(self._held) > LONGEST_LINE:
            if not self._skipping:
                yield self._line(self._held[:LONGEST_LINE])
            self._held, self._skipping = b"", True

    def rest(self) -> Iterator[bytes]:
        if self._held and not self._skipping:
            yield self._line(self._held)
        self._held = b""

    def _line(self, raw: bytes) -> bytes:
        text = self._text(raw.rstrip(b"\r"))
        if not self._columns:
            text = text.removeprefix("\ufeff")
            self._delimiter = next((sign for sign in ";\t" if sign in text), ",")
            self._columns = [self._kind.column(cell) for cell in self._cells(text) or [text]]
            self._readers = [self._kind.columns.get(name, plain) for name in self._columns]
            return _written(self._columns)
        if '"' not in text:
            return self._plain(text)
        cells = self._cells(text)
        if cells is None:
            # A quote that is not closed: whoever reads it next says so.
            return text.replace(self._delimiter, ";").encode() + b"\n"
        return _written(self._read(cells)) if any(map(str.strip, cells)) else b"\n"

    def _plain(self, text: str) -> bytes:
        """Without quotes there is nothing to find but the delimiter."""
        if not text.strip(" \t" + self._delimiter):
            return b"\n"
        cells = self._read(text.split(self._delimiter))
        whole = ";".join(cells)
        return _written(cells) if whole.count(";") >= len(cells) else whole.encode() + b"\n"

    def _read(self, cells: list[str]) -> list[str]:
        readers = self._readers
        return [read(cell) for read, cell in zip(readers, cells, strict=False)] + cells[
            len(readers) :
        ]

    def _text(self, raw: bytes) -> str:
        """The first line with a letter outside ASCII decides how the file is written."""
        if raw.isascii():
            return raw.decode("ascii")
        if not self._encoding:
            try:
                raw.decode("utf-8")
            except UnicodeDecodeError:
                self._encoding = "cp1251"
            else:
                self._encoding = "utf-8"
        return raw.decode(self._encoding, errors="replace")

    def _cells(self, text: str) -> list[str] | None:
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return None


def _written(cells: list[str]) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=";", lineterminator="\n").writerow(cells)
    # What looks like a cell over several lines never is one.
    return held.getvalue().rstrip("\n").replace("\n", " ").encode() + b"\n"


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table that 1С and Excel open: UTF-8 with a byte order mark, semicolons, Windows lines.
    Without names: rows that follow."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";", lineterminator="\r\n")
    if names:
        writer.writerow(names)
    writer.writerows(rows)
    return (_BOM if names else b"") + held.getvalue().encode()
