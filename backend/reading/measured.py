"""What a picture of a brand is, found out in the reader's process."""

from typing import Any

from backend.reading.frames import Frame
from backend.reading.reader import Reader
from backend.reading.result import FileRefused, Unreadable
from catalog.entries.picture import Bounds, Measured


class CannotMeasure(Exception):
    """The picture does not fit: what it is and what was expected; or the reader is busy."""

    def __init__(self, what: str = "", expected: str = "", *, busy: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.busy = busy


async def measured(reader: Reader, data: bytes, bounds: Bounds) -> Measured:
    """Raises CannotMeasure."""
    told = [bounds.largest, list(bounds.least), list(bounds.most), bounds.longest_ratio]
    try:
        return _read(await reader.job(Frame({"job": "measure", "bounds": told}, data)))
    except FileRefused as refused:
        raise _gone(refused) from refused


def _read(frame: Frame) -> Measured:
    """What was answered. Raises CannotMeasure."""
    told: list[Any] | None = frame.head.get("measured")
    if told is None:
        raise CannotMeasure(frame.head["what"], frame.head["expected"])
    return Measured(*told)


def _gone(refused: FileRefused) -> CannotMeasure:
    """Of a picture that the process could not bear, or had no time for."""
    if refused.code is Unreadable.BUSY:
        return CannotMeasure(busy=True)
    return CannotMeasure("cannot be decoded", "a whole picture: export it again")
