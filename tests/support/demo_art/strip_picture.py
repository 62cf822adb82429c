"""A card's strip: 1125 × 432 JPEG, the shapes on the right, room for words on the left."""

from io import BytesIO
from random import Random

from PIL import Image

from catalog.looks.colours import mix
from tests.support.demo_art.art import BrandArt, PictureArt
from tests.support.demo_art.colour import lighter
from tests.support.demo_art.inks import inks
from tests.support.demo_art.offer_picture import ground_of, set_hero, set_props
from tests.support.demo_art.pen import FINE, Frame, Pen
from tests.support.demo_art.scenes import HERO_Y, SCENES

WIDTH, HEIGHT = 1125, 432
_HIGH = 461
"""Of an offer's picture, of which it is the part around the hero."""


def strip_jpeg(brand: BrandArt, art: PictureArt) -> bytes:
    chance = Random(f"{brand.key}/strip/{art.key}")
    image = ground_of(art.ground)
    pen = Pen(image, Frame(image.width / FINE / 2, image.height / FINE / 2, image.width / FINE))
    SCENES[art.scene](pen, art.ground, art.main, chance)
    colours = inks(mix(lighter(art.ground, 0.16), art.main, 0.12), art.main)
    set_props(image, art, colours, chance)
    small = image.reduce(FINE)
    set_hero(small, art, colours)
    top = HERO_Y - _HIGH // 2
    part = small.crop((0, top, small.width, top + _HIGH))
    out = BytesIO()
    part.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(
        out, "JPEG", quality=88, optimize=True, progressive=True
    )
    return out.getvalue()
