"""Several brands on one picture, each by its logo and its name: which of them is it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from backend.pictures.colours import palette
from backend.pictures.fonts import MEDIUM, fit
from backend.pictures.logo import mark

IN_A_ROW = 3
TILE = 220
CELL = 300
NAME_ROOM = 64
BACKGROUND = (243, 245, 249)
INK = (28, 32, 44)
QUALITY = 88


@dataclass(frozen=True, slots=True)
class BrandMark:
    """Colours are #rrggbb; `logo` is a PNG, JPEG or WebP file."""

    name: str
    primary: str
    secondary: str | None
    logo: bytes | None


def draw_logo_row(brands: Sequence[BrandMark]) -> bytes:
    """JPEG, up to three in a row, in the order given. Pure and thread-safe."""
    columns = min(len(brands), IN_A_ROW)
    rows = -(-len(brands) // IN_A_ROW)
    size = (columns * CELL, rows * (CELL + NAME_ROOM // 2))
    image = Image.new("RGB", size, BACKGROUND)
    for place, brand in enumerate(brands):
        left = place % IN_A_ROW * CELL
        top = place // IN_A_ROW * (CELL + NAME_ROOM // 2)
        _draw(image, brand, left, top)
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _draw(image: Image.Image, brand: BrandMark, left: int, top: int) -> None:
    tile = mark(brand.name, brand.logo, palette(brand.primary, brand.secondary), TILE)
    air = (CELL - TILE) // 2
    image.paste(tile, (left + air, top + air), tile)
    name = fit(brand.name, CELL - 24, largest=30, smallest=18, weight=MEDIUM)
    at = (left + (CELL - name.width) / 2, top + air + TILE + 14)
    ImageDraw.Draw(image).text(at, name.text, INK, font=name.font)
