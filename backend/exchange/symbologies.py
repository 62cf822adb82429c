"""What the exchange formats call a symbology."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.pictures.drawable import check_drawable
from catalog.symbologies.symbol_rules import SymbolRefused, check_digit, check_symbol
from models.barcode_format import BarcodeFormat

CATIMA = {
    "AZTEC": BarcodeFormat.AZTEC,
    "CODABAR": BarcodeFormat.CODABAR,
    "CODE_39": BarcodeFormat.CODE39,
    "CODE_128": BarcodeFormat.CODE128,
    "DATA_MATRIX": BarcodeFormat.DATAMATRIX,
    "EAN_8": BarcodeFormat.EAN8,
    "EAN_13": BarcodeFormat.EAN13,
    "ITF": BarcodeFormat.ITF,
    "PDF_417": BarcodeFormat.PDF417,
    "QR_CODE": BarcodeFormat.QR,
    "UPC_A": BarcodeFormat.UPCA,
}
# Known to the format, not drawn here: the card is kept with its number and its symbology.
CATIMA_NOT_DRAWN = ("CODE_93", "MAXICODE", "RSS_14", "RSS_EXPANDED", "UPC_E")
TO_CATIMA = {ours: theirs for theirs, ours in CATIMA.items()}

PKPASS = {
    "PKBarcodeFormatQR": "QR_CODE",
    "PKBarcodeFormatPDF417": "PDF_417",
    "PKBarcodeFormatAztec": "AZTEC",
    "PKBarcodeFormatCode128": "CODE_128",
}

VOUCHER_VAULT = {
    "CODE128": "CODE_128",
    "CODE39": "CODE_39",
    "EAN13": "EAN_13",
    "PDF417": "PDF_417",
    "QR": "QR_CODE",
}


@dataclass(frozen=True, slots=True)
class Barcode:
    """What is drawn; without a format the card is shown by its number."""

    format: BarcodeFormat | None
    value: str


def drawn(symbology: str, value: str) -> Barcode:
    """What a wallet that names `symbology` in Catima's words draws for `value`. The value is
    completed where such wallets complete it: a missing check digit, small letters. Where it
    cannot be drawn all the same, it stays as it came."""
    barcode_format = CATIMA.get(symbology)
    if barcode_format is None:
        return Barcode(None, value)
    whole = _COMPLETED.get(barcode_format, str.strip)(value)
    try:
        check_drawable(barcode_format, whole)
    except SymbolRefused:
        return Barcode(None, value)
    return Barcode(barcode_format, whole)


def _checked(length: int) -> Callable[[str], str]:
    def completed(value: str) -> str:
        short = len(value) == length - 1 and value.isascii() and value.isdigit()
        return value + check_digit(value) if short else value

    return completed


_COMPLETED: dict[BarcodeFormat, Callable[[str], str]] = {
    BarcodeFormat.EAN13: _checked(13),
    BarcodeFormat.EAN8: _checked(8),
    BarcodeFormat.CODE39: str.upper,
    BarcodeFormat.CODABAR: str.upper,
}


def spelled(symbology: str) -> str:
    """As people know it: «Code 93», «EAN-13»."""
    return _SPELLED.get(symbology, symbology)


_SPELLED = {
    "AZTEC": "Aztec",
    "CODABAR": "Codabar",
    "CODE_39": "Code 39",
    "CODE_93": "Code 93",
    "CODE_128": "Code 128",
    "DATA_MATRIX": "Data Matrix",
    "EAN_8": "EAN-8",
    "EAN_13": "EAN-13",
    "MAXICODE": "MaxiCode",
    "PDF_417": "PDF417",
    "QR_CODE": "QR",
    "RSS_14": "GS1 DataBar",
    "RSS_EXPANDED": "GS1 DataBar Expanded",
    "UPC_A": "UPC-A",
    "UPC_E": "UPC-E",
}


def symbology_named(text: str) -> str | None:
    """Catima's name of what a person or another program calls `ean-13`; None for no symbology
    at all."""
    return _NAMED.get(_folded(text))


def _folded(text: str) -> str:
    return text.lower().replace("-", "").replace("_", "").replace(" ", "")


_NAMED = {
    **{_folded(name): name for name in (*CATIMA, *CATIMA_NOT_DRAWN)},
    **{_folded(ours.value): theirs for theirs, ours in CATIMA.items()},
}

# What a number without a symbology looks like, the most particular first.
_GUESSES = ("EAN_13", "UPC_A", "EAN_8", "CODE_128", "QR_CODE")


def guessed(number: str) -> str:
    """The symbology in Catima's words; empty when nothing can carry the number. Nothing is
    completed: twelve digits are no EAN-13."""
    for symbology in _GUESSES:
        try:
            check_symbol(CATIMA[symbology], number)
        except SymbolRefused:
            continue
        if symbology != "UPC_A" or len(number) == 12:
            return symbology
    return ""
