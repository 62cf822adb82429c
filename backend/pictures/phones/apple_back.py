"""The back of a pass as an iPhone shows it: a list that is scrolled."""

from PIL import Image, ImageDraw

from backend.pictures.fonts import BOLD, MEDIUM, REGULAR, fit, font
from backend.pictures.phones.paper import EDGE, WIDTH, laid, picture, wrapped
from backend.pictures.phones.phone_card import Line, PhoneCard
from backend.pictures.shapes import pill, rounded
from catalog.looks.colours import WHITE, Rgb

_GROUND: Rgb = (242, 242, 247)
_NAME: Rgb = (110, 110, 118)
_TEXT: Rgb = (20, 20, 24)
_LINK: Rgb = (0, 100, 210)
_RULE: Rgb = (222, 222, 228)
_GREEN: Rgb = (52, 199, 89)
_TOP, _SWITCH = 230, 130
_SIZE, _STEP = 40, 52
_LINES = 12
_INSET = 40
_HIGHEST = 6000


def apple_back(card: PhoneCard, updates: str) -> bytes:
    """PNG. `updates`: what the phone calls its switch."""
    width = WIDTH - 2 * (EDGE + _INSET)
    told = [(line, wrapped(line.value, width, _SIZE, _LINES)) for line in card.back]
    heights = [86 + _STEP * len(lines) for _, lines in told]
    high = min(_HIGHEST, _TOP + _SWITCH + 40 + sum(heights) + EDGE)
    sheet = Image.new("RGB", (WIDTH, max(high, 700)), _GROUND)
    draw = ImageDraw.Draw(sheet)
    _head(sheet, draw, card)
    _switch(sheet, draw, updates)
    top = _TOP + _SWITCH + 40
    if told:
        sheet.paste(WHITE, (EDGE, top), rounded(WIDTH - 2 * EDGE, sum(heights), 36))
    for place, ((line, lines), height) in enumerate(zip(told, heights, strict=True)):
        if place:
            draw.line((EDGE + _INSET, top, WIDTH - EDGE, top), _RULE, 2)
        _told(draw, top, line, lines)
        top += height
    return laid(sheet)


def _head(sheet: Image.Image, draw: ImageDraw.ImageDraw, card: PhoneCard) -> None:
    left = EDGE
    if (logo := picture(card.logo, 132, 132)) is not None:
        sheet.paste(logo, (left, 50), logo)
        left += logo.width + 34
    room = WIDTH - EDGE - left
    for text, y, size, weight, ink in (
        (card.brand, 106, 56, BOLD, _TEXT), (card.title, 164, 38, REGULAR, _NAME),
    ):  # fmt: skip
        fitted = fit(text, room, largest=size, smallest=26, weight=weight)
        draw.text((left, y), fitted.text, ink, fitted.font, anchor="ls")


def _switch(sheet: Image.Image, draw: ImageDraw.ImageDraw, updates: str) -> None:
    sheet.paste(WHITE, (EDGE, _TOP), rounded(WIDTH - 2 * EDGE, _SWITCH, 36))
    middle = _TOP + _SWITCH // 2
    draw.text((EDGE + _INSET, middle), updates, _TEXT, font(_SIZE, REGULAR), anchor="lm")
    right = WIDTH - EDGE - _INSET
    sheet.paste(_GREEN, (right - 132, middle - 40), pill(132, 80))
    sheet.paste(WHITE, (right - 76, middle - 35), pill(70, 70))


def _told(draw: ImageDraw.ImageDraw, top: int, line: Line, lines: list[str]) -> None:
    width = WIDTH - 2 * (EDGE + _INSET)
    name = fit(line.label, width, largest=32, smallest=24, weight=MEDIUM)
    draw.text((EDGE + _INSET, top + 52), name.text, _NAME, name.font, anchor="ls")
    ink = _LINK if line.leads else _TEXT
    for place, text in enumerate(lines):
        y = top + 52 + _STEP * (place + 1)
        draw.text((EDGE + _INSET, y), text, ink, font(_SIZE, REGULAR), anchor="ls")
