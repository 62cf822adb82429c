"""The files of a brand pack that came as a ZIP, unpacked in the reader's process."""

import hashlib
from dataclasses import dataclass, field

from backend.reading.frames import BadFrame, Frame
from backend.reading.reader import Reader
from backend.reading.result import FileRefused, Unreadable


class CannotUnpack(Exception):
    """What the archive is and what was expected; or the reader is busy."""

    def __init__(self, what: str = "", expected: str = "", *, busy: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.busy = busy


@dataclass(slots=True)
class Unpacked:
    """Files by their names, and which of their pictures can be decoded, by SHA-256."""

    files: dict[str, bytes] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)

    def decodes(self, content: bytes) -> bool:
        return hashlib.sha256(content).hexdigest() in self.pictures

    def hear(self, frame: Frame) -> None:
        """Raises BadFrame, and CannotUnpack."""
        if frame.last:
            if "what" in frame.head:
                raise CannotUnpack(str(frame.head["what"]), str(frame.head["expected"]))
            return
        name = frame.head.get("file")
        if not isinstance(name, str):
            raise BadFrame
        self.files[name] = frame.blob
        if frame.head.get("decodes") is True:
            self.pictures.add(hashlib.sha256(frame.blob).hexdigest())


async def unpacked(reader: Reader, data: bytes) -> Unpacked:
    """Raises CannotUnpack."""
    found = Unpacked()
    try:
        await reader.frames(Frame({"job": "unpack"}, data), found.hear)
    except FileRefused as refused:
        if refused.code is Unreadable.BUSY:
            raise CannotUnpack(busy=True) from refused
        raise CannotUnpack("cannot be unpacked", "a ZIP of a brand pack") from refused
    return found
