"""A photo in the sizes that Telegram makes of it, as JPEG."""

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request

if TYPE_CHECKING:
    from PIL import Image

PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
_SIZES = (90, 320, 800, 1280)
_LARGEST = 2560


@dataclass(frozen=True, slots=True)
class Picture:
    """One JPEG size of a photo."""

    width: int
    height: int
    content: bytes


def draw_sizes(content: bytes) -> list[Picture]:
    """The sizes that Telegram makes; raises ApiError for what it does not take as a photo."""
    whole = _read_photo(content)
    longest = max(whole.size)
    sides = [side for side in _SIZES if side < longest] + [min(longest, _LARGEST)]
    return [_within(whole, side) for side in sides]


def _read_photo(content: bytes) -> "Image.Image":
    """Upright, in RGB. Raises ApiError."""
    from PIL import Image, ImageOps  # noqa: PLC0415  heavy, rarely needed

    try:
        with Image.open(io.BytesIO(content)) as opened:
            _check_sides(*opened.size)
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
        # Photos have no transparency: it turns white.
        whole = Image.new("RGB", upright.size, "white")
        whole.paste(upright, mask=upright)
    except (
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,  # with Pillow's UnidentifiedImageError
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
    ):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    return whole


def _check_sides(width: int, height: int) -> None:
    if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _within(whole: "Image.Image", side: int) -> Picture:
    """`side`: the longest one, in pixels."""
    from PIL import Image  # noqa: PLC0415  heavy, rarely needed

    size = whole.copy()
    size.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    size.save(out, "JPEG", quality=90)
    return Picture(size.width, size.height, out.getvalue())
