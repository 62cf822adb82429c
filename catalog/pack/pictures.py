"""PNG and JPEG: sizes are read from the header first, pixels are decoded only within bounds."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from struct import unpack

from PIL import Image

from catalog.pack.folder import Folder
from catalog.pack.problems import Problems
from catalog.pack.shapes import Picture

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Markers that start a frame: baseline to arithmetic, without DHT, JPG and DAC among them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes and pixels; `square` bounds how much longer one side may be."""

    largest: int
    least: tuple[int, int]
    most: tuple[int, int]
    longest_ratio: float


LOGO = Bounds(1_000_000, (128, 128), (2048, 2048), 1.05)
OFFER_PICTURE = Bounds(4_000_000, (600, 315), (4096, 4096), 2.5)


def read_picture(
    folder: Folder, name: str, bounds: Bounds, problems: Problems, expected: str
) -> Picture | None:
    """A picture of the pack, or None after a problem."""
    path = folder.find(name, largest=bounds.largest, expected=expected)
    if path is None:
        return None
    content = path.read_bytes()
    measured = _measure(content)
    if measured is None:
        problems.add(name, None, "is neither PNG nor JPEG", "a PNG or JPEG picture")
        return None
    media_type, width, height = measured
    wrong = _out_of(bounds, width, height) or _broken(content)
    if wrong:
        problems.add(name, None, *wrong)
        return None
    return Picture(name, path, media_type, width, height, hashlib.sha256(content).hexdigest())


def _measure(content: bytes) -> tuple[str, int, int] | None:
    """Media type, width and height as the header says, None when it is no such picture."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and len(content) > 24:
        return "image/png", *unpack(">II", content[16:24])
    if content.startswith(_JPEG):
        size = _jpeg_size(content)
        return ("image/jpeg", *size) if size else None
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            height, width = unpack(">HH", content[at + 5 : at + 9])
            return width, height
        # Fill bytes and markers without a length are one and two bytes.
        if marker == 0xFF:
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            at += 2 + unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _out_of(bounds: Bounds, width: int, height: int) -> tuple[str, str] | None:
    least, most = bounds.least, bounds.most
    what = f"is {width}×{height}"
    if width < least[0] or height < least[1]:
        return what, f"at least {least[0]}×{least[1]} pixels"
    if width > most[0] or height > most[1]:
        return what, f"at most {most[0]}×{most[1]} pixels"
    if max(width, height) > bounds.longest_ratio * min(width, height):
        shape = "a square" if bounds.longest_ratio < 1.1 else "a picture less long"
        return what, shape
    return None


def _broken(content: bytes) -> tuple[str, str] | None:
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return "cannot be decoded", "a whole picture: export it again"
    return None
