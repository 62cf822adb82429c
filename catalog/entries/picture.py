"""Pictures: sizes are read from the header first, pixels are decoded only within bounds."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from struct import unpack
from typing import Annotated

from PIL import Image

from catalog.entries.values.texts import Text

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Markers that start a frame: baseline to arithmetic, without DHT, JPG and DAC among them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

Sha256 = Annotated[
    str,
    Text(
        64,
        like=re.compile("[0-9a-f]{64}"),
        form="the SHA-256 of an uploaded picture, 64 hexadecimal digits",
    ),
]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes and pixels; `longest_ratio` bounds how much longer one side may be, `wide` how much
    wider than high the picture has to be."""

    largest: int
    least: tuple[int, int]
    most: tuple[int, int]
    longest_ratio: float
    wide: float = 0.0


LOGO = Bounds(1_000_000, (128, 128), (2048, 2048), 1.05)
# Three pixels a point of Apple's 375 × 144; Google's is as long.
STRIP = Bounds(2_000_000, (1125, 360), (3375, 1350), 3.2, wide=2.5)
OFFER_PICTURE = Bounds(4_000_000, (600, 315), (4096, 4096), 2.5)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a picture is; `sha256` of its bytes, in hex."""

    media_type: str
    width: int
    height: int
    sha256: str


class PictureRefused(ValueError):
    """The bytes are no picture that can be shown: what they are and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"{what}; expected {expected}")
        self.what = what
        self.expected = expected


def decodes(content: bytes) -> bool:
    """Whether there is a whole picture in it. Pixels are decoded: only after its size is known."""
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def measure(content: bytes, bounds: Bounds, decodes: Callable[[bytes], bool] = decodes) -> Measured:
    """Raises PictureRefused."""
    if len(content) > bounds.largest:
        raise PictureRefused(f"has {len(content):,} bytes", f"at most {bounds.largest:,} bytes")
    header = _header(content)
    if header is None:
        raise PictureRefused("is neither PNG nor JPEG", "a PNG or JPEG picture")
    media_type, width, height = header
    check_size(bounds, width, height)
    if not decodes(content):
        raise PictureRefused("cannot be decoded", "a whole picture: export it again")
    return Measured(media_type, width, height, hashlib.sha256(content).hexdigest())


def _header(content: bytes) -> tuple[str, int, int] | None:
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


def check_size(bounds: Bounds, width: int, height: int) -> None:
    """Raises PictureRefused."""
    least, most = bounds.least, bounds.most
    what = f"is {width}×{height}"
    if width < least[0] or height < least[1]:
        raise PictureRefused(what, f"at least {least[0]}×{least[1]} pixels")
    if width > most[0] or height > most[1]:
        raise PictureRefused(what, f"at most {most[0]}×{most[1]} pixels")
    if max(width, height) > bounds.longest_ratio * min(width, height):
        square = bounds.longest_ratio < 1.1
        raise PictureRefused(what, "a square" if square else "a picture less long")
    if width < bounds.wide * height:
        raise PictureRefused(what, f"a picture {bounds.wide} times as wide as high, or wider")
