"""A registry is written: CSV in UTF-8 with semicolons, in a ZIP, line by line."""

import csv
import zipfile
from collections.abc import Sequence
from io import BytesIO, TextIOWrapper
from types import TracebackType
from typing import IO, Any, Self

CLIENTS = (
    "card_number", "barcode", "date", "first_name", "last_name", "patronymic_name", "phone",
    "email", "sex", "birthday", "bonus_balance", "discount", "status",
)  # fmt: skip
ISSUED = ("card_number", "barcode", "date", "status")
REJECTED = ("line", "field", "what", "expected")


def csv_writer(into: IO[str]) -> Any:
    return csv.writer(into, delimiter=";", lineterminator="\r\n")


class Registry:
    """`put` lines, then take `content`. Only the packed bytes are kept in memory."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        """`name` of the CSV inside."""
        self._packed = BytesIO()
        self._zip = zipfile.ZipFile(self._packed, "w", zipfile.ZIP_DEFLATED)
        self._file = TextIOWrapper(
            self._zip.open(name, "w", force_zip64=True), encoding="utf-8", newline=""
        )
        self._writer = csv_writer(self._file)
        self._writer.writerow(columns)
        self.lines = 0

    def put(self, *cells: str) -> None:
        self._writer.writerow([one_line(cell) for cell in cells])
        self.lines += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._zip.close()

    @property
    def content(self) -> bytes:
        """Once it is closed."""
        return self._packed.getvalue()


def one_line(text: str) -> str:
    """Without what would break a line of a simple reader."""
    return text if text.isprintable() else " ".join(text.split())
