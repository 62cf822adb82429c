"""Onest, the one typeface of the pictures."""

from functools import lru_cache

import fontpkg_onest
from PIL import ImageFont

_FILE = fontpkg_onest.ROOT / "files" / "Onest[wght].ttf"


@lru_cache(maxsize=64)
def font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """`size` in pixels, `weight` from 100 to 900."""
    found = ImageFont.truetype(str(_FILE), size)
    found.set_variation_by_axes([weight])
    return found
