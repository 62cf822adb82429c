"""Synthetic photos of loyalty cards: a printed card on a table, seen by a hurried phone.

Three levels, as 1280 x 960 JPEG files: *easy* is turned up to 8°; *medium* up to 20°, blurred,
noisy, JPEG 40, every second with glare; *hard* 15–30°, blurred more, four of five with glare.
All of them are seen in perspective. The same random generator state gives the same photo.
"""

import math
import string
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from backend.passes.card_picture import CardFace, draw_card
from backend.passes.fonts import MEDIUM, font
from backend.passes.symbol import fit_symbol, normalise
from backend.passes.symbol_rules import check_digit
from models.barcode_format import BarcodeFormat
from tests.bench.photo_optics import glare, jpeg, noise, shade, warp

SIZE = (1280, 960)
CARD = (1000, 630)
TALL = frozenset({BarcodeFormat.QR, BarcodeFormat.AZTEC, BarcodeFormat.DATAMATRIX})
INKS = ("#E31E24", "#1F6F50", "#0B3D91", "#FFD600", "#6A1B9A", "#FF6F00", "#111111", "#F4F4F4")


_TWO = ("black", "white")
_FONTS = {size: font(size, MEDIUM) for size in (22, 26, 30, 64)}


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
    """How the phone was held: degrees, share of the width, pixels, JPEG quality."""

    turn: tuple[float, float]
    lean: float
    blur: tuple[float, float]
    noise: tuple[float, float]
    quality: int
    glare: float


_HANDS = {
    Level.EASY: _Hand((0, 8), 0.02, (0, 0.5), (0, 4), 70, 0.0),
    Level.MEDIUM: _Hand((0, 20), 0.035, (0.6, 1.5), (4, 10), 40, 0.5),
    Level.HARD: _Hand((15, 30), 0.045, (1.2, 2.2), (4, 10), 40, 0.8),
}


def take_photo(random: Random, level: Level, barcode: BarcodeFormat) -> Photo:
    """A plastic card, or every fourth time the picture of a card on another phone's screen."""
    value = some_value(random, barcode)
    if random.random() < 0.25:
        card = _screen(random, barcode, value)
    else:
        card = _plastic(random, barcode, value)
    return Photo(_shoot(random, level, card), level, barcode, value)


def take_empty_photo(random: Random, level: Level) -> Photo:
    """The same without a barcode: words, stripes, a chessboard, a fence, a page of text."""
    return Photo(_shoot(random, level, _decoy(random)), level, None, None)


def some_value(random: Random, barcode: BarcodeFormat) -> str:
    """A number as loyalty programs print them, as a reader set to the format reports it."""

    def digits(count: int) -> str:
        return "".join(random.choices(string.digits, k=count))

    def word(alphabet: str, least: int, most: int) -> str:
        return "".join(random.choices(alphabet, k=random.randint(least, most)))

    match barcode:
        case BarcodeFormat.EAN13 | BarcodeFormat.EAN8 | BarcodeFormat.UPCA:
            length = {BarcodeFormat.EAN13: 12, BarcodeFormat.EAN8: 7}.get(barcode, 11)
            body = random.choice("123456789") + digits(length - 1)
            value = body + check_digit(body)
        case BarcodeFormat.ITF:
            value = digits(random.choice((8, 10, 12, 14, 16)))
        case BarcodeFormat.CODABAR:
            value = digits(random.randint(8, 14))
        case BarcodeFormat.CODE39:
            value = word(string.ascii_uppercase + string.digits, 6, 11)
        case BarcodeFormat.CODE128:
            value = random.choice((digits(16), word(string.ascii_letters + string.digits, 6, 14)))
        case _:
            value = word(string.ascii_letters + string.digits + "-", 10, 40)
    return normalise(barcode, value.strip("-") or "0")


def _plastic(random: Random, barcode: BarcodeFormat, value: str) -> Image.Image:
    card = _blank_card(random)
    width, height = (430, 430) if barcode in TALL else (random.randint(720, 900), 220)
    if barcode is BarcodeFormat.PDF417:
        height = 300
    symbol = fit_symbol(barcode, value, width, height)
    pad = 24
    panel = Image.new("RGB", (symbol.width + 2 * pad, symbol.height + 2 * pad + 30), "white")
    panel.paste(symbol, (pad, pad))
    ImageDraw.Draw(panel).text((pad, symbol.height + pad), value, "black", _FONTS[26])
    left = random.randint(10, max(11, card.width - panel.width - 10))
    card.paste(
        panel,
        (left, random.randint(card.height - panel.height - 90, card.height - panel.height - 20)),
    )
    return card


