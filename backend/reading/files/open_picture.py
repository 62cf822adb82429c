"""A JPEG, PNG or WEBP file as one grey page, upright. Size is checked before decoding."""

import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from backend.reading.result import FileRefused, Unreadable

MAX_PIXELS = 25_000_000
"""A 12-megapixel phone fits twice; a bomb does not."""
MAX_JPEG_PIXELS = 70_000_000
"""A JPEG decoder halves both sides at no cost: the originals of 48- and 64-megapixel phones."""
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
        check_pixels(picture)
        if picture.format == "JPEG":
            by = 1 if picture.width * picture.height <= MAX_PIXELS else 2
            # The decoder leaves colours out as well: a third of the memory.
            picture.draft("L", (picture.width // by, picture.height // by))
        turned = picture.getexif().get(_ORIENTATION, 1) != 1
        page = grey(picture)
    upright = ImageOps.exif_transpose(page) if turned else page
    if min(upright.size) < _SMALLEST:
        upright = ImageOps.expand(upright, _SMALLEST, 255)
    return upright


def check_pixels(picture: Image.Image) -> None:
    """Before it is decoded; raises FileRefused."""
    most = MAX_JPEG_PIXELS if picture.format == "JPEG" else MAX_PIXELS
    if picture.width * picture.height > most:
        raise FileRefused(Unreadable.TOO_MANY_PIXELS)


_ORIENTATION = 0x0112


def grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        return _eight_bits(picture)
    if picture.has_transparency_data:
        opaque = Image.new("RGBA", picture.size, "white")
        opaque.alpha_composite(picture.convert("RGBA"))
        page = opaque.convert("L")
        page.info.update(picture.info)
        return page
    if picture.mode == "CMYK":
        return picture.convert("RGB").convert("L")
    return picture.convert("L")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """From the darkest to the lightest level: of 65,536 a scanner may use a few thousand."""
    exif = picture.getexif()
    deep = picture.convert("I")
    darkest, lightest = deep.getextrema()
    assert isinstance(darkest, int | float)
    assert isinstance(lightest, int | float)
    by = 255 / max(1, lightest - darkest)
    page = deep.point(lambda level: level * by - darkest * by).convert("L")
    page.info["exif"] = exif.tobytes()
    return page
