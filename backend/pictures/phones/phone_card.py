"""What a phone shows of a card, in one language: plain values."""

from dataclasses import dataclass

from catalog.looks.colours import Rgb
from models.barcode_format import BarcodeFormat


@dataclass(frozen=True, slots=True)
class Line:
    """`leads`: it is tapped, and leads somewhere."""

    label: str
    value: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """`number` stands below the symbol."""

    format: BarcodeFormat
    value: str
    number: str


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """`logo` and `strip` are pictures (PNG, JPEG, WebP). `rows`: what stands below the strip.
    `drawn`: the barcode is on the strip already."""

    brand: str
    title: str
    ground: Rgb
    ink: Rgb
    label: Rgb
    logo: bytes | None = None
    strip: bytes | None = None
    header: tuple[Line, ...] = ()
    primary: Line | None = None
    rows: tuple[tuple[Line, ...], ...] = ()
    back: tuple[Line, ...] = ()
    code: Code | None = None
    drawn: bool = False
