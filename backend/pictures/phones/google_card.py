"""A card as Google's wallet shows it."""

from PIL import Image, ImageDraw, ImageOps

from backend.pictures.fonts import BOLD, MEDIUM, fit, fit_lines
from backend.pictures.logo import open_picture
from backend.pictures.phones.paper import EDGE, WIDTH, code_panel, laid, row, set_in
from backend.pictures.phones.phone_card import PhoneCard
from backend.pictures.shapes import rounded
from catalog.looks.colours import WHITE, mix

_LOGO = 132
_TOP = 220
_TITLE = 150
_ROW = 150
_HERO = round(WIDTH * 336 / 1032)
_AIR = 70


def google_card(card: PhoneCard) -> bytes:
    """PNG. Raises SymbolRefused."""
    hero = open_picture(card.strip) if card.strip else None
    panel = code_panel(card.code) if card.code is not None else None
    below = _TOP + _TITLE + _ROW * len(card.rows)
    end = below + 2 * _AIR + (panel.height if panel is not None else 0)
    high = end + (_HERO if hero is not None else 0)
    sheet = Image.new("RGB", (WIDTH, high), card.ground)
    draw = ImageDraw.Draw(sheet)
    _head(sheet, draw, card)
    top = _TOP + _TITLE
    for lines in card.rows:
        row(draw, top, lines, card.label, card.ink)
        top += _ROW
    if panel is not None:
        set_in(sheet, panel, below + _AIR)
    if hero is not None:
        fitted = ImageOps.fit(hero, (WIDTH, _HERO), Image.Resampling.LANCZOS)
        sheet.paste(fitted, (0, high - _HERO), fitted)
    return laid(sheet, 64)


def _head(sheet: Image.Image, draw: ImageDraw.ImageDraw, card: PhoneCard) -> None:
    left = EDGE
    logo = open_picture(card.logo) if card.logo else None
    if logo is not None:
        disc = Image.new("RGB", (_LOGO, _LOGO), WHITE)
        fitted = ImageOps.fit(logo, (_LOGO, _LOGO), Image.Resampling.LANCZOS)
        disc.paste(fitted, (0, 0), fitted)
        sheet.paste(disc, (left, 48), rounded(_LOGO, _LOGO, _LOGO // 2))
        left += _LOGO + 32
    brand = fit(card.brand, WIDTH - EDGE - left, largest=46, smallest=28, weight=MEDIUM)
    draw.text((left, 48 + _LOGO // 2), brand.text, card.ink, brand.font, anchor="lm")
    rule = mix(card.ground, card.ink, 0.25)
    draw.line((0, _TOP, WIDTH, _TOP), rule, 2)
    lines = fit_lines(card.title, WIDTH - 2 * EDGE, lines=1, largest=64, smallest=38, weight=BOLD)
    draw.text((EDGE, _TOP + 100), lines[0].text, card.ink, lines[0].font, anchor="ls")
