"""A pass keeps the rules of the format whatever stands on it, and OpenSSL takes its signature."""

import io
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
import zxingcpp
from hypothesis import given, settings
from PIL import Image

from backend.passes.apple.maker import MOST_TOGETHER, bundle
from backend.passes.face import Barcode, News, PassFace, Pictures, Shown
from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace, Place, Shows
from models.barcode_format import BarcodeFormat
from tests.passes.apple.chain import AT, TOKEN, certificate, chain, maker, openssl_verifies
from tests.passes.apple.faces import faces, picture
from tests.passes.apple.rules import Read
from tests.passes.face import anna


def made(face: PassFace) -> Read:
    return Read(maker().make(face, TOKEN, AT))


@settings(max_examples=60)
@given(faces())
def test_any_face_keeps_the_rules(face: PassFace) -> None:
    read = made(face)
    assert read.said["serialNumber"] == face.serial
    for shown in face.front + face.back:
        if not (shown.value.en and shown.value.ru):
            continue
        said = read.field(shown.key)
        for language, text in (("ru", shown.value.ru), ("en", shown.value.en)):
            assert read.shown(language, said["value"]) == text
            assert read.shown(language, said["label"]) == getattr(shown.label, language)
    if face.news is not None:
        for language in ("ru", "en"):
            assert read.shown(language, read.field("news")["value"]) == face.news.text


def test_openssl_takes_it_and_notices_a_change(tmp_path: Path) -> None:
    files = made(anna()).files
    manifest, signature = files["manifest.json"], files["signature"]
    assert openssl_verifies(tmp_path, manifest, signature, chain().root).good
    changed = manifest.replace(b"icon.png", b"icom.png")
    assert not openssl_verifies(tmp_path, changed, signature, chain().root).good
    other = bytearray(signature)
    other[-1] ^= 1
    assert not openssl_verifies(tmp_path, manifest, bytes(other), chain().root).good
    # Lines stay as they are: a text is not made one of mails.
    lines = b'{"a": "b",\n"c": "d"}\r\n'
    signed = certificate().signer.sign(lines, AT)
    assert openssl_verifies(tmp_path, lines, signed, chain().root).good
    assert not openssl_verifies(tmp_path, lines.replace(b"\r", b""), signed, chain().root).good


def test_another_root_takes_it_not(tmp_path: Path) -> None:
    files = made(anna()).files
    verdict = openssl_verifies(
        tmp_path, files["manifest.json"], files["signature"], chain().intermediate
    )
    assert not verdict.good


def test_news_light_up_the_phone_and_stay_on_the_back() -> None:
    read = made(anna(news=News("Пряник дня: -30 %", ((AT, "Открылись"),))))
    assert read.field("news")["changeMessage"] == "%@"
    assert read.field("news_earlier")["value"] == "21.11.2026\nОткрылись"


def test_a_change_is_told_with_the_new_value_and_otherwise_silently() -> None:
    told = Shown(
        Place.HEADER, Shows.BALANCE, "balance", Bilingual("Баллы", "Points"), Bilingual("7", "7"),
        Bilingual("Теперь {value} баллов", "Now"),
    )  # fmt: skip
    read = made(anna(front=(told,)))
    said = read.field("balance")["changeMessage"]
    assert read.shown("ru", said) == "Теперь %@ баллов"
    assert read.shown("en", said) == "Now %@"
    assert "changeMessage" not in made(anna()).field("balance")


@pytest.mark.parametrize(
    ("kind", "in_place", "shown"),
    [
        (BarcodeFormat.EAN13, InPlace.QR, ["QR"]),
        (BarcodeFormat.EAN13, InPlace.CODE128, ["Code128", "QR"]),
        (BarcodeFormat.EAN13, InPlace.PICTURE, []),
        (BarcodeFormat.AZTEC, InPlace.PICTURE, ["Aztec"]),
    ],
)
def test_a_barcode_that_wallet_cannot_draw(
    kind: BarcodeFormat, in_place: InPlace, shown: list[str]
) -> None:
    read = made(anna(barcode=Barcode(kind, "4600000000015", "4600000000015", in_place)))
    said = read.said.get("barcodes", [])
    assert [each["format"].removeprefix("PKBarcodeFormat") for each in said] == shown
    assert ("strip.png" in read.files) == (shown == [])


@pytest.mark.parametrize("name", ["strip.png", "strip@2x.png", "strip@3x.png"])
def test_the_picture_of_a_barcode_is_read_by_a_scanner(name: str) -> None:
    barcode = Barcode(BarcodeFormat.EAN13, "4600000000015", "4600000000015", InPlace.PICTURE)
    read = made(anna(barcode=barcode, pictures=Pictures(strip=picture(900, 300))))
    with Image.open(io.BytesIO(read.files[name])) as strip:
        (found,) = zxingcpp.read_barcodes(strip.convert("L"))
    assert found.text == "4600000000015"


def test_a_barcode_too_long_for_the_strip_is_shown_as_qr() -> None:
    long = Barcode(BarcodeFormat.CODE39, "KARMAN-" * 9, "1", InPlace.PICTURE)
    assert made(anna(barcode=long)).said["barcodes"][0]["format"] == "PKBarcodeFormatQR"


def test_no_number_in_a_blocked_card_and_a_deleted_one_is_void() -> None:
    read = made(anna(barcode=None, voided=True, expires=AT))
    assert "barcodes" not in read.said
    assert read.said["voided"] is True
    assert read.said["expirationDate"] == "2026-11-21T09:00:00Z"


def test_what_has_no_room_in_front_is_on_the_back() -> None:
    words = Bilingual("Имя", "Name")
    many = tuple(Shown(Place.HEADER, Shows.OWN, f"own_{n}", words, words) for n in range(5))
    card = made(anna(front=many)).said["storeCard"]
    assert [each["key"] for each in card["headerFields"]] == ["own_0", "own_1", "own_2"]
    assert {"own_3", "own_4"} <= {
        each["key"]
        for each in card["secondaryFields"] + card["auxiliaryFields"] + card["backFields"]
    }


def test_the_same_face_gives_the_same_file_and_another_persons_another() -> None:
    one, again = (maker().make(anna(), TOKEN, AT) for _ in range(2))
    assert one == again
    other = replace(anna(), holder="Борис", serial="other")
    assert maker().make(other, TOKEN, AT) != one


def test_several_passes_go_in_one_file() -> None:
    several = [maker().make(anna(serial=f"serial-{n}"), TOKEN, AT) for n in range(MOST_TOGETHER)]
    with ZipFile(io.BytesIO(bundle(several))) as archive:
        assert archive.testzip() is None
        serials = [Read(archive.read(name)).said["serialNumber"] for name in archive.namelist()]
    assert serials == [f"serial-{n}" for n in range(MOST_TOGETHER)]
