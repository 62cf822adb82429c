"""Whatever number a card has, a phone reads it back from the picture that was sent."""

import string
from io import BytesIO

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.pictures.card_picture import CardFace, draw_card
from catalog.symbologies.symbol_rules import (
    MAX_LENGTH,
    SymbolRefused,
    check_digit,
    normalise,
    spellings,
)
from models.barcode_format import BarcodeFormat

READERS = {
    BarcodeFormat.QR: zxingcpp.BarcodeFormat.QRCode,
    BarcodeFormat.EAN13: zxingcpp.BarcodeFormat.EAN13,
    BarcodeFormat.EAN8: zxingcpp.BarcodeFormat.EAN8,
    BarcodeFormat.UPCA: zxingcpp.BarcodeFormat.UPCA,
    BarcodeFormat.CODE128: zxingcpp.BarcodeFormat.Code128,
    BarcodeFormat.CODE39: zxingcpp.BarcodeFormat.Code39,
    BarcodeFormat.ITF: zxingcpp.BarcodeFormat.ITF,
    BarcodeFormat.CODABAR: zxingcpp.BarcodeFormat.Codabar,
    BarcodeFormat.PDF417: zxingcpp.BarcodeFormat.PDF417,
    BarcodeFormat.AZTEC: zxingcpp.BarcodeFormat.Aztec,
    BarcodeFormat.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
}
ANY_LOYALTY_FORMAT = zxingcpp.BarcodeFormats(list(READERS.values()))
COLOURS = (("#FFD600", "#FFB300"), ("#0B0B10", None), ("#E31E24", "#B0101A"), ("#FFFFFF", None))
HALF = (540, 340)
SMOOTHINGS = (Image.Resampling.BILINEAR, Image.Resampling.LANCZOS)

LETTERS = string.ascii_letters + string.digits + " -_.:/+#"
NUMBERS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=length, max_size=length)


def trimmed(alphabet: str, least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=least, max_size=most).filter(
        lambda text: text == text.strip()
    )


def accepted(
    barcode: BarcodeFormat, values: st.SearchStrategy[str]
) -> st.SearchStrategy[tuple[BarcodeFormat, str]]:
    def passes(value: str) -> bool:
        try:
            normalise(barcode, value)
        except SymbolRefused:
            return False
        return True

    return values.filter(passes).map(lambda value: (barcode, value))


def checked(length: int) -> st.SearchStrategy[str]:
    return digits(length - 1).map(lambda body: body + check_digit(body))


CODE39 = string.ascii_uppercase + string.digits + "-. "
CODABAR = string.digits + "-$:/.+"
VALUES = {
    BarcodeFormat.QR: trimmed(LETTERS + "Карман№", 1, 100),
    BarcodeFormat.EAN13: checked(13),
    BarcodeFormat.EAN8: checked(8),
    BarcodeFormat.UPCA: checked(12) | digits(11),
    BarcodeFormat.CODE128: trimmed(LETTERS + "!\"$%&'()*,;<=>?@[]^`{|}~\\", 1, 18) | digits(20),
    BarcodeFormat.CODE39: trimmed(CODE39, 1, 16),
    BarcodeFormat.ITF: st.integers(3, 15).flatmap(lambda pairs: digits(pairs * 2)),
    BarcodeFormat.CODABAR: trimmed(CODABAR, 2, 16)
    | st.builds("{}{}{}".format, st.sampled_from("ABCD"), digits(14), st.sampled_from("ABCD")),
    BarcodeFormat.PDF417: trimmed(LETTERS, 1, 80) | digits(20),
    BarcodeFormat.AZTEC: trimmed(LETTERS, 1, 100) | digits(20),
    BarcodeFormat.DATAMATRIX: trimmed(LETTERS, 1, 150) | digits(20),
}
LONGEST = {
    BarcodeFormat.QR: ("Я" * 100, "Aя1-" * 40, "x~" * 100, "9" * 200),
    BarcodeFormat.EAN13: ("9999999999994", "0000000000000"),
    BarcodeFormat.EAN8: ("99999995", "00000000"),
    BarcodeFormat.UPCA: ("999999999993", "000000000000"),
    BarcodeFormat.CODE128: ("0e{!lG", "9" * 36, "aZ-aZ-" * 3, "AB" + "7" * 28),
    BarcodeFormat.CODE39: ("W" * 16, "9" * 16, "A-1.B-2.C-3.D-4."),
    BarcodeFormat.ITF: ("9" * 30, "0" * 30, "90" * 15),
    BarcodeFormat.CODABAR: ("9" * 16, "D" + ":/.+" * 4 + "C", "$-" * 8),
    BarcodeFormat.PDF417: ("x~" * 40, "Я" * 40, "A1b-" * 20),
    BarcodeFormat.AZTEC: ("x~" * 50, "Я" * 50, "A1b-" * 25),
    BarcodeFormat.DATAMATRIX: ("x~" * 75, "Я" * 75, "A1b-" * 37),
}


def annas_card(barcode: BarcodeFormat, value: str, colours: tuple[str, str | None]) -> Image.Image:
    face = CardFace(
        brand="Кофе у Лены",
        primary=colours[0],
        secondary=colours[1],
        logo=None,
        holder="Анна Соколова",
        balance="1 250 ₽",
        tier="Золотая",
        printed_number=value,
        barcode_value=value,
        barcode_format=barcode,
        caption="Покажите на кассе",
    )
    with Image.open(BytesIO(draw_card(face))) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (1080, 680)
        return picture.convert("RGB")


def assert_reads(picture: Image.Image, barcode: BarcodeFormat, value: str) -> None:
    """A reader told the format reports the carried text; any other, one of the spellings.

    One symbol is asked for, as scanners do: asked for all of them, this reader goes on to look
    at a third of the size, where two bars may blur alike and pass for a second Code 128.
    """
    told = zxingcpp.read_barcode(picture, zxingcpp.BarcodeFormats(READERS[barcode]))
    assert told is not None, (barcode, value)
    zero = "0" if barcode is BarcodeFormat.UPCA else ""  # this reader pads UPC-A to EAN-13
    assert told.text == zero + normalise(barcode, value), (barcode, value)
    untold = zxingcpp.read_barcode(picture, ANY_LOYALTY_FORMAT)
    assert untold is not None, (barcode, value)
    assert untold.text in spellings(barcode, value), (barcode, value)


def assert_reads_at_both_sizes(
    barcode: BarcodeFormat, value: str, colours: tuple[str, str | None]
) -> None:
    picture = annas_card(barcode, value, colours)
    assert_reads(picture, barcode, value)
    for smoothing in SMOOTHINGS:
        assert_reads(picture.resize(HALF, smoothing), barcode, value)


@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_a_random_number_reads_back_from_the_card(barcode: BarcodeFormat) -> None:
    @NUMBERS
    @given(accepted(barcode, VALUES[barcode]), st.sampled_from(COLOURS))
    def story(card: tuple[BarcodeFormat, str], colours: tuple[str, str | None]) -> None:
        assert_reads_at_both_sizes(*card, colours)

    story()


@pytest.mark.parametrize("colours", COLOURS, ids=lambda colours: str(colours[0]))
@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_the_longest_numbers_read_back_from_the_card(
    barcode: BarcodeFormat, colours: tuple[str, str | None]
) -> None:
    for value in LONGEST[barcode]:
        assert len(normalise(barcode, value).encode()) <= MAX_LENGTH[barcode]
        assert_reads_at_both_sizes(barcode, value, colours)
