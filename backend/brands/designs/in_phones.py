"""A face as each wallet shows it: what its pass, or its class and object, make of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.passes.apple.barcodes import DRAWN, barcodes_of, is_picture
from backend.passes.apple.fields import fields_of
from backend.passes.apple.images import Drawing, images_of, is_wide
from backend.passes.apple.maker import readable
from backend.passes.apple.pass_json import colours_of
from backend.passes.apple.words import Words
from backend.passes.face import Barcode, PassFace, Shown
from backend.passes.google.loyalty_class import rows_of
from backend.pictures.phones.phone_card import Code, Line, PhoneCard
from catalog.bilingual import Bilingual
from catalog.looks.colours import Rgb, ink_on, mix, parse_colour

_SYMBOLS = {name: symbol for symbol, name in DRAWN.items()}
_SOFT = 0.25


def said(both: Bilingual, language: str) -> str:
    return both.ru if language == "ru" else both.en


def of_apple(face: PassFace, language: str) -> PhoneCard:
    """Fields where the pass has them, pictures as they are in it."""
    face, words = readable(face), Words()
    look, fields = face.look, fields_of(face, words)
    colours = colours_of(look.primary, look.secondary, look.ink, look.label)
    images = _images(face, language)

    def lines(name: str) -> tuple[Line, ...]:
        return tuple(_line(each, words, language) for each in fields[name])

    return PhoneCard(
        brand=said(face.brand, language),
        title="" if is_wide(face.pictures.logo) else said(face.program_name, language),
        ground=_rgb(colours["backgroundColor"]),
        ink=_rgb(colours["foregroundColor"]),
        label=_rgb(colours["labelColor"]),
        logo=images.get("logo@3x.png"),
        strip=images.get("strip@3x.png"),
        header=lines("headerFields"),
        primary=next(iter(lines("primaryFields")), None),
        rows=tuple(filter(None, (lines("secondaryFields"), lines("auxiliaryFields")))),
        back=lines("backFields"),
        code=_told(barcodes_of(face.barcode)),
        drawn=is_picture(face.barcode),
    )


def _images(face: PassFace, language: str) -> dict[str, bytes]:
    """By their names in the pass."""
    look, pictures = face.look, face.pictures
    on_strip = face.barcode if is_picture(face.barcode) else None
    brand = said(face.brand, language)
    return images_of(
        Drawing(brand, look.primary, look.secondary, pictures.logo, pictures.strip, on_strip)
    )


def _line(told: Mapping[str, Any], words: Words, language: str) -> Line:
    label, value = (_in(str(told[name]), words, language) for name in ("label", "value"))
    return Line(label, value, leads="attributedValue" in told)


def _in(raw: str, words: Words, language: str) -> str:
    both = words.said.get(raw)
    return raw if both is None else said(both, language)


def _rgb(text: str) -> Rgb:
    red, green, blue = (int(part) for part in text.removeprefix("rgb(")[:-1].split(","))
    return red, green, blue


def _told(barcodes: Sequence[Mapping[str, Any]]) -> Code | None:
    """The first is what a phone shows."""
    for each in barcodes:
        return Code(_SYMBOLS[each["format"]], each["message"], each["altText"])
    return None


def of_google(face: PassFace, language: str) -> PhoneCard:
    """Rows as the class places them. Google chooses the ink itself."""
    by_key = {each.key: each for each in face.front}
    rows = [
        tuple(_shown(by_key[each.key], language) for each in row if each.key in by_key)
        for row in rows_of(face.look.front)
    ]
    ground = parse_colour(face.look.primary)
    ink = parse_colour(ink_on(face.look.primary))
    return PhoneCard(
        brand=said(face.brand, language),
        title=said(face.program_name, language),
        ground=ground,
        ink=ink,
        label=mix(ink, ground, _SOFT),
        logo=face.pictures.logo,
        strip=face.pictures.strip,
        rows=tuple(row for row in rows if row),
        code=_own(face.barcode),
    )


def _shown(each: Shown, language: str) -> Line:
    return Line(said(each.label, language), said(each.value, language))


def _own(barcode: Barcode | None) -> Code | None:
    return Code(barcode.format, barcode.value, barcode.number) if barcode is not None else None
