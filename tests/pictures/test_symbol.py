"""What a symbol may carry, how it is refused, and that its modules are whole pixels."""

import pytest
import zxingcpp
from PIL import Image

from backend.pictures.symbol import draw_symbol, fit_symbol
from catalog.symbologies.symbol_rules import (
    MAX_LENGTH,
    SymbolRefused,
    check_symbol,
    normalise,
    spellings,
)
from models.barcode_format import BarcodeFormat as Kind

IMPOSSIBLE = [
    (Kind.EAN13, "4006381333932", "check digit 2", "1, as in 4006381333931"),
    (Kind.EAN13, "400638133393", "12 digits", "as in 4006381333931"),
    (Kind.EAN13, "40063", "5 digits", "13 digits"),
    (Kind.EAN13, "40063813339З1", "'З' at position 12", "13 digits"),
    (Kind.EAN13, "٤006381333931", "position 1", "13 digits"),
    (Kind.EAN8, "96385075", "check digit 5", "4, as in 96385074"),
    (Kind.EAN8, "9638507", "7 digits", "as in 96385074"),
    (Kind.UPCA, "036000291453", "check digit 3", "2, as in 036000291452"),
    (Kind.UPCA, "0036000291452", "13 digits", "12 digits"),
    (Kind.CODE128, "Анна-1", "'А' at position 1", "Latin letters"),
    (Kind.CODE128, "AB\t12", "position 3", "Latin letters"),
    (Kind.CODE128, "é1", "position 1", "Latin letters"),
    (Kind.CODE39, "abc", "'a' at position 1", "capital Latin letters"),
    (Kind.CODE39, "*12*", "'*' at position 1", "capital Latin letters"),
    (Kind.CODE39, "12/P", "'/P'", "no letter right after"),
    (Kind.ITF, "12345", "5 digits", "leading zero: 012345"),
    (Kind.ITF, "1234", "4 digits", "6 or more"),
    (Kind.ITF, "12A456", "'A' at position 3", "even number of digits"),
    (Kind.CODABAR, "A12", "'A' at position 1", "between two of the letters"),
    (Kind.CODABAR, "A1B2C", "'B' at position 2", "between two of the letters"),
    (Kind.CODABAR, "a123b", "small end letters", "capital"),
    (Kind.CODABAR, "1", "too short", "two digits"),
    (Kind.QR, "", "empty", "at least one"),
    (Kind.QR, " 1", "begins or ends with a space", "no spaces"),
]
# A person's own card may have them; a program hands out nothing that a phone hardly shows.
HARDLY_READABLE = [
    (Kind.CODE128, "A" * 19, "takes 244 modules", "18 letters or 36 digits"),
    (Kind.CODE128, "1" * 37, "37 characters", "at most 36"),
    (Kind.ITF, "1" * 32, "32 characters", "at most 30"),
    (Kind.CODABAR, "1" * 17, "19 characters", "at most 18"),
    (Kind.QR, "1\n2", "unprintable character at position 2", "printable"),
    (Kind.QR, "Я" * 101, "202 characters (a Cyrillic letter counts for two)", "at most 200"),
    (Kind.AZTEC, "1" * 101, "101 characters", "at most 100"),
    (Kind.DATAMATRIX, "1" * 151, "151 characters", "at most 150"),
    (Kind.PDF417, "1" * 81, "81 characters", "at most 80"),
]
REFUSED = IMPOSSIBLE + HARDLY_READABLE


@pytest.mark.parametrize(("kind", "value", "what", "expected"), REFUSED)
def test_a_bad_value_is_refused_with_what_was_expected(
    kind: Kind, value: str, what: str, expected: str
) -> None:
    with pytest.raises(SymbolRefused) as refusal:
        check_symbol(kind, value)
    assert what in refusal.value.what
    assert expected in refusal.value.expected
    assert str(refusal.value) == f"{refusal.value.what}; expected {refusal.value.expected}"


@pytest.mark.parametrize(("kind", "value", "what", "expected"), IMPOSSIBLE)
def test_an_impossible_value_is_not_drawn_either(
    kind: Kind, value: str, what: str, expected: str
) -> None:
    with pytest.raises(SymbolRefused):
        draw_symbol(kind, value)
    with pytest.raises(SymbolRefused):
        fit_symbol(kind, value, 1000, 400)


