"""A brand pack that a stranger sends as a ZIP: unpacked and looked at in the reader's process,
checked by the same rules as a folder."""

import asyncio

from backend.reading.reader import Reader
from backend.reading.unpacked import CannotUnpack, unpacked
from catalog.pack.read import read_held
from catalog.pack.shapes import Pack


class PackUnfit(Exception):
    """It is no archive of a pack: what it is and what was expected; or the reader is busy."""

    def __init__(self, what: str, expected: str, *, busy: bool) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.busy = busy


async def read_zip(reader: Reader, data: bytes) -> Pack:
    """Raises PackUnfit, and PackRefused with every mistake."""
    try:
        found = await unpacked(reader, data)
    except CannotUnpack as wrong:
        raise PackUnfit(wrong.what, wrong.expected, busy=wrong.busy) from wrong
    # Thousands of lines may be checked: not on the event loop.
    return await asyncio.to_thread(read_held, found.files, found.decodes)
