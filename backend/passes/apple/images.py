"""The pictures of a pass in every size that a screen asks for, made of what the brand uploaded."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageDraw

from backend.passes.face import Barcode
from backend.pictures.colours import palette
from backend.pictures.fonts import BOLD, fit
from backend.pictures.logo import mark, open_picture
from backend.pictures.shapes import rounded
from backend.pictures.symbol import fit_symbol
from catalog.looks.colours import BLACK, WHITE, parse_colour
from catalog.symbologies.symbol_rules import SymbolRefused

SCALES = {"": 1, "@2x": 2, "@3x": 3}
# In points.
ICON, LOGO, STRIP = 29, (160, 50), (375, 144)
_ICON_DRAWN = ICON * 6
# A logo that is wider leaves no room for words beside it.
WIDE = 2.0
# A photograph that is larger is kept in fewer colours: it goes out with every update.
_LARGEST_BYTES = 160_000
_PANEL_EDGE, _PANEL_RADIUS, _NUMBER = 6, 8, 22


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the pictures of a pass are made of; `barcode` only where it stands on the strip."""

    brand: str
    primary: str
    secondary: str | None
    logo: bytes | None = field(default=None, repr=False)
    strip: bytes | None = field(default=None, repr=False)
    barcode: Barcode | None = field(default=None, repr=False)


def images_of(drawing: Drawing) -> dict[str, bytes]:
    """PNG files by their names in a pass. Raises SymbolRefused for a barcode that does not fit."""
    logo = open_picture(drawing.logo) if drawing.logo else None
    strip = open_picture(drawing.strip) if drawing.strip else None
    colours = palette(drawing.primary, drawing.secondary)
    icon = mark(drawing.brand, drawing.logo, colours, _ICON_DRAWN)
    found = {}
    for suffix, scale in SCALES.items():
        found[f"icon{suffix}.png"] = _png(_within(icon, ICON * scale, ICON * scale))
        if logo is not None:
            found[f"logo{suffix}.png"] = _png(_within(logo, LOGO[0] * scale, LOGO[1] * scale))
        if strip is not None or drawing.barcode is not None:
            found[f"strip{suffix}.png"] = _png(_strip(drawing, strip, scale))
    return found


def is_wide(logo: bytes | None) -> bool:
    """Whether no words stand beside the logo."""
    picture = open_picture(logo) if logo else None
    return picture is not None and picture.width > picture.height * WIDE


def fits_strip(barcode: Barcode) -> bool:
    """Whether it can be read off the strip of every screen."""
    try:
        for scale in SCALES.values():
            _symbol(barcode, scale)
    except SymbolRefused:
        return False
    return True


def _within(picture: Image.Image, width: int, height: int) -> Image.Image:
    scale = min(width / picture.width, height / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _strip(drawing: Drawing, picture: Image.Image | None, scale: int) -> Image.Image:
    width, height = STRIP[0] * scale, STRIP[1] * scale
    ground = Image.new("RGB", (width, height), parse_colour(drawing.primary))
    if picture is not None:
        covering = _covering(picture, width, height)
        ground.paste(covering, (0, 0), covering)
    if drawing.barcode is not None:
        _panel(ground, drawing.barcode, scale)
    return ground


def _covering(picture: Image.Image, width: int, height: int) -> Image.Image:
    """The middle of it, as much as has the room's proportions."""
    scale = max(width / picture.width, height / picture.height)
    wide, high = width / scale, height / scale
    left, top = (picture.width - wide) / 2, (picture.height - high) / 2
    box = (left, top, left + wide, top + high)
    return picture.resize((width, height), Image.Resampling.LANCZOS, box=box)


def _panel(ground: Image.Image, barcode: Barcode, scale: int) -> None:
    symbol = _symbol(barcode, scale)
    edge = _PANEL_EDGE * scale
    width, height = ground.width - 2 * edge, ground.height - 2 * edge
    ground.paste(WHITE, (edge, edge), rounded(width, height, _PANEL_RADIUS * scale))
    room = height - _NUMBER * scale
    place = ((ground.width - symbol.width) // 2, edge + (room - symbol.height) // 2 + 2 * scale)
    ground.paste(symbol, place)
    number = fit(
        barcode.number, width - 4 * edge, largest=14 * scale, smallest=8 * scale, weight=BOLD
    )
    middle = ground.width // 2, ground.height - edge - 6 * scale
    ImageDraw.Draw(ground).text(middle, number.text, BLACK, number.font, anchor="ms")


def _symbol(barcode: Barcode, scale: int) -> Image.Image:
    width = (STRIP[0] - 4 * _PANEL_EDGE) * scale
    height = (STRIP[1] - 2 * _PANEL_EDGE - _NUMBER - 4) * scale
    return fit_symbol(barcode.format, barcode.value, width, height)


def _png(picture: Image.Image) -> bytes:
    whole = _saved(picture)
    if len(whole) <= _LARGEST_BYTES:
        return whole
    few = picture.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    return min(whole, _saved(few), key=len)


def _saved(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", compress_level=9)
    return file.getvalue()
