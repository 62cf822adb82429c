"""The front of a pass as an iPhone shows a store card."""

from PIL import Image, ImageDraw, ImageOps

from backend.pictures.fonts import BOLD, MEDIUM, REGULAR, fit
from backend.pictures.logo import open_picture
from backend.pictures.phones.paper import (
    EDGE,
    WIDTH,
    code_panel,
    laid,
    pair,
    picture,
    row,
    set_in,
)
from backend.pictures.phones.phone_card import PhoneCard

HEIGHT = 1500
_TOP = 198
_STRIP = 432
"""144 points."""
_ROW = 124
_HEADER = 250


def apple_front(card: PhoneCard) -> bytes:
    """PNG. Raises SymbolRefused."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), card.ground)
    draw = ImageDraw.Draw(sheet)
    _header(sheet, draw, card)
    top = _strip(sheet, card) + 34
    if card.primary is not None:
        _primary(draw, card)
    for lines in card.rows:
        row(draw, top, lines, card.label, card.ink)
        top += _ROW
    if card.code is not None and not card.drawn:
        panel = code_panel(card.code)
        set_in(sheet, panel, HEIGHT - EDGE - panel.height)
    return laid(sheet)


def _header(sheet: Image.Image, draw: ImageDraw.ImageDraw, card: PhoneCard) -> None:
    left, right = EDGE - 6, WIDTH - EDGE
    if (logo := picture(card.logo, 480, 132)) is not None:
        sheet.paste(logo, (left, (_TOP - logo.height) // 2), logo)
        left += logo.width + 30
    for line in reversed(card.header):
        width = min(_HEADER, max(120, right - left - 60))
        pair(draw, (right, 44), line, width, card.label, card.ink, "rs")
        right -= width
    title = fit(card.title, right - left - 30, largest=48, smallest=30, weight=MEDIUM)
    draw.text((left, _TOP // 2), title.text, card.ink, title.font, anchor="lm")


def _strip(sheet: Image.Image, card: PhoneCard) -> int:
    """Where it ends; without one a primary field stands on the ground alone."""
    strip = open_picture(card.strip) if card.strip else None
    if strip is None:
        return _TOP + (_STRIP if card.primary is not None else 0)
    fitted = ImageOps.fit(strip, (WIDTH, _STRIP), Image.Resampling.LANCZOS)
    sheet.paste(fitted, (0, _TOP), fitted)
    return _TOP + _STRIP


def _primary(draw: ImageDraw.ImageDraw, card: PhoneCard) -> None:
    assert card.primary is not None
    value = fit(card.primary.value, WIDTH - 2 * EDGE, largest=150, smallest=60, weight=REGULAR)
    draw.text((EDGE, _TOP + 220), value.text, card.ink, value.font, anchor="ls")
    label = fit(card.primary.label, WIDTH - 2 * EDGE, largest=40, smallest=28, weight=BOLD)
    draw.text((EDGE, _TOP + 290), label.text, card.ink, label.font, anchor="ls")
