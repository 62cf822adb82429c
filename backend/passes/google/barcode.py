"""The barcode of a card, as Google draws it."""

from typing import Any

from backend.passes.face import Barcode
from catalog.looks.card_design import InPlace
from models.barcode_format import BarcodeFormat

_TYPES = {
    BarcodeFormat.QR: "QR_CODE",
    BarcodeFormat.EAN13: "EAN_13",
    BarcodeFormat.EAN8: "EAN_8",
    BarcodeFormat.UPCA: "UPC_A",
    BarcodeFormat.CODE128: "CODE_128",
    BarcodeFormat.CODE39: "CODE_39",
    BarcodeFormat.CODABAR: "CODABAR",
    BarcodeFormat.PDF417: "PDF_417",
    BarcodeFormat.AZTEC: "AZTEC",
    BarcodeFormat.DATAMATRIX: "DATA_MATRIX",
}
_ITF_14_DIGITS = 14
# A laser reads lines alone: where a picture was asked for, lines come nearest to it.
_IN_PLACE = {
    InPlace.QR: "QR_CODE",
    InPlace.CODE128: "CODE_128",
    InPlace.PICTURE: "CODE_128",
}


def barcode_of(barcode: Barcode) -> dict[str, Any]:
    kind = type_of(barcode)
    made = {"type": kind, "value": barcode.value, "alternateText": barcode.number}
    if not barcode.value.isascii():
        made["renderEncoding"] = "UTF_8"
    return made


def type_of(barcode: Barcode) -> str:
    """Google's Interleaved 2 of 5 has 14 digits; of another length it is shown as the design says
    for a wallet that does not know it."""
    if barcode.format is not BarcodeFormat.ITF:
        return _TYPES[barcode.format]
    return "ITF_14" if len(barcode.value) == _ITF_14_DIGITS else _IN_PLACE[barcode.in_place]
