"""The one CSV of a registry's ZIP, unpacked where a hostile one does no harm."""

from backend.reading.reader import Reader
from backend.reading.result import FileRefused
from backend.reading.unpacked import CannotUnpack, unpacked

# Bytes of the ZIP; what is in it is bounded in backend/reading/unpacked_frames.py.
LARGEST = 32 * 1024 * 1024
_EXPECTED = "a ZIP with one CSV in it, of text, without a password, at most 40 MB of it"


class NotNow(Exception):
    """Others are being unpacked."""


class TooDemanding(Exception):
    """It took too much time or memory: the file may be to blame, or a busy machine."""


class Unfit(ValueError):
    """What the file is, and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


async def csv_of(reader: Reader, content: bytes) -> bytes:
    """Raises Unfit, NotNow and TooDemanding."""
    try:
        found = await unpacked(reader, content)
    except CannotUnpack as wrong:
        if wrong.busy:
            raise NotNow from wrong
        if isinstance(wrong.__cause__, FileRefused):
            raise TooDemanding from wrong
        raise Unfit(f"the ZIP {wrong.what}", _EXPECTED) from wrong
    # What macOS puts beside each file.
    files = {name: text for name, text in found.files.items() if not name.startswith("__MACOSX/")}
    if len(files) != 1:
        raise Unfit(f"the ZIP has {len(files)} files", _EXPECTED)
    ((name, text),) = files.items()
    if not name.lower().endswith(".csv"):
        raise Unfit("the file in the ZIP is no .csv", _EXPECTED)
    return text
