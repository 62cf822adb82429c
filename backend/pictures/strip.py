"""A brand's strip as the ground of a card's picture: seen where nothing is written, and as much of
it as can be read over where something is."""

from PIL import Image, ImageOps

from backend.pictures.colours import Palette
from backend.pictures.layout import WIDTH, Layout
from backend.pictures.shapes import faded
from catalog.looks.colours import READABLE, Rgb, contrast

_HIGH = round(WIDTH / 2.6)
"""As Apple's phones cut it."""
_BELOW_WORDS = 24
# Blocks that are looked at one by one: the strokes of letters are about as wide.
_BLOCK = 8


def lay_strip(image: Image.Image, strip: Image.Image, colours: Palette, layout: Layout) -> None:
    """Across the top, going over into the ground below it."""
    ground = image.crop((0, 0, WIDTH, _HIGH))
    # What can be seen through stands on the ground.
    fitted = ImageOps.fit(strip, (WIDTH, _HIGH), Image.Resampling.LANCZOS)
    laid = ground.copy()
    laid.paste(fitted, (0, 0), fitted)
    veil = (
        _beside(laid, ground, colours, layout)
        if layout.words_hang
        else _behind(laid, ground, colours, layout)
    )
    image.paste(Image.composite(ground, laid, veil), (0, 0))


def _beside(
    _laid: Image.Image, _ground: Image.Image, _colours: Palette, layout: Layout
) -> Image.Image:
    """Words that hang below the mark stand on the ground alone."""
    top = layout.words[1]
    down = Image.linear_gradient("L").resize((WIDTH, top - _BELOW_WORDS))
    veil = Image.new("L", (WIDTH, _HIGH), 255)
    veil.paste(down.point(_late), (0, 0))
    return veil


def _behind(
    laid: Image.Image, ground: Image.Image, colours: Palette, layout: Layout
) -> Image.Image:
    """Words beside the mark stand on the strip, veiled as far as reading needs."""
    right = layout.words[0] + layout.words_width
    across = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_270)
    veil = Image.new("L", (WIDTH, _HIGH), 255)
    veil.paste(across.resize((WIDTH - right, _HIGH)), (right, 0))
    box = (0, 0, right, layout.panel[1])
    share = _needed(laid.crop(box), ground.crop(box), colours)
    veil = faded(veil, share)
    down = Image.linear_gradient("L").resize((WIDTH, _HIGH)).point(_late)
    return Image.composite(Image.new("L", veil.size, 255), veil, down)


def _needed(laid: Image.Image, ground: Image.Image, colours: Palette) -> float:
    """The least share of the ground with which every block can be read over."""
    size = (laid.width // _BLOCK, laid.height // _BLOCK)
    over, under = (each.resize(size, Image.Resampling.BOX) for each in (laid, ground))
    for step in range(6, 20):
        mixed = Image.blend(over, under, step / 20)
        if _read_over(mixed, colours.ink):
            return step / 20
    return 1.0


def _read_over(image: Image.Image, ink: Rgb) -> bool:
    for _, colour in image.getcolors(image.width * image.height) or ():
        assert isinstance(colour, tuple)  # three channels
        red, green, blue = colour
        if contrast((red, green, blue), ink) < READABLE:
            return False
    return True


def _late(value: float) -> float:
    """Of a gradient: little at first, all of it at the end."""
    return 255 * (value / 255) ** 3