def test_what_the_symbol_carries_is_said_before_it_is_drawn() -> None:
    assert normalise(Kind.UPCA, "03600029145") == "036000291452"
    assert normalise(Kind.CODABAR, "123456") == "A123456A"
    assert normalise(Kind.CODABAR, "C123456D") == "C123456D"
    assert normalise(Kind.QR, "Карта № 7") == "Карта № 7"


def test_a_scanned_card_is_found_however_the_scanner_spells_it() -> None:
    assert spellings(Kind.UPCA, "036000291452") == {"036000291452", "0036000291452"}
    assert spellings(Kind.EAN13, "0036000291452") == {"0036000291452", "036000291452"}
    assert spellings(Kind.EAN13, "4006381333931") == {"4006381333931"}
    assert spellings(Kind.CODABAR, "123456") == {"123456", "A123456A"}
    assert spellings(Kind.CODE128, "AB-1") == {"AB-1"}


def test_every_format_knows_its_longest_value() -> None:
    assert set(MAX_LENGTH) == set(Kind)


def test_cyrillic_travels_as_utf8_in_every_matrix_symbol() -> None:
    for kind in (Kind.QR, Kind.AZTEC, Kind.DATAMATRIX, Kind.PDF417):
        (found,) = zxingcpp.read_barcodes(fit_symbol(kind, "Карман", 480, 480))
        assert found.bytes == "Карман".encode()


def test_data_matrix_is_square_whatever_the_length() -> None:
    for length in range(1, 60):
        symbol = draw_symbol(Kind.DATAMATRIX, "1" * length)
        assert symbol.width == symbol.height


def test_qr_keeps_error_correction_m_or_better() -> None:
    for length in (1, 14, 60, 200):
        (found,) = zxingcpp.read_barcodes(
            draw_symbol(Kind.QR, "x" * length),
            zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        )
        assert found.ec_level in {"M", "Q", "H"}


@pytest.mark.parametrize("length", [10, 20, 40, 41, 60, 80])
def test_pdf417_spends_a_quarter_or_more_on_error_correction(length: int) -> None:
    (found,) = zxingcpp.read_barcodes(fit_symbol(Kind.PDF417, ("Ab1-" * 20)[:length], 1016, 270))
    assert int(found.ec_level.rstrip("%")) >= 25


def test_pdf417_takes_the_shape_of_its_box() -> None:
    wide = fit_symbol(Kind.PDF417, "12345678901234567890", 1016, 270)
    high = fit_symbol(Kind.PDF417, "12345678901234567890", 300, 600)
    assert wide.width / wide.height > high.width / high.height


QUIET = {
    Kind.QR: (4, 4),
    Kind.EAN13: (11, 7),
    Kind.EAN8: (7, 7),
    Kind.UPCA: (9, 9),
    Kind.CODE128: (10, 10),
    Kind.CODE39: (10, 10),
    Kind.ITF: (10, 10),
    Kind.CODABAR: (10, 10),
    Kind.PDF417: (2, 2),
    Kind.AZTEC: (2, 2),
    Kind.DATAMATRIX: (2, 2),
}
SAMPLE = {Kind.EAN13: "4006381333931", Kind.EAN8: "96385074", Kind.UPCA: "036000291452"}


@pytest.mark.parametrize("kind", Kind)
def test_the_quiet_zone_is_full_and_modules_are_whole_pixels(kind: Kind) -> None:
    value = SAMPLE.get(kind, "123456789012")
    once, thrice = draw_symbol(kind, value, scale=1), draw_symbol(kind, value, scale=3)
    assert (thrice.width, thrice.height) == (once.width * 3, once.height * 3)
    assert thrice == once.resize(thrice.size, Image.Resampling.NEAREST)
    assert {tone for _, tone in once.getcolors() or []} == {0, 255}
    ink = once.point(lambda tone: 255 - tone).getbbox()
    assert ink is not None
    assert (ink[0], once.width - ink[2]) == QUIET[kind]


@pytest.mark.parametrize("kind", Kind)
def test_a_fitted_symbol_stays_in_its_box_and_fills_most_of_it(kind: Kind) -> None:
    value = SAMPLE.get(kind, "123456789012")
    symbol = fit_symbol(kind, value, 1000, 400)
    assert symbol.width <= 1000
    assert symbol.height <= 400
    assert max(symbol.width / 1000, symbol.height / 400) > 0.8


def test_a_box_too_small_is_refused() -> None:
    with pytest.raises(SymbolRefused, match="does not fit"):
        fit_symbol(Kind.EAN13, "4006381333931", 100, 100)
