"""A JPEG, PNG or WEBP file as one grey page, upright. Size is checked before decoding."""

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from backend.passes.reading.result import FileRefused, Unreadable

MAX_PIXELS = 25_000_000
"""A 12-megapixel phone fits twice; a bomb does not."""
_SMALLEST = 8
FORMATS = ("JPEG", "PNG", "WEBP")
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError)


def picture_page(data: bytes) -> Image.Image:
    """The first frame, turned as the camera was held, on white where it is transparent.

    Raises FileRefused.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)  # about broken EXIF, which does not matter
        try:
            return _page(data)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise FileRefused(Unreadable.TOO_MANY_PIXELS) from bomb
        except (UnidentifiedImageError, *DAMAGE) as damage:
            raise FileRefused(Unreadable.DAMAGED) from damage


def _page(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise FileRefused(Unreadable.TOO_MANY_PIXELS)
        if picture.format == "JPEG":
            picture.draft("L", picture.size)  # the decoder leaves colours out: a third of memory
        turned = picture.getexif().get(_ORIENTATION, 1) != 1
        page = grey(picture)
    upright = ImageOps.exif_transpose(page) if turned else page
    if min(upright.size) < _SMALLEST:
        upright = ImageOps.expand(upright, _SMALLEST, 255)
    return upright


_ORIENTATION = 0x0112


def grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits: 0 … 65535 would be cut off at 255
        exif = picture.getexif()
        page = picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
        page.info["exif"] = exif.tobytes()
        return page
    if picture.has_transparency_data:
        opaque = Image.new("RGBA", picture.size, "white")
        opaque.alpha_composite(picture.convert("RGBA"))
        page = opaque.convert("L")
        page.info.update(picture.info)
        return page
    if picture.mode == "CMYK":
        return picture.convert("RGB").convert("L")
    return picture.convert("L")
