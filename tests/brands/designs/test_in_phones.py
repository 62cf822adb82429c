"""Whatever a design says, it can be looked at as each phone shows it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from backend.brands.designs.in_phones import of_apple, of_google
from backend.passes.face import Barcode, PassFace, Pictures
from backend.pictures.phones.apple_back import apple_back
from backend.pictures.phones.apple_front import apple_front
from backend.pictures.phones.google_card import google_card
from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace
from catalog.looks.colours import BLACK, DARK, WHITE
from models.barcode_format import BarcodeFormat
from tests.passes.face import anna
from tests.passes.faces import faces

EAN = Barcode(BarcodeFormat.EAN13, "4600000000015", "4600 0000 0001 5")


@settings(max_examples=5, deadline=None)
@given(faces())
def test_any_face_is_drawn(face: PassFace) -> None:
    face = replace(face, barcode=EAN, pictures=Pictures())
    for drawn in (
        apple_front(of_apple(face, "ru")),
        apple_back(of_apple(face, "en"), "Updates"),
        google_card(of_google(face, "ru")),
    ):
        assert drawn.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("in_place", "shown", "on_strip"),
    [
        (InPlace.QR, BarcodeFormat.QR, False),
        (InPlace.CODE128, BarcodeFormat.CODE128, False),
        (InPlace.PICTURE, None, True),
    ],
)
def test_what_apple_cannot_draw(
    in_place: InPlace, shown: BarcodeFormat | None, on_strip: bool
) -> None:
    face = anna(barcode=replace(EAN, in_place=in_place))
    card = of_apple(face, "ru")
    assert (card.code.format if card.code else None, card.drawn) == (shown, on_strip)
    assert (card.strip is not None) == on_strip
    google = of_google(face, "ru").code
    assert google is not None
    assert google.format is BarcodeFormat.EAN13


def test_each_language_reads_its_own() -> None:
    face = anna(program_name=Bilingual("Карта", "Card"))
    for made in (of_apple, of_google):
        assert (made(face, "ru").title, made(face, "en").title) == ("Карта", "Card")
    russian, english = of_apple(face, "ru"), of_apple(face, "en")
    assert (russian.back[0].label, english.back[0].label) != ("", "")
    assert {line.label for line in russian.back} != {line.label for line in english.back}
    leads = [line.value for line in russian.back if line.leads]
    assert "pryanik.example" in leads


def test_google_chooses_an_ink_that_can_be_read() -> None:
    look = anna().look
    for ground, ink in (("#FFFFFF", DARK), ("#000000", WHITE)):
        card = of_google(anna(look=replace(look, primary=ground)), "ru")
        assert (card.ink, card.ground) == (ink, WHITE if ink is DARK else BLACK)
