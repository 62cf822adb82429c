"""The brand's mark on a card: its logo on a rounded tile, or its initials."""

import re
from io import BytesIO

from PIL import Image, ImageDraw

from backend.pictures.colours import Palette
from backend.pictures.fonts import BOLD, drawable, fit
from backend.pictures.shapes import rounded
from catalog.looks.colours import DARK, READABLE, WHITE, Rgb, contrast, mix

RING = 5
_FORMATS = ("PNG", "JPEG", "WEBP")
_LARGEST = 25_000_000
"""Pixels; the size is read before the picture is unpacked, so that a bomb stays folded."""


def mark(brand: str, logo: bytes | None, colours: Palette, size: int) -> Image.Image:
    """A square RGBA tile of `size` pixels with smooth corners and a ring."""
    picture = open_picture(logo) if logo else None
    face = size - 2 * RING
    inner = _from_logo(picture, face) if picture else _monogram(brand, colours, face)
    tile = Image.new("RGBA", (size, size), (*_ring(colours), 255))
    radius = size * 3 // 10
    tile.paste(inner, (RING, RING), rounded(face, face, radius - RING))
    tile.putalpha(rounded(size, size, radius))
    return tile


def open_picture(logo: bytes) -> Image.Image | None:
    """With transparency, or nothing when the bytes are none: a card is shown with initials then."""
    try:
        with Image.open(BytesIO(logo), formats=_FORMATS) as picture:
            if picture.width * picture.height > _LARGEST:
                return None
            return picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _from_logo(picture: Image.Image, size: int) -> Image.Image:
    """Fills the tile if the logo is a full square, else lies on white with air around it."""
    low, _ = picture.getchannel("A").getextrema()
    opaque = low == 255
    ratio = picture.width / picture.height
    fills = opaque and 0.9 <= ratio <= 1.1
    room = size if fills else round(size * 0.8)
    scale = room / (min if fills else max)(picture.size)
    small = picture.resize(
        (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))),
        Image.Resampling.LANCZOS,
    )
    tile = Image.new("RGB", (size, size), _backing(small))
    tile.paste(small, ((size - small.width) // 2, (size - small.height) // 2), small)
    return tile


def _backing(logo: Image.Image) -> Rgb:
    """White, unless the logo itself is nearly white and would vanish."""
    pixel = logo.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, tuple)  # four channels, weighted by alpha
    red, green, blue = pixel[:3]
    return DARK if contrast((red, green, blue), WHITE) < 1.15 else WHITE


def _monogram(brand: str, colours: Palette, size: int) -> Image.Image:
    tile = Image.new("RGB", (size, size), WHITE)
    ink = colours.start if contrast(colours.start, WHITE) >= READABLE else DARK
    text = fit(
        _initials(brand), round(size * 0.7), largest=round(size * 0.52), smallest=12, weight=BOLD
    )
    ImageDraw.Draw(tile).text((size / 2, size / 2), text.text, ink, text.font, anchor="mm")
    return tile


def _initials(brand: str) -> str:
    """First letters of two words, little words such as "у" or "and" only when there is no other."""
    words = re.findall(r"\w+", drawable(brand))
    weighty = [word for word in words if len(word) > 1] or words
    return "".join(word[0] for word in weighty[:2]).upper() or "•"


def _ring(colours: Palette) -> Rgb:
    """White, or a grey line where the card itself is nearly white."""
    pale = contrast(colours.start, WHITE) < 1.3
    return mix(colours.start, colours.ink, 0.14) if pale else WHITE
