"""A brand's logo: its mark on a rounded badge, 512 × 512 PNG with a transparent outside."""

from io import BytesIO

from PIL import Image

from catalog.looks.colours import BLACK, WHITE
from tests.support.demo_art.art import BrandArt
from tests.support.demo_art.colour import lighter
from tests.support.demo_art.inks import inks
from tests.support.demo_art.marks import MARKS
from tests.support.demo_art.pen import FINE, Frame, Pen

SIDE = 512
_CORNER = 24
_MARK = 0.74


def draw_logo(art: BrandArt) -> Image.Image:
    side = SIDE * FINE
    image = Image.new("RGB", (side, side), art.ground)
    whole = Pen(image, Frame(SIDE / 2, SIDE / 2, SIDE))
    whole.circle(88, 12, 62, lighter(art.ground, 0.07))
    middle = SIDE / 2
    MARKS[art.mark](Pen(image, Frame(middle, middle, SIDE * _MARK)), inks(art.ground, art.main))
    mask = Image.new("RGB", (side, side), BLACK)
    Pen(mask, Frame(middle, middle, SIDE)).box(0, 0, 100, 100, _CORNER, WHITE)
    image.putalpha(mask.getchannel("R"))
    return image.reduce(FINE)


def logo_png(art: BrandArt) -> bytes:
    """Flat colours: 128 of them look the same and weigh a third."""
    drawn = draw_logo(art).quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
