"""The Onest typeface in any size and weight, and texts made to fit a width."""

import unicodedata
from functools import lru_cache

import fontpkg_onest
from PIL import ImageFont

_FILE = fontpkg_onest.ROOT / "files" / "Onest[wght].ttf"
_DRAWN = ("L", "M", "N", "P", "Zs", "Sc", "Sm", "So")

REGULAR, MEDIUM, BOLD = 400, 500, 700
ELLIPSIS = "…"


@lru_cache(maxsize=128)
def font(size: int, weight: int = REGULAR) -> ImageFont.FreeTypeFont:
    """Onest of a size in pixels and a weight from 100 to 900."""
    face = ImageFont.truetype(str(_FILE), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([weight])
    return face
