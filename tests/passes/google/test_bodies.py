"""Classes and objects are what Google's published schema and its rules say, whatever the design."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from backend.passes.face import Barcode, PassFace, Pictures, ShownLocation
from backend.passes.google.loyalty_class import class_id, loyalty_class
from backend.passes.google.loyalty_object import (
    digest_of,
    has_secret,
    loyalty_object,
    told_of,
)
from backend.passes.google.patch import patch_of
from backend.passes.google.pictures import NoLogo
from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace, Look, PassField, Place, Shows
from models.barcode_format import BarcodeFormat
from tests.passes.face import anna
from tests.passes.faces import faces
from tests.passes.google.account import ISSUER
from tests.support.edge.google_rules import class_mistakes, object_mistakes

LOGO = Pictures(logo_at="https://karman.example/media/" + "a" * 64)
CALLBACK = "https://karman.example/wallet/google/callback"
KEY = bytes(range(20))


@given(faces())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_face_is_a_class_and_an_object(face: PassFace) -> None:
    made, card = loyalty_class(ISSUER, face, CALLBACK), loyalty_object(ISSUER, face, KEY)
    assert class_mistakes(made, ISSUER) == []
    assert object_mistakes(card, ISSUER) == []
    assert card["classId"] == made["id"] == class_id(ISSUER, face)


def test_what_stands_on_annas_card() -> None:
    card = loyalty_object(ISSUER, anna())
    assert card["id"] == f"{ISSUER}.5cQ0v1rZ2mYkqB7hW3nT9xLs"
    assert card["barcode"] == {
        "type": "EAN_13",
        "value": "4600000000015",
        "alternateText": "4600000000015",
    }
    assert card["loyaltyPoints"]["balance"] == {"int": 120}
    assert (card["accountName"], card["accountId"]) == ("Анна Ёлкина", "4600000000015")
    assert card["secondaryLoyaltyPoints"]["balance"] == {"string": "Gold"}


def test_what_all_cards_have_is_the_classs() -> None:
    face = anna(pictures=LOGO)
    made = loyalty_class(ISSUER, face, CALLBACK)
    assert made["textModulesData"][0]["localizedBody"]["defaultValue"]["value"] == "Балл за рубль."
    rows = made["classTemplateInfo"]["cardTemplateOverride"]["cardRowTemplateInfos"]
    assert [next(iter(row)) for row in rows] == ["oneItem", "twoItems", "oneItem"]
    assert made["callbackOptions"] == {"url": CALLBACK}
    assert "Балл за рубль" not in str(loyalty_object(ISSUER, face))


def test_a_variant_has_a_class_of_its_own() -> None:
    gold = Look("#C0A000", "#FFFFFF", variant="Золотые люди")
    plain, varied = class_id(ISSUER, anna()), class_id(ISSUER, anna(look=gold))
    assert plain == f"{ISSUER}.pryanik-club"
    assert varied.startswith(f"{plain}.")
    assert varied.isascii()


def test_no_class_without_a_logo_that_google_can_fetch() -> None:
    for where in ("", "http://127.0.0.1:8080/media/1"):
        with pytest.raises(NoLogo):
            loyalty_class(ISSUER, anna(pictures=Pictures(logo_at=where)))


def test_a_blocked_card_shows_no_barcode_and_a_patch_takes_it_away() -> None:
    patch = patch_of(loyalty_object(ISSUER, anna(barcode=None)))
    assert patch["barcode"] is None
    assert patch["rotatingBarcode"] is None
    assert "notifyPreference" not in patch
    assert patch_of({}, notify=True)["notifyPreference"] == "NOTIFY_ON_UPDATE"


def test_nothing_stands_on_a_card_that_has_ended() -> None:
    card = loyalty_object(ISSUER, anna(voided=True))
    assert card == {"id": card["id"], "classId": f"{ISSUER}.pryanik-club", "state": "EXPIRED"}


@pytest.mark.parametrize(
    ("value", "place", "kind"),
    [
        ("12345678901231", InPlace.QR, "ITF_14"),
        ("123456", InPlace.QR, "QR_CODE"),
        ("123456", InPlace.CODE128, "CODE_128"),
        ("123456", InPlace.PICTURE, "CODE_128"),
    ],
)
def test_what_google_does_not_draw(value: str, place: InPlace, kind: str) -> None:
    card = loyalty_object(ISSUER, anna(barcode=Barcode(BarcodeFormat.ITF, value, value, place)))
    assert card["barcode"]["type"] == kind


def test_only_a_square_one_rotates_and_no_link_carries_its_key() -> None:
    qr = Barcode(BarcodeFormat.QR, "4600", "4600")
    card = loyalty_object(ISSUER, anna(barcode=qr, rotating=True), KEY)
    assert has_secret(card)
    assert card["rotatingBarcode"]["totpDetails"]["parameters"][0]["key"] == KEY.hex()
    for face, key in (
        (anna(rotating=True), KEY),
        (anna(barcode=qr, rotating=True), b""),
        (anna(barcode=Barcode(BarcodeFormat.QR, "a{totp_value_0}", "a"), rotating=True), KEY),
    ):
        plain = loyalty_object(ISSUER, face, key)
        assert not has_secret(plain)
        assert plain["barcode"]["value"] == face.barcode.value  # type: ignore[union-attr]


def test_the_digest_follows_what_stands_there() -> None:
    one, other = loyalty_object(ISSUER, anna()), loyalty_object(ISSUER, anna(holder="x"))
    assert digest_of(one) == digest_of(other) == digest_of(dict(reversed(one.items())))
    moved = loyalty_object(ISSUER, anna(locations=(ShownLocation(55.75, 37.61),)))
    assert digest_of(one) != digest_of(moved)


def test_the_phone_lights_up_for_what_the_design_tells_of() -> None:
    assert told_of(anna()) == ""
    change = Bilingual("Теперь {value}", "Now {value}")
    face = anna()
    front = tuple(
        type(each)(each.place, each.shows, each.key, each.label, each.value, change)
        for each in face.front
    )
    assert told_of(anna(front=front)) == "balance=120\ntier=Gold"


def test_more_fields_than_google_shows_stand_in_the_last() -> None:
    label, said = Bilingual("Л", "L"), Bilingual("з", "v")
    kind = type(anna().back[0])
    back = tuple(kind(Place.BACK, Shows.OWN, f"own_{n}", label, said) for n in range(14))
    texts = loyalty_object(ISSUER, anna(back=back))["textModulesData"]
    assert len(texts) == 10
    assert texts[-1]["localizedBody"]["defaultValue"]["value"] == "з" + "\nЛ: з" * 4


def test_a_row_of_the_front_holds_three() -> None:
    fields = [PassField(Place.HEADER, Shows.OWN, f"f{n}") for n in range(3)]
    fields += [PassField(Place.PRIMARY, Shows.BALANCE), PassField(Place.SECONDARY, Shows.TIER)]
    look = Look("#000000", "#FFFFFF", front=tuple(fields))
    made = loyalty_class(ISSUER, anna(look=look, pictures=LOGO))
    rows = made["classTemplateInfo"]["cardTemplateOverride"]["cardRowTemplateInfos"]
    assert [next(iter(row)) for row in rows] == ["threeItems", "twoItems"]
    assert class_mistakes(made, ISSUER) == []


def test_a_moment_of_expiry_has_its_offset() -> None:
    card = loyalty_object(ISSUER, anna(expires=datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)))
    assert card["validTimeInterval"] == {"end": {"date": "2027-01-02T03:04:05+00:00"}}
