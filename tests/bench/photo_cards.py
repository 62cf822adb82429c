"""What is photographed: plastic cards and screens with a barcode, and cards without one.

Print is not perfect: ink spreads over the edges or does not reach them, paper is not white, ink
not black, the quiet zone is cut, and every printer has its own typeface.
"""

import string
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from backend.pictures.card_picture import CardFace, draw_card
from backend.pictures.fonts import BOLD, MEDIUM, REGULAR, font
from backend.pictures.symbol import fit_symbol
from catalog.symbologies.symbol_rules import check_digit, normalise
from models.barcode_format import BarcodeFormat

CARD = (1000, 630)
TALL = frozenset({BarcodeFormat.QR, BarcodeFormat.AZTEC, BarcodeFormat.DATAMATRIX})
INKS = ("#E31E24", "#1F6F50", "#0B3D91", "#FFD600", "#6A1B9A", "#FF6F00", "#111111", "#F4F4F4")
_PAPERS = ("white", "white", "#FFFBEA", "#EDEDED", "#DCE8F2")
_BARS = ("black", "black", "#1B1B4B", "#3A2A1A", "#16351F")
_TWO = ("black", "white")
_FONTS = {size: font(size, MEDIUM) for size in (22, 26, 30, 64)}
_SPREADS = (-1, 0, 0, 1, 2)
"""Half pixels of a card by which ink moves each edge; a module has 3 to 12 pixels."""


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


def plastic(random: Random, barcode: BarcodeFormat, value: str) -> Image.Image:
    card = _blank_card(random)
    width, height = (430, 430) if barcode in TALL else (random.randint(640, 900), 220)
    if barcode is BarcodeFormat.PDF417:
        height = 300
    symbol = _printed(random, fit_symbol(barcode, value, width, height), barcode)
    above, pad = random.randint(8, 24), random.randint(0, 24)
    panel = Image.new(
        "RGB", (symbol.width + 2 * pad, symbol.height + above + 44), symbol.getpixel((0, 0))
    )
    panel.paste(symbol, (pad, above))
    typeface = _typeface(random)
    ImageDraw.Draw(panel).text((pad, symbol.height + above), value, random.choice(_BARS), typeface)
    left = random.randint(10, max(11, card.width - panel.width - 10))
    top = random.randint(card.height - panel.height - 90, card.height - panel.height - 20)
    card.paste(panel, (left, top))
    return card


def _printed(random: Random, symbol: Image.Image, barcode: BarcodeFormat) -> Image.Image:
    """The symbol as a printer leaves it: ink, paper and what is left of the quiet zone."""
    grey = symbol.convert("L")
    spread = random.choice(_SPREADS)
    if spread:
        twice = grey.resize((2 * grey.width, 2 * grey.height), Image.Resampling.NEAREST)
        kind = ImageFilter.MinFilter if spread > 0 else ImageFilter.MaxFilter
        grey = twice.filter(kind(2 * abs(spread) + 1)).reduce(2)
    inked = ImageOps.colorize(grey, random.choice(_BARS), random.choice(_PAPERS))
    bars = ImageChops.invert(grey).getbbox()
    if bars is None or barcode in TALL:
        return inked
    left, right = bars[0] * random.uniform(0, 0.4), (grey.width - bars[2]) * random.uniform(0, 0.4)
    return inked.crop((round(left), 0, grey.width - round(right), grey.height))


def _typeface(random: Random) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    size = random.randint(20, 34)
    if random.random() < 0.3:
        return ImageFont.load_default(size)
    return font(size, random.choice((REGULAR, MEDIUM, BOLD)))


def screen(random: Random, barcode: BarcodeFormat, value: str) -> Image.Image:
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


def decoy(random: Random) -> Image.Image:
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
