"""An offer's picture: 1200 × 675 JPEG, words on the left, one big shape on the right."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from catalog.looks.colours import WHITE, Rgb, contrast, mix
from tests.support.demo_art.art import BrandArt, PictureArt
from tests.support.demo_art.colour import darker, ink_on, lighter
from tests.support.demo_art.fonts import font
from tests.support.demo_art.inks import Inks, inks
from tests.support.demo_art.logo import draw_logo
from tests.support.demo_art.marks import MARKS
from tests.support.demo_art.pen import FINE, Frame, Pen
from tests.support.demo_art.scenes import HERO_X, HERO_Y, SCENES

WIDTH, HEIGHT = 1200, 675
_LEFT = 64
_HERO = 410
_TEXT_WIDTH = 520
# Where small shapes float around the hero: x, y, side.
_AROUND = ((1098, 118, 92), (646, 132, 64), (1118, 540, 84), (668, 566, 96), (1150, 330, 52))


def picture_jpeg(brand: BrandArt, art: PictureArt) -> bytes:
    chance = Random(f"{brand.key}/{art.key}")
    image = ground_of(art.ground)
    pen = Pen(image, Frame(WIDTH / 2, HEIGHT / 2, WIDTH))
    SCENES[art.scene](pen, art.ground, art.main, chance)
    colours = inks(mix(lighter(art.ground, 0.16), art.main, 0.12), art.main)
    set_props(image, art, colours, chance)
    Pen(image, Frame(_LEFT + 42, 98, 92)).box(0, 0, 100, 100, 26, WHITE)
    small = image.reduce(FINE)
    set_hero(small, art, colours)
    _words(small, brand, art)
    out = BytesIO()
    small.save(out, "JPEG", quality=88, optimize=True, progressive=True)
    return out.getvalue()


def ground_of(colour: Rgb) -> Image.Image:
    """A smooth gradient between four shades of the colour."""
    corners = Image.new("RGB", (2, 2))
    shades = (darker(colour, 0.10), colour, darker(colour, 0.22), lighter(colour, 0.05))
    corners.putdata(shades)
    size = (WIDTH * FINE, HEIGHT * FINE)
    return corners.resize(size, Image.Resampling.BICUBIC)


def set_props(image: Image.Image, art: PictureArt, colours: Inks, chance: Random) -> None:
    if not art.props:
        return
    for i, (x, y, side) in enumerate(_AROUND):
        name = art.props[i % len(art.props)]
        grown = side * chance.uniform(0.85, 1.15)
        place = Frame(x + chance.uniform(-14, 14), y + chance.uniform(-12, 12), grown)
        turned = Frame(place.x, place.y, place.side, chance.uniform(-24, 24))
        MARKS[name](Pen(image, turned), colours)


def set_hero(image: Image.Image, art: PictureArt, colours: Inks) -> None:
    side = round(_HERO * 1.3)
    layer = Image.new("RGBA", (side * FINE, side * FINE))
    MARKS[art.hero](Pen(layer, Frame(side / 2, side / 2, _HERO)), colours)
    # Premultiplied, or the transparent black around would darken the edges.
    layer = layer.convert("RGBa").reduce(FINE).convert("RGBA")
    left, top = HERO_X - side // 2, HERO_Y - side // 2
    shadow = layer.getchannel("A").filter(ImageFilter.GaussianBlur(16)).point(_fainter)
    dark = Image.new("RGB", layer.size, darker(art.ground, 0.7))
    image.paste(dark, (left, top + 22), shadow)
    image.paste(layer, (left, top), layer)


def _fainter(alpha: float) -> float:
    return alpha * 0.38


def _words(image: Image.Image, brand: BrandArt, art: PictureArt) -> None:
    ink = ink_on(art.ground)
    logo = draw_logo(brand).resize((84, 84), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(image)
    image.paste(logo, (_LEFT, 56), logo)
    draw.text((_LEFT + 108, 98), brand.name, ink, font(38, 700), anchor="lm")
    accent = art.main if contrast(art.main, art.ground) >= 2.6 else ink
    lines = art.headline.split("\n")
    big = font(_size(art.big, 190, 900), 900)
    size = min(_size(line, 76, 800) for line in lines)
    step = round(size * 1.12)
    high = (round(big.size * 0.98) if art.big else 0) + step * len(lines)
    y = 168 + (HEIGHT - 168 - 56 - high) // 2
    if art.big:
        draw.text((_LEFT - 6, y + big.size * 0.88), art.big, accent, big, anchor="ls")
        y += round(big.size * 0.98)
    for line in lines:
        y += step
        draw.text((_LEFT, y - size * 0.2), line, ink, font(size, 800), anchor="ls")


def _size(text: str, most: int, weight: int) -> int:
    """The largest size at which the text fits the left half."""
    wide = font(100, weight).getlength(text) or 1.0
    return min(most, int(_TEXT_WIDTH / wide * 100))
