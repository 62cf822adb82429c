"""What goes to a worker process and comes back: frames of plain values and bytes.

A frame is four bytes of length; four bytes of length of the head; the head, a JSON object; and
bytes that belong to it. One frame is a job, one or more are its answer; the last has `end`.
"""

import json
import struct
from dataclasses import dataclass
from typing import Any

LENGTH = struct.Struct(">I")
LONGEST_ANSWER = 48 * 1024 * 1024
"""Bytes of all frames of an answer: cards with their pictures."""


class BadFrame(ValueError):
    """A process that answers in this way is not to be believed."""


@dataclass(frozen=True, slots=True)
class Frame:
    head: dict[str, Any]
    blob: bytes = b""

    @property
    def last(self) -> bool:
        return self.head.get("end") is True


def packed(frame: Frame) -> bytes:
    head = json.dumps(frame.head).encode()
    length = LENGTH.size + len(head) + len(frame.blob)
    return b"".join((LENGTH.pack(length), LENGTH.pack(len(head)), head, frame.blob))


def unpacked(body: bytes) -> Frame:
    """`body` is what follows the first length. Raises BadFrame."""
    if len(body) < LENGTH.size:
        raise BadFrame
    end = LENGTH.size + LENGTH.unpack_from(body)[0]
    try:
        head = json.loads(body[LENGTH.size : end])
    except ValueError as wrong:
        raise BadFrame from wrong
    if end > len(body) or not isinstance(head, dict):
        raise BadFrame
    return Frame(head, body[end:])
