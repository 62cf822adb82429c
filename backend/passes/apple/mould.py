"""pass.json with holes where the owner's own values stand: a card of a known design is filled in
rather than put together.

A mould is made of the very dictionary that pass_json makes, of a face whose values are marks. Cards
that would change more than values (void ones, those that end, with a barcode of another kind) have
none: they are put together.
"""

import re
from dataclasses import replace
from secrets import token_hex
from typing import Any

import orjson

from backend.passes.face import Barcode, PassFace, Shown
from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace, Shows

# ASCII, as short as what it stands for, and nothing that anybody writes.
_NONCE = token_hex(6)
_MARK = re.compile(f"~{_NONCE}([0-9]{{2}})~".encode())
_MOST = 90
_LONGEST_BARCODE = 32
_HTTPS = "https://"
# Spelt alike in JSON, in HTML and in an address.
_PLAIN = re.compile(r"[0-9A-Za-z._~:/?=#@%+-]*")

Key = tuple[Any, ...]


def cast_of(face: PassFace, token: str) -> tuple[Key, list[str]] | None:
    """By what faces with the same mould are known, and what goes into it; None: no mould. What is
    told of fields is spelt out: it is asked of every pass."""
    barcode = face.barcode
    if barcode is None or not _is_usual(face, barcode):
        return None
    values = _values(face, barcode, token)
    key = _common(face, barcode)
    for shown in face.front:
        text, label = shown.value.en, shown.label
        if text != shown.value.ru or not text:
            return None
        values.append(text)
        key += (shown.key, shown.place, label.ru, label.en, shown.change)
    fits = _behind(face.back, key, values) and len(values) < _MOST
    return (tuple(key), values) if fits else None


def _values(face: PassFace, barcode: Barcode, token: str) -> list[str]:
    """In the order of the marks."""
    news = face.news.text if face.news else ""
    return [face.serial, token, barcode.value, barcode.number, face.opens[8:], news]


def _common(face: PassFace, barcode: Barcode) -> list[Any]:
    """Pictures by their addresses, which are by what is in them."""
    look, pictures, brand, program = face.look, face.pictures, face.brand, face.program_name
    key: list[Any] = [
        barcode.format, barcode.in_place, not face.opens, face.news is None, brand.ru, brand.en,
        program.ru, program.en, look.primary, look.secondary, look.ink, look.label,
        pictures.logo_at or pictures.logo, pictures.strip_at or pictures.strip,
        len(face.links), len(face.locations), len(face.front),
    ]  # fmt: skip
    for link in face.links:
        key += (link.url, link.label.ru, link.label.en)
    for near in face.locations:
        said = near.text
        key += (near.latitude, near.longitude, said and said.ru, said and said.en)
    return key


def _is_usual(face: PassFace, barcode: Barcode) -> bool:
    """Nothing but values is its owner's."""
    news, opens = face.news, face.opens
    return not (
        face.voided
        or face.expires is not None
        or (news is not None and news.past)
        or barcode.in_place is InPlace.PICTURE
        or not barcode.value.isascii()
        or len(barcode.value) > _LONGEST_BARCODE
        or (opens and not (opens.startswith(_HTTPS) and _PLAIN.fullmatch(opens)))
    )


def _behind(back: tuple[Shown, ...], key: list[Any], values: list[str]) -> bool:
    """Texts of the design are the same on every card."""
    for shown in back:
        both, label = shown.value, shown.label
        if shown.shows is Shows.TEXT:
            key += (shown.key, True, label.ru, label.en, shown.change, both.ru, both.en)
        elif both.ru == both.en and both.en:
            values.append(both.en)
            key += (shown.key, False, label.ru, label.en, shown.change)
        else:
            return False
    return True


def marked(face: PassFace) -> tuple[PassFace, str]:
    """The face with marks in place of what `cast_of` has taken out; and the token's."""
    marks = iter([f"~{_NONCE}{place:02d}~" for place in range(_MOST)])
    serial, token, value, number, opens, news = (next(marks) for _ in range(6))
    assert face.barcode is not None, "cast"
    made = replace(
        face,
        serial=serial,
        barcode=replace(face.barcode, value=value, number=number),
        opens=_HTTPS + opens if face.opens else "",
        news=replace(face.news, text=news) if face.news else None,
        front=tuple(_marked(each, next(marks)) for each in face.front),
        back=tuple(
            each if each.shows is Shows.TEXT else _marked(each, next(marks)) for each in face.back
        ),
    )
    return made, token


def _marked(shown: Shown, mark: str) -> Shown:
    return replace(shown, value=Bilingual(mark, mark))


class Mould:
    """`said` is the dictionary of a marked face; `translated` what its words are spelt like."""

    def __init__(self, said: dict[str, Any], translated: frozenset[str]) -> None:
        parts = _MARK.split(orjson.dumps(said))
        self._parts = parts
        self._holes = [(place, int(parts[place])) for place in range(1, len(parts), 2)]
        self.translated = translated

    def filled(self, values: list[str]) -> bytes | None:
        """None: one of the values is spelt like a word that a phone would translate."""
        if not self.translated.isdisjoint(values):
            return None
        parts = self._parts.copy()
        spelt = orjson.dumps(values)
        if b"\\" in spelt or len(cut := spelt[2:-2].split(b'","')) != len(values):
            cut = [orjson.dumps(each)[1:-1] for each in values]
        for place, hole in self._holes:
            parts[place] = cut[hole]
        return b"".join(parts)
