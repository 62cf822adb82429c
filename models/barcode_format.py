"""The barcode symbologies that a card can carry."""

from enum import StrEnum


class BarcodeFormat(StrEnum):
    """Stored, sent over the API and written in brand packs by these values."""

    QR = "qr"
    EAN13 = "ean13"
    EAN8 = "ean8"
    UPCA = "upca"
    CODE128 = "code128"
    CODE39 = "code39"
    ITF = "itf"
    CODABAR = "codabar"
    PDF417 = "pdf417"
    AZTEC = "aztec"
    DATAMATRIX = "datamatrix"
