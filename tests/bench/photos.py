"""Synthetic photos of loyalty cards: a printed card on a table, seen by a hurried phone.

Three levels, as 1280 x 960 JPEG files. *Easy* is turned up to 8°; *medium* up to 20°, blurred,
noisy, JPEG 40, every second with glare, some bent, moved or in low light; *hard* 15–30°, all of
that more often and more strongly, down to JPEG 30. All are seen in perspective. The same random
generator state gives the same photo, byte by byte, in every process.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from models.barcode_format import BarcodeFormat
from tests.bench.photo_cards import INKS, decoy, plastic, screen, some_value
from tests.bench.photo_optics import bend, dim, glare, grain, jpeg, move, noise, shade, warp

SIZE = (1280, 960)


class Level(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Photo:
    """`barcode` and `value` are what is printed; both None where there is no barcode."""

    data: bytes
    level: Level
    barcode: BarcodeFormat | None
    value: str | None


@dataclass(frozen=True, slots=True)
class _Hand:
    """How the phone was held, from and to.

    Degrees, share of the width, pixels, JPEG quality; `glare`, `bent`, `moved` and `dim` are how
    often. `bend` is radians from the middle of the card to its edge, `motion` pixels, `fill` the
    share of the photo that the card fills.
    """

    turn: tuple[float, float]
    lean: float
    blur: tuple[float, float]
    noise: tuple[float, float]
    quality: tuple[int, int]
    glare: float = 0.0
    bent: float = 0.0
    bend: tuple[float, float] = (0.1, 0.3)
    moved: float = 0.0
    motion: tuple[float, float] = (1.5, 3.0)
    dim: float = 0.0
    fill: tuple[float, float] = (0.7, 0.95)


_HANDS = {
    Level.EASY: _Hand((0, 8), 0.02, (0, 0.5), (0, 4), (70, 85)),
    Level.MEDIUM: _Hand(
        (0, 20), 0.035, (0.5, 1.3), (3, 8), (40, 60), glare=0.5, bent=0.2, moved=0.15, dim=0.15
    ),
    Level.HARD: _Hand(
        (15, 30),
        0.045,
        (1.0, 2.1),
        (4, 11),
        (30, 45),
        glare=0.7,
        bent=0.4,
        bend=(0.15, 0.5),
        moved=0.4,
        motion=(2.0, 4.5),
        dim=0.3,
        fill=(0.58, 0.95),
    ),
}


def take_photo(random: Random, level: Level, barcode: BarcodeFormat) -> Photo:
    """A plastic card, or every fourth time the picture of a card on another phone's screen."""
    value = some_value(random, barcode)
    flat = random.random() < 0.25
    card = (screen if flat else plastic)(random, barcode, value)
    return Photo(_shoot(random, level, card, flat=flat), level, barcode, value)


def take_empty_photo(random: Random, level: Level) -> Photo:
    """The same without a barcode: words, stripes, a chessboard, a fence, a page of text."""
    return Photo(_shoot(random, level, decoy(random)), level, None, None)


def _table(random: Random) -> Image.Image:
    tone = random.randint(60, 200)
    base = Image.new("RGB", SIZE, (tone, int(tone * random.uniform(0.75, 1)), int(tone * 0.8)))
    wood = grain(random, (SIZE[0], SIZE[1] // 16), 30).resize(SIZE).convert("RGB")
    table = Image.blend(base, wood, 0.2)
    draw = ImageDraw.Draw(table)
    for _ in range(random.randint(0, 3)):
        x, y = random.randint(0, SIZE[0]), random.randint(0, SIZE[1])
        draw.rectangle((x, y, x + 300, y + 200), random.choice(INKS))
    return table.filter(ImageFilter.GaussianBlur(2))


def _shoot(random: Random, level: Level, card: Image.Image, *, flat: bool = False) -> bytes:
    hand = _HANDS[level]
    if not flat and random.random() < hand.bent:
        card = bend(card, random.uniform(*hand.bend))
    turn = math.radians(random.uniform(*hand.turn) * random.choice((-1, 1)))
    fill = random.uniform(*hand.fill)
    photo = warp(_table(random), card, random, turn=turn, lean=hand.lean, fill=fill)
    photo = shade(photo, random)
    if random.random() < hand.glare:
        photo = glare(photo, random)
    photo = photo.filter(ImageFilter.GaussianBlur(random.uniform(*hand.blur)))
    if random.random() < hand.moved:
        photo = move(photo, random.uniform(*hand.motion), random.uniform(0, math.pi))
    if random.random() < hand.dim:
        photo = dim(photo, random.uniform(0.3, 0.6))
    photo = noise(photo, random, random.uniform(*hand.noise))
    return jpeg(photo, random.randint(*hand.quality))
