"""In the reader's process: a ZIP of a brand pack, file by file."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from backend.reading.frames import Frame
from catalog.entries.picture import OFFER_PICTURE, Bounds, PictureRefused, measure

MOST_FILES = 5_000
LARGEST_TOTAL = 40 * 1024 * 1024
# Text of a pack packs well; what packs better than this is no text that people have written.
MOST_RATIO = 200
_SMALL = 64 * 1024
_LONGEST_NAME = 300
_PIECE = 64 * 1024
_PICTURES = (".png", ".jpg", ".jpeg")
_ANY = Bounds(OFFER_PICTURE.largest, (1, 1), OFFER_PICTURE.most, 10_000.0)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
    NotImplementedError, IndexError,
)  # fmt: skip


class Unfit(Exception):
    """The archive is no pack: what it is, what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


def unpacked_frames(job: Frame) -> Iterator[Frame]:
    """A frame for each file, then the end: `what` and `expected` when it is no such archive."""
    try:
        yield from _files(job.blob)
    except Unfit as wrong:
        yield Frame({"end": True, "what": wrong.what, "expected": wrong.expected})
        return
    except _DAMAGE:
        expected = "a ZIP of a brand pack, without a password"
        yield Frame({"end": True, "what": "is damaged", "expected": expected})
        return
    yield Frame({"end": True})


def _files(data: bytes) -> Iterator[Frame]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [info for info in archive.infolist() if not info.is_dir()]
        _check(entries)
        left = LARGEST_TOTAL
        for info in entries:
            content = _content(archive, info, left)
            left -= len(content)
            decodes = info.filename.lower().endswith(_PICTURES) and _decodes(content)
            yield Frame({"file": info.filename, "decodes": decodes}, content)


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """What it declares; what it holds is counted while it is unpacked. Raises Unfit."""
    if len(entries) > MOST_FILES:
        raise Unfit(f"has {len(entries)} files", f"at most {MOST_FILES}")
    total = sum(info.file_size for info in entries)
    if total > LARGEST_TOTAL:
        raise Unfit(f"unpacks to {total:,} bytes", f"at most {LARGEST_TOTAL:,}")
    for info in entries:
        _check_name(info.filename)
        if info.flag_bits & 0x1:
            raise Unfit("has a password", "a ZIP without one")
        if info.external_attr >> 28 == 0xA:
            raise Unfit(f"has the link {info.filename[:80]!r}", "the file itself")
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise Unfit(f"{info.filename[:80]!r} is packed too well", f"at most {MOST_RATIO} to 1")
    names = [info.filename for info in entries]
    if len(set(names)) < len(names):
        raise Unfit("has a file twice", "each once")


def _check_name(name: str) -> None:
    """Relative and downward, in every system's spelling. Raises Unfit."""
    path = PurePosixPath(name)
    odd = len(name) > _LONGEST_NAME or not name.isprintable() or "\\" in name or ":" in name
    if odd or path.is_absolute() or ".." in path.parts or str(path) != name:
        raise Unfit(f"has a file called {name[:80]!r}", "names of files inside the pack")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Never more than is declared, and than is left: an archive can lie. Raises Unfit."""
    most, found = min(info.file_size, left), bytearray()
    with archive.open(info) as file:
        while piece := file.read(_PIECE):
            found += piece
            if len(found) > most:
                raise Unfit(f"{info.filename[:80]!r} is larger than it says", "a whole archive")
    return bytes(found)


def _decodes(content: bytes) -> bool:
    try:
        measure(content, _ANY)
    except PictureRefused:
        return False
    return True
