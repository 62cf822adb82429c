"""How Wallet is told of a barcode: it draws four symbologies itself, anything else in its place or
as a picture on the strip."""

from typing import Any

from backend.passes.face import Barcode
from catalog.looks.card_design import InPlace
from models.barcode_format import BarcodeFormat

DRAWN = {
    BarcodeFormat.QR: "PKBarcodeFormatQR",
    BarcodeFormat.PDF417: "PKBarcodeFormatPDF417",
    BarcodeFormat.AZTEC: "PKBarcodeFormatAztec",
    BarcodeFormat.CODE128: "PKBarcodeFormatCode128",
}
# Of a Code 128 that a till reads off a telephone.
_LONGEST = 32


def is_picture(barcode: Barcode | None) -> bool:
    """Whether it stands on the strip."""
    return (
        barcode is not None and barcode.in_place is InPlace.PICTURE and barcode.format not in DRAWN
    )


def is_square(barcode: Barcode | None) -> bool:
    """Whether it takes the room of fields."""
    return barcode is not None and _shown(barcode) in {BarcodeFormat.QR, BarcodeFormat.AZTEC}


def barcodes_of(barcode: Barcode | None) -> list[dict[str, Any]]:
    """The first that a device knows is shown: a watch draws no Code 128."""
    if barcode is None or is_picture(barcode):
        return []
    shown = _shown(barcode)
    found = [_told(barcode, shown)]
    if shown is BarcodeFormat.CODE128:
        found.append(_told(barcode, BarcodeFormat.QR))
    return found


def _shown(barcode: Barcode) -> BarcodeFormat:
    wanted = barcode.format
    if wanted not in DRAWN:
        wanted = BarcodeFormat.QR
        if barcode.in_place is InPlace.CODE128 and len(barcode.value) <= _LONGEST:
            wanted = BarcodeFormat.CODE128
    if wanted is BarcodeFormat.CODE128 and not barcode.value.isascii():
        return BarcodeFormat.QR
    return wanted


def _told(barcode: Barcode, shown: BarcodeFormat) -> dict[str, Any]:
    return {
        "format": DRAWN[shown],
        "message": barcode.value,
        "messageEncoding": _encoding(barcode.value),
        "altText": barcode.number,
    }


def _encoding(value: str) -> str:
    try:
        value.encode("iso-8859-1")
    except UnicodeEncodeError:
        return "utf-8"
    return "iso-8859-1"
