"""What a worker process does with one file. It runs there and nowhere else."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from backend.reading.files.read_file import read_file
from backend.reading.frames import LONGEST_ANSWER, Frame
from backend.reading.reading_frames import reading_frame
from backend.reading.result import FileRefused, Unreadable

MOST_PICTURE_BYTES = 20 * 1024 * 1024
"""Of all pictures of one file, drawn anew: what may be sent comes back as much."""
PICTURE_SECONDS = 7.0
"""Of CPU, since the job began; what is not drawn by then is left out and told."""
MOST_PROBLEMS = 1_000


def answer(job: Frame) -> Iterator[Frame]:
    """The last frame has `end`. What was wrong with the file is in `refused`, not raised."""
    kind = job.head["job"]
    if kind == "barcodes":
        yield reading_frame(read_file(job.blob, budget_seconds=job.head["budget"]))
    elif kind == "picture":
        yield _picture(job)
    elif kind == "measure":
        # What brands enter brings pydantic along.
        from backend.reading.measured_frame import measured_frame  # noqa: PLC0415

        yield measured_frame(job)
    elif kind == "unpack":
        from backend.reading.unpacked_frames import unpacked_frames  # noqa: PLC0415

        yield from unpacked_frames(job)
    elif kind == "cards":
        yield from _cards(job)
    else:
        raise ValueError(kind)


def _picture(job: Frame) -> Frame:
    from backend.reading.files.kept_picture import kept_picture  # noqa: PLC0415

    try:
        made = kept_picture(job.blob)
    except FileRefused as refused:
        return Frame({"end": True, "refused": refused.code.value})
    return Frame({"end": True}, made)


def _cards(job: Frame) -> Iterator[Frame]:
    # Formats of other wallets bring pydantic along, which a reader of photos does not need.
    from backend.exchange import shapes  # noqa: PLC0415
    from backend.exchange.read import read_export  # noqa: PLC0415
    from backend.reading.card_frames import card_frame, imported_frame  # noqa: PLC0415

    began = time.thread_time()
    try:
        found = read_export(job.blob, job.head.get("password"), job.head["language"])
    except shapes.FileRefused as refused:
        yield _refused(refused.code, str(refused))
        return
    left = LONGEST_ANSWER // 2
    pictures = _Pictures(found, began + PICTURE_SECONDS)
    for card in found.cards:
        frame = card_frame(pictures.of(card))
        left -= len(str(frame.head))
        if left < 0:
            yield _refused("too_large", "the cards hold more text than fits a wallet")
            return
        yield frame
    del found.problems[MOST_PROBLEMS:], found.notes[MOST_PROBLEMS:]
    yield imported_frame(found)


def _refused(code: str, what: str) -> Frame:
    return Frame({"end": True, "refused": {"code": code, "what": what[:200]}})


class _Pictures:
    """Draws the pictures of a file's cards anew, within what one file may take."""

    def __init__(self, found: Any, until: float) -> None:
        self._found = found
        self._bytes = MOST_PICTURE_BYTES
        self._until = until

    def of(self, card: Any) -> Any:
        """The card with its pictures as they are kept."""
        sides = {"front": card.front, "back": card.back, "icon": card.icon}
        made = {
            side: self._one(card, side, picture) if picture else None
            for side, picture in sides.items()
        }
        return replace(card, **made)

    def _one(self, card: Any, side: str, picture: bytes) -> bytes | None:
        from backend.exchange.shapes import RowProblem, Why  # noqa: PLC0415
        from backend.reading.files.kept_picture import kept_picture  # noqa: PLC0415

        try:
            if self._bytes <= 0 or time.thread_time() > self._until:
                raise FileRefused(Unreadable.TOO_DEMANDING)
            made = kept_picture(picture, see_through=side == "icon")
        except FileRefused:
            self._found.notes.append(RowProblem(0, Why.UNREADABLE, side, "", card.name))
            return None
        self._bytes -= len(made)
        return made
