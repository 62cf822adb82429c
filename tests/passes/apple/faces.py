"""Random faces of passes: any design, tier, language and Unicode."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from PIL import Image

from backend.passes.face import (
    Barcode,
    News,
    PassFace,
    Pictures,
    Shown,
    ShownLink,
    ShownLocation,
)
from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace, Look, Place, Shows
from models.barcode_format import BarcodeFormat
from tests.passes.face import anna

_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
# What is written with the same letters as something that is to be translated.
_WORDS = st.one_of(_TEXTS, st.sampled_from(["Points", "Баллы", "News", "%@", '"', "\\n", "a;\n"]))
BOTH = st.builds(Bilingual, _WORDS, _WORDS)
_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
_VALUES = {
    BarcodeFormat.EAN13: st.just("4600000000015"),
    BarcodeFormat.EAN8: st.just("96385074"),
    BarcodeFormat.UPCA: st.just("036000291452"),
    BarcodeFormat.ITF: st.just("0123456789"),
    BarcodeFormat.CODABAR: st.just("A12345B"),
    BarcodeFormat.CODE39: st.just("KARMAN-1"),
    BarcodeFormat.CODE128: st.just("KM-0001"),
}


@st.composite
def barcodes(draw: st.DrawFn) -> Barcode:
    kind = draw(st.sampled_from(BarcodeFormat))
    value = draw(_VALUES.get(kind, _WORDS))
    return Barcode(kind, value, draw(_WORDS), draw(st.sampled_from(InPlace)))


@st.composite
def fields(draw: st.DrawFn, place: st.SearchStrategy[Place], most: int, prefix: str) -> Any:
    many = draw(st.integers(0, most))
    return tuple(
        Shown(
            draw(place), draw(st.sampled_from(Shows)), f"{prefix}{number}",
            draw(BOTH), draw(st.one_of(BOTH, st.just(Bilingual("", "")))),
            draw(st.none() | st.builds(lambda both: Bilingual(both.ru, both.en + "{value}"), BOTH)),
        )
        for number in range(many)
    )  # fmt: skip


def picture(width: int, height: int, colour: str = "#F4C95D", kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return file.getvalue()


PICTURES = st.sampled_from([None, picture(300, 300), picture(640, 120, kind="JPEG"), b"no picture"])
STRIPS = st.sampled_from([None, picture(1125, 432), picture(90, 400, "#112233")])
_LOOKS = st.builds(Look, _COLOURS, _COLOURS, st.none() | _COLOURS, st.none() | _COLOURS)
_LOCATIONS = st.builds(ShownLocation, st.floats(-90, 90), st.floats(-180, 180), st.none() | BOTH)
_LINKS = st.builds(ShownLink, BOTH, st.sampled_from(["https://a.example/?a=1&b='", "tel:+79"]))
_PAST = st.tuples(st.datetimes(timezones=st.just(UTC)), _WORDS)
_NEWS = st.builds(News, _WORDS, st.lists(_PAST, max_size=2).map(tuple))


@st.composite
def faces(draw: st.DrawFn) -> PassFace:
    ends = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 10**6)))
    return anna(
        brand=draw(BOTH),
        program_name=draw(BOTH),
        look=draw(_LOOKS),
        pictures=Pictures(draw(PICTURES), draw(STRIPS)),
        barcode=draw(st.none() | barcodes()),
        front=draw(fields(st.sampled_from(Place), 12, "front")),
        back=draw(fields(st.just(Place.BACK), 4, "back")),
        links=draw(st.lists(_LINKS, max_size=3).map(tuple)),
        locations=draw(st.lists(_LOCATIONS, max_size=12).map(tuple)),
        news=draw(st.none() | _NEWS),
        expires=draw(st.none() | st.just(ends)),
        voided=draw(st.booleans()),
    )
