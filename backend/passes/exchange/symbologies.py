"""What the exchange formats call a symbology."""

from backend.passes.symbol_rules import SymbolRefused, check_symbol
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
    "PKBarcodeFormatQR": BarcodeFormat.QR,
    "PKBarcodeFormatPDF417": BarcodeFormat.PDF417,
    "PKBarcodeFormatAztec": BarcodeFormat.AZTEC,
    "PKBarcodeFormatCode128": BarcodeFormat.CODE128,
}

VOUCHER_VAULT = {
    "CODE128": BarcodeFormat.CODE128,
    "CODE39": BarcodeFormat.CODE39,
    "EAN13": BarcodeFormat.EAN13,
    "PDF417": BarcodeFormat.PDF417,
    "QR": BarcodeFormat.QR,
}


def drawable(barcode_format: BarcodeFormat | None, value: str) -> BarcodeFormat | None:
    """The format, unless the value cannot be drawn in it: then the card keeps its number and
    its symbology and is shown without a barcode."""
    if barcode_format is None:
        return None
    try:
        check_symbol(barcode_format, value)
    except SymbolRefused:
        return None
    return barcode_format
