"""Everything on a card that its brand decides, painted once and kept while memory allows."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from hashlib import blake2b
from threading import Lock

from PIL import Image, ImageDraw

from backend.pictures.colours import Palette, palette
from backend.pictures.fonts import BOLD, fit_lines
from backend.pictures.layout import HEIGHT, LOGO, MARGIN, PANEL_RADIUS, WIDTH, Layout
from backend.pictures.logo import mark, open_picture
from backend.pictures.shapes import disc, faded, rounded, shadow
from backend.pictures.strip import lay_strip
from catalog.looks.colours import BLACK, WHITE, mix

_SIZE = (WIDTH, HEIGHT)
HOLDER_LINE = 54
"""From the last baseline of the brand name to that of the holder."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a brand decides of a card. Colours are #rrggbb; `ink` None: the one that can be read.
    `logo` and `strip` are PNG, JPEG or WebP files."""

    brand: str
    primary: str
    secondary: str | None = None
    logo: bytes | None = None
    ink: str | None = None
    strip: bytes | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """A painted background. `image` is shared by all cards of the brand: copy before drawing.
    `pictured`: there is a strip behind the words."""

    image: Image.Image
    colours: Palette
    holder_baseline: int
    pictured: bool = False


class Backgrounds:
    """The most recently used backgrounds, bounded by the bytes of their pixels; thread-safe."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes // (WIDTH * HEIGHT * 4)  # Pillow keeps four bytes per RGB pixel
        self._kept: OrderedDict[tuple[object, ...], Background] = OrderedDict()
        self._lock = Lock()

    def get(self, ground: Ground, layout: Layout) -> Background:
        """The background, painted now unless it is kept. Raises ValueError for a bad colour."""
        pictures = (_digest(ground.logo), _digest(ground.strip))
        key = (replace(ground, logo=None, strip=None), *pictures, layout)
        with self._lock:
            if known := self._kept.get(key):
                self._kept.move_to_end(key)
                return known
        painted = paint(ground, layout)
        with self._lock:
            self._kept[key] = painted
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return painted

    def __len__(self) -> int:
        return len(self._kept)


def paint(ground: Ground, layout: Layout) -> Background:
    """Gradient, strip or ornament, brand mark and name, and the white panel. Raises ValueError for
    a bad colour."""
    colours = palette(ground.primary, ground.secondary, ground.ink)
    image = _gradient(colours)
    strip = open_picture(ground.strip) if ground.strip else None
    if strip is None:
        _ornament(image, colours)
    else:
        lay_strip(image, strip, colours, layout)
    _panel(image, colours, layout)
    tile = mark(ground.brand, ground.logo, colours, LOGO)
    image.paste(tile, (MARGIN, 36), tile)
    baseline = _name(image, ground.brand, colours, layout)
    return Background(image, colours, baseline, pictured=strip is not None)


def _digest(picture: bytes | None) -> bytes | None:
    return blake2b(picture, digest_size=16).digest() if picture else None


def _gradient(colours: Palette) -> Image.Image:
    down = Image.linear_gradient("L")
    across = down.transpose(Image.Transpose.ROTATE_90)
    slant = Image.blend(across, down, 0.4).resize(_SIZE, Image.Resampling.BICUBIC)
    return Image.composite(
        Image.new("RGB", _SIZE, colours.end), Image.new("RGB", _SIZE, colours.start), slant
    )


def _ornament(image: Image.Image, colours: Palette) -> None:
    """Large soft rings. They move away from the ink, so reading only gets easier."""
    tone = BLACK if colours.ink == WHITE else WHITE
    for centre, radius, strength in (((930, 40), 420, 0.09), ((1010, -30), 250, 0.10)):
        image.paste(tone, (0, 0), faded(disc(_SIZE, centre, radius), strength))
    image.paste(tone, (0, 0), faded(disc(_SIZE, (120, 760), 330), 0.07))


def _panel(image: Image.Image, colours: Palette, layout: Layout) -> None:
    left, top, right, bottom = layout.panel
    width, height = right - left, bottom - top
    blur = 14
    soft = shadow(width, height, PANEL_RADIUS, blur)
    image.paste(
        mix(colours.end, BLACK, 0.75), (left - blur * 2, top - blur * 2 + 8), faded(soft, 0.22)
    )
    image.paste(WHITE, (left, top), rounded(width, height, PANEL_RADIUS))


def _name(image: Image.Image, brand: str, colours: Palette, layout: Layout) -> int:
    """Writes the name on one or two lines; returns the baseline of the words below it."""
    rows = fit_lines(brand, layout.words_width, lines=2, largest=60, smallest=38, weight=BOLD)
    step = 68 if len(rows) == 1 else rows[0].font.size * 1.14
    left, top = layout.words
    if not layout.words_hang:
        top -= round(step * len(rows) + HOLDER_LINE) // 2
    baseline = top + round(step * 0.8)
    draw = ImageDraw.Draw(image)
    for place, row in enumerate(rows):
        draw.text(
            (left, baseline + round(place * step)), row.text, colours.ink, row.font, anchor="ls"
        )
    return baseline + round((len(rows) - 1) * step) + HOLDER_LINE
