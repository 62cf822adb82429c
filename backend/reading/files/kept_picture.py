"""A picture that is to be kept with a card: drawn anew, small, without what a camera adds."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from backend.reading.files.open_picture import DAMAGE, FORMATS, check_pixels, grey
from backend.reading.result import LARGEST_PICTURE, FileRefused, Unreadable

LONGEST = 1280
_SMALLER = (1280, 960, 640, 400)
_QUALITY = (85, 70, 50)


def kept_picture(data: bytes, *, see_through: bool = False) -> bytes:
    """A JPEG, upright; a PNG where `see_through` is asked for and the picture is. At most
    `LARGEST_PICTURE` bytes. Raises FileRefused."""
    if not data:
        raise FileRefused(Unreadable.EMPTY)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.simplefilter("ignore", UserWarning)
        try:
            return _drawn_anew(data, see_through=see_through)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise FileRefused(Unreadable.TOO_MANY_PIXELS) from bomb
        except UnidentifiedImageError as unknown:
            raise FileRefused(Unreadable.NOT_A_PICTURE) from unknown
        except DAMAGE as damage:
            raise FileRefused(Unreadable.DAMAGED) from damage


def _drawn_anew(data: bytes, *, see_through: bool) -> bytes:
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        check_pixels(picture)
        if picture.format == "JPEG":
            picture.draft("RGB", (LONGEST, LONGEST))
        clear = picture.has_transparency_data
        page = ImageOps.exif_transpose(_in_colour(picture, clear=clear))
    page.info.clear()  # place and time of a photograph, comments, colour profiles
    if clear and see_through and (made := _png(page)) is not None:
        return made
    return _jpeg(_on_white(page) if clear else page)


def _in_colour(picture: Image.Image, *, clear: bool) -> Image.Image:
    if picture.mode.startswith("I"):
        return grey(picture).convert("RGB")
    return picture.convert("RGBA" if clear else "RGB")


def _on_white(page: Image.Image) -> Image.Image:
    opaque = Image.new("RGBA", page.size, "white")
    opaque.alpha_composite(page)
    return opaque.convert("RGB")


def _png(page: Image.Image) -> bytes | None:
    """None when it would be too large."""
    small = page.copy()
    small.thumbnail((LONGEST // 2, LONGEST // 2))
    file = BytesIO()
    small.save(file, "PNG", optimize=False)
    return file.getvalue() if file.tell() <= LARGEST_PICTURE else None


def _jpeg(page: Image.Image) -> bytes:
    for longest in _SMALLER:
        page.thumbnail((longest, longest))
        for quality in _QUALITY:
            file = BytesIO()
            page.save(file, "JPEG", quality=quality)
            if file.tell() <= LARGEST_PICTURE:
                return file.getvalue()
    raise FileRefused(Unreadable.TOO_MANY_PIXELS)