def _screen(random: Random, barcode: BarcodeFormat, value: str) -> Image.Image:
    face = CardFace(
        brand="Кофе у Лены",
        primary=random.choice(INKS),
        secondary=random.choice((None, *INKS)),
        logo=None,
        holder="Анна Соколова",
        balance="1 250 ₽",
        tier=None,
        printed_number=value,
        barcode_value=value,
        barcode_format=barcode,
    )
    return Image.open(BytesIO(draw_card(face))).convert("RGB").resize(CARD)


def _blank_card(random: Random) -> Image.Image:
    card = Image.new("RGB", CARD, random.choice(INKS))
    draw = ImageDraw.Draw(card)
    for _ in range(random.randint(1, 4)):
        x, y, r = random.randint(0, 1000), random.randint(0, 630), random.randint(40, 300)
        draw.ellipse((x - r, y - r, x + r, y + r), random.choice(INKS))
    draw.text((60, 40), random.choice(("ПЕКАРНЯ", "Coffee club", "АПТЕКА №1")), "white", _FONTS[64])
    draw.text((60, 120), "Дисконтная карта 7 %", "white", _FONTS[30])
    return card


def _decoy(random: Random) -> Image.Image:
    card = _blank_card(random)
    draw = ImageDraw.Draw(card)
    random.choice((_digits, _stripes, _chess, _fence, _page, _keys))(random, draw)
    return card


def _digits(random: Random, draw: ImageDraw.ImageDraw) -> None:
    draw.text((100, 350), "".join(random.choices(string.digits, k=16)), "white", _FONTS[64])


def _stripes(random: Random, draw: ImageDraw.ImageDraw) -> None:
    for x in range(50, 950, random.randint(6, 40)):
        draw.rectangle((x, 250, x + random.randint(2, 20), 560), "white")


def _chess(random: Random, draw: ImageDraw.ImageDraw) -> None:
    cell = random.randint(8, 40)
    for column in range(800 // cell):
        for row in range(400 // cell):
            x, y = 100 + column * cell, 200 + row * cell
            draw.rectangle((x, y, x + cell, y + cell), _TWO[(column + row) % 2])


def _fence(random: Random, draw: ImageDraw.ImageDraw) -> None:
    """What a barcode looks like to someone who cannot read it."""
    x = 40
    while x < 950:
        wide = random.choice((4, 8, 12, 16))
        draw.rectangle((x, 300, x + wide - 1, 500), random.choice(_TWO))
        x += wide


def _page(random: Random, draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((40, 180, 960, 610), "white")
    for y in range(195, 590, 26):
        line = "".join(random.choices(string.ascii_letters + "   ", k=70))
        draw.text((60, y), line, "black", _FONTS[22])


def _keys(random: Random, draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((40, 300, 960, 600), "white")
    for x in range(40, 930, random.randint(30, 60)):
        draw.line((x, 300, x, 600), "black", 2)
        draw.rectangle((x + 20, 300, x + 36, 480), "black")


def _table(random: Random) -> Image.Image:
    tone = random.randint(60, 200)
    base = Image.new("RGB", SIZE, (tone, int(tone * random.uniform(0.75, 1)), int(tone * 0.8)))
    grain = Image.effect_noise((SIZE[0], SIZE[1] // 16), 30).resize(SIZE).convert("RGB")
    table = Image.blend(base, grain, 0.2)
    draw = ImageDraw.Draw(table)
    for _ in range(random.randint(0, 3)):
        x, y = random.randint(0, SIZE[0]), random.randint(0, SIZE[1])
        draw.rectangle((x, y, x + 300, y + 200), random.choice(INKS))
    return table.filter(ImageFilter.GaussianBlur(2))


def _shoot(random: Random, level: Level, card: Image.Image) -> bytes:
    hand = _HANDS[level]
    turn = math.radians(random.uniform(*hand.turn) * random.choice((-1, 1)))
    photo = warp(_table(random), card, random, turn=turn, lean=hand.lean)
    photo = shade(photo, random)
    if random.random() < hand.glare:
        photo = glare(photo, random)
    photo = photo.filter(ImageFilter.GaussianBlur(random.uniform(*hand.blur)))
    return jpeg(noise(photo, random.uniform(*hand.noise)), hand.quality)
