"""A card that is filled into a mould is the same, to the byte, as one that is put together."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.passes.apple.mould import cast_of
from backend.passes.face import Barcode, News, PassFace, Shown
from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace
from models.barcode_format import BarcodeFormat
from tests.passes.apple.chain import AT, TOKEN, maker
from tests.passes.apple.faces import faces
from tests.passes.apple.rules import Read
from tests.passes.face import anna

MAKER = maker()
_TEXTS = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["Points", "Tier", '","', "\\", '"', "~00~", "Баллы\n", "</a>"]
)


def filled(face: PassFace) -> bytes:
    return Read(MAKER.make(face, TOKEN, AT)).files["pass.json"]


def together(face: PassFace) -> bytes:
    return MAKER._whole(face, TOKEN)[1]


def with_values(face: PassFace, texts: list[str]) -> PassFace:
    """The same card of somebody else."""
    given = iter(texts)

    def other(shown: Shown) -> Shown:
        text = next(given)
        return replace(shown, value=Bilingual(text, text))

    front = tuple(other(each) for each in face.front)
    barcode = Barcode(BarcodeFormat.EAN13, "4600000000015", next(given), InPlace.QR)
    news = None if face.news is None else News(next(given))
    ends = {"expires": None, "voided": False}
    return replace(face, front=front, barcode=barcode, news=news, back=face.back[:1], **ends)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(faces(), st.lists(st.lists(_TEXTS, min_size=15, max_size=15), min_size=2, max_size=2))
def test_whoever_it_is_of(face: PassFace, people: list[list[str]]) -> None:
    assert filled(face) == together(face)
    for texts in people:
        theirs = with_values(face, texts)
        assert filled(theirs) == together(theirs)


@pytest.mark.parametrize(
    "face",
    [
        anna(barcode=None),
        anna(voided=True),
        anna(expires=AT),
        anna(news=News("a", ((AT, "b"),))),
        anna(opens="https://t.me/a&b'"),
        anna(opens="tg://resolve"),
        anna(barcode=Barcode(BarcodeFormat.QR, "Ёлкина", "1")),
        anna(barcode=Barcode(BarcodeFormat.QR, "1" * 33, "1")),
    ],
)
def test_what_changes_more_than_values_has_none(face: PassFace) -> None:
    assert cast_of(face, TOKEN) is None
    assert filled(face) == together(face)


def test_the_usual_card_has_one() -> None:
    one, other = cast_of(anna(), TOKEN), cast_of(anna(serial="another"), TOKEN)
    assert one is not None
    assert other is not None
    assert one[0] == other[0]
    assert one[1] != other[1]
    renamed = cast_of(anna(brand=Bilingual("Пряник", "Other")), TOKEN)
    assert renamed is not None
    assert renamed[0] != one[0]
