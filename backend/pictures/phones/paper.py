"""What the drawings of phones share: the sheet, its shadow, lines of words."""

from io import BytesIO

from PIL import Image, ImageDraw

from backend.pictures.fonts import MEDIUM, REGULAR, drawable, fit, font
from backend.pictures.logo import open_picture
from backend.pictures.phones.phone_card import Code, Line
from backend.pictures.shapes import faded, rounded, shadow
from backend.pictures.symbol import fit_symbol
from catalog.looks.colours import BLACK, DARK, WHITE, Rgb
from catalog.symbologies.matrix import LINEAR
from models.barcode_format import BarcodeFormat

WIDTH = 1125
"""Of a card: 375 points of three pixels."""
EDGE = 48
_AROUND = 60
_TABLE: Rgb = (233, 234, 239)
_RADIUS = 40
_BLUR = 18


def laid(card: Image.Image, radius: int = _RADIUS) -> bytes:
    """PNG: the card with round corners on a table."""
    size = (card.width + 2 * _AROUND, card.height + 2 * _AROUND)
    table = Image.new("RGB", size, _TABLE)
    soft = faded(shadow(card.width, card.height, radius, _BLUR), 0.28)
    table.paste(BLACK, (_AROUND - 2 * _BLUR, _AROUND - 2 * _BLUR + 12), soft)
    table.paste(card, (_AROUND, _AROUND), rounded(card.width, card.height, radius))
    file = BytesIO()
    table.save(file, "PNG", optimize=True)
    return file.getvalue()


def picture(content: bytes | None, width: int, height: int) -> Image.Image | None:
    """As large as fits; None for what is none."""
    found = open_picture(content) if content else None
    if found is None:
        return None
    scale = min(width / found.width, height / found.height)
    size = max(1, round(found.width * scale)), max(1, round(found.height * scale))
    return found.resize(size, Image.Resampling.LANCZOS)


def row(draw: ImageDraw.ImageDraw, top: int, lines: tuple[Line, ...], label: Rgb, ink: Rgb) -> None:
    """Side by side: the first begins on the left, the last ends on the right."""
    if not lines:
        return
    room = (WIDTH - 2 * EDGE) // len(lines)
    for place, line in enumerate(lines):
        last = place and place == len(lines) - 1
        x, anchor = (WIDTH - EDGE, "rs") if last else (EDGE + place * room, "ls")
        pair(draw, (x, top), line, room - 24, label, ink, anchor)


def pair(
    draw: ImageDraw.ImageDraw,
    place: tuple[int, int],
    line: Line,
    width: int,
    label: Rgb,
    ink: Rgb,
    anchor: str = "ls",
) -> None:
    """The name above, the value below it."""
    x, top = place
    above = fit(line.label.upper(), width, largest=30, smallest=22, weight=MEDIUM)
    below = fit(line.value, width, largest=50, smallest=30, weight=REGULAR)
    draw.text((x, top + 30), above.text, label, above.font, anchor=anchor)
    draw.text((x, top + 88), below.text, ink, below.font, anchor=anchor)


def code_panel(code: Code) -> Image.Image:
    """White, with the symbol and its number. Raises SymbolRefused."""
    square = code.format not in LINEAR and code.format is not BarcodeFormat.PDF417
    symbol = fit_symbol(code.format, code.value, *((450, 450) if square else (900, 200)))
    panel = Image.new("RGB", (max(symbol.width + 24, 480), symbol.height + 100), WHITE)
    panel.paste(symbol, ((panel.width - symbol.width) // 2, 20))
    number = fit(code.number, panel.width - 48, largest=38, smallest=22, weight=MEDIUM)
    place = (panel.width // 2, panel.height - 28)
    ImageDraw.Draw(panel).text(place, number.text, DARK, number.font, anchor="ms")
    return panel


def set_in(card: Image.Image, panel: Image.Image, top: int) -> None:
    """In the middle, with round corners."""
    mask = rounded(panel.width, panel.height, 24)
    card.paste(panel, ((card.width - panel.width) // 2, top), mask)


def wrapped(text: str, width: int, size: int, most: int, weight: int = REGULAR) -> list[str]:
    """Lines of words; what is beyond `most` of them ends with an ellipsis."""
    face = font(size, weight)
    found: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in drawable(paragraph).split():
            longer = f"{line} {word}".strip()
            if line and face.getlength(longer) > width:
                found.append(line)
                longer = word
            line = fit(longer, width, largest=size, smallest=size, weight=weight).text
        found.append(line)
    if len(found) > most:
        found = [*found[: most - 1], found[most - 1].rstrip("…") + "…"]
    return found
