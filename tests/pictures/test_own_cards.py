"""A person's own card shows what other wallets show: long values, lines, contact cards."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from backend.pictures.card_picture import CardFace, draw_card
from backend.pictures.drawable import LONGEST, check_drawable
from backend.pictures.layout import DENSE, layout_for
from catalog.symbologies.symbol_rules import SymbolRefused, carried, check_symbol
from models.barcode_format import BarcodeFormat as Kind

CONTACT = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Соколова;Анна\nTEL:+7 916 123-45-67\n" + "NOTE:" + "x" * 200
) + "\nEND:VCARD"
LONG = {
    Kind.QR: (CONTACT, "x~" * 256, "Я" * 512, "9" * 512),
    Kind.AZTEC: ("x~" * 256, "Я" * 400, "two\nlines"),
    Kind.DATAMATRIX: ("x~" * 256, "Я" * 400, "two\nlines"),
    Kind.PDF417: ("x~" * 200, "Я" * 200, "two\nlines"),
    Kind.CODE128: ("Ab-9" * 10, "9" * 80),
    Kind.CODE39: ("A-1.B-2.C-3.D-4.E-5.F-6.G-7.",),
    Kind.ITF: ("90" * 25,),
    Kind.CODABAR: ("A" + "9" * 36 + "B",),
}
READERS = {
    Kind.QR: zxingcpp.BarcodeFormat.QRCode,
    Kind.AZTEC: zxingcpp.BarcodeFormat.Aztec,
    Kind.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
    Kind.PDF417: zxingcpp.BarcodeFormat.PDF417,
    Kind.CODE128: zxingcpp.BarcodeFormat.Code128,
    Kind.CODE39: zxingcpp.BarcodeFormat.Code39,
    Kind.ITF: zxingcpp.BarcodeFormat.ITF,
    Kind.CODABAR: zxingcpp.BarcodeFormat.Codabar,
}


def picture(kind: Kind, value: str) -> Image.Image:
    face = CardFace(
        brand="Клуб любителей длинных названий",
        primary="#E31E24",
        secondary=None,
        logo=None,
        holder="Анна Соколова",
        balance="1 250 ₽",
        tier="Золотая",
        printed_number=" ".join(value.split())[:128],
        barcode_value=value,
        barcode_format=kind,
    )
    with Image.open(BytesIO(draw_card(face))) as drawn:
        return drawn.convert("RGB")


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in LONG.items() for value in values]
)
def test_long_values_are_drawn_and_read_back(kind: Kind, value: str) -> None:
    with pytest.raises(SymbolRefused):
        check_symbol(kind, value)
    check_drawable(kind, value)
    told = zxingcpp.read_barcode(picture(kind, value), zxingcpp.BarcodeFormats(READERS[kind]))
    assert told is not None
    assert told.bytes.decode() == carried(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.CODE128, "A" * 60),
        (Kind.CODE39, "A" * 40),
        (Kind.ITF, "1" * 100),
        (Kind.CODABAR, "1" * 60),
        (Kind.QR, "x" * (LONGEST + 1)),
        (Kind.QR, "a\x1db"),
        (Kind.CODE128, "a\nb"),
        (Kind.EAN13, "123"),
    ],
)
def test_what_no_scanner_would_read_is_not_drawn(kind: Kind, value: str) -> None:
    with pytest.raises(SymbolRefused):
        check_drawable(kind, value)


def test_the_words_give_way_only_to_long_values() -> None:
    assert layout_for(Kind.QR, "x" * 201) is DENSE
    assert layout_for(Kind.QR, "x" * 200) is not DENSE
    assert layout_for(Kind.CODE128, "x" * 40) is layout_for(Kind.CODE128, "x")
