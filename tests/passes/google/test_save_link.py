"""Links that save a card: short, signed by the account, and without what is secret."""

import base64
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given, settings

from backend.passes.face import Barcode, PassFace
from backend.passes.google.loyalty_object import loyalty_object
from backend.passes.google.save_link import LONGEST_TOKEN, named_link, save_link
from backend.passes.google.service_account import KeyRefused, read_service_account
from catalog.bilingual import Bilingual
from models.barcode_format import BarcodeFormat
from tests.passes.face import anna
from tests.passes.faces import faces
from tests.passes.google.account import EMAIL, ISSUER, account, key, key_file

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PAY = "https://pay.google.com"
START = f"{PAY}/gp/v/save/"


def opened(link: str) -> dict[str, Any]:
    """What the token says, its signature checked by the public key alone."""
    assert link.startswith(START)
    token = link.removeprefix(START)
    assert len(token) <= LONGEST_TOKEN
    signed, _, signature = token.rpartition(".")
    key().public_key().verify(_unpacked(signature), signed.encode(), PKCS1v15(), hashes.SHA256())
    header, claims = (orjson.loads(_unpacked(part)) for part in signed.split("."))
    assert header == {"alg": "RS256", "typ": "JWT"}
    told: dict[str, Any] = claims
    return told


def _unpacked(part: str) -> bytes:
    assert "=" not in part
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_annas_card_is_in_its_link() -> None:
    made = loyalty_object(ISSUER, anna())
    link = save_link(account(), PAY, made, NOW)
    assert link is not None
    assert opened(link) == {
        "iss": EMAIL,
        "aud": "google",
        "typ": "savetowallet",
        "iat": int(NOW.timestamp()),
        "origins": [],
        "payload": {"loyaltyObjects": [made]},
    }


def test_a_long_or_a_secret_one_is_named_alone() -> None:
    long = loyalty_object(ISSUER, anna(opens="https://t.me/" + "a" * 600))
    qr = Barcode(BarcodeFormat.QR, "4600", "4600")
    secret = loyalty_object(ISSUER, anna(barcode=qr, rotating=True), bytes(20))
    for made in (long, secret):
        assert save_link(account(), PAY, made, NOW) is None
    told = opened(named_link(account(), PAY, long["id"], NOW))
    assert told["payload"] == {"loyaltyObjects": [{"id": long["id"]}]}


@given(faces())
@settings(max_examples=25, deadline=None)
def test_no_link_is_too_long(face: PassFace) -> None:
    made = loyalty_object(ISSUER, face)
    link = save_link(account(), PAY, made, NOW)
    if link is not None:
        assert opened(link)["payload"]["loyaltyObjects"] == [made]


def test_the_length_is_known_before_it_is_signed() -> None:
    made = loyalty_object(ISSUER, anna())
    fits = [
        save_link(account(), PAY, made | {"accountName": "a" * n}, NOW) for n in range(100, 300)
    ]
    lengths = [len(link) - len(START) for link in fits if link is not None]
    assert max(lengths) in {LONGEST_TOKEN, LONGEST_TOKEN - 1}
    assert None in fits


def test_a_key_that_is_none_is_refused_without_a_word_of_it() -> None:
    weak = generate_private_key(65537, 1024)
    pem = weak.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    whole = orjson.loads(key_file())
    for wrong in (
        "no json", "[]", "{}", orjson.dumps(whole | {"type": "authorized_user"}).decode(),
        orjson.dumps(whole | {"private_key": "secret"}).decode(),
        orjson.dumps(whole | {"private_key": pem}).decode(),
        orjson.dumps(whole | {"client_email": None}).decode(),
    ):  # fmt: skip
        with pytest.raises(KeyRefused) as refused:
            read_service_account(wrong)
        assert "secret" not in str(refused.value)


def test_nothing_of_a_key_is_printed() -> None:
    assert "PRIVATE" not in repr(account())
    assert "_RSAPrivateKey" not in repr(account())


def test_letters_of_other_languages_are_as_long_as_they_are() -> None:
    cyrillic = save_link(account(), PAY, {"id": "1", "accountName": "Ё" * 100}, NOW)
    ascii_ = save_link(account(), PAY, {"id": "1", "accountName": "E" * 200}, NOW)
    assert cyrillic is not None
    assert ascii_ is not None
    assert len(cyrillic) == len(ascii_)
    assert Bilingual("Ё", "E").ru in str(opened(cyrillic))
