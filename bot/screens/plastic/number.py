"""What a card number looks like, per barcode format: an example and a hint in words."""

from backend.platform.words import Translator
from models.barcode_format import BarcodeFormat

_EXAMPLES = {
    BarcodeFormat.QR: "LC-20481234",
    BarcodeFormat.EAN13: "2000000012345",
    BarcodeFormat.EAN8: "20001234",
    BarcodeFormat.UPCA: "200000012344",
    BarcodeFormat.CODE128: "LC20481234",
    BarcodeFormat.CODE39: "LC20481234",
    BarcodeFormat.ITF: "20481234",
    BarcodeFormat.CODABAR: "20481234",
    BarcodeFormat.PDF417: "LC-20481234",
    BarcodeFormat.AZTEC: "LC-20481234",
    BarcodeFormat.DATAMATRIX: "LC-20481234",
}


def number_example(barcode_format: BarcodeFormat) -> str:
    return _EXAMPLES[barcode_format]


def number_hint(words: Translator, barcode_format: BarcodeFormat) -> str:
    """«needs 13 digits with the check digit»."""
    return words(f"number-hint-{barcode_format.value}")
