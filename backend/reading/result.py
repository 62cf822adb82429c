"""What comes of reading a file."""

from dataclasses import dataclass
from enum import StrEnum

from models.barcode_format import BarcodeFormat

LARGEST_PICTURE = 300 * 1024
"""Bytes of a picture that is kept."""


class Unreadable(StrEnum):
    """Why a file was not looked at. Stable: doors translate these."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # more bytes than MAX_BYTES
    TOO_MANY_PIXELS = "too_many_pixels"  # more than MAX_PIXELS
    HEIC = "heic"  # an iPhone original: it should be sent as a photo or a JPEG
    NOT_A_PICTURE = "not_a_picture"  # neither JPEG, PNG, WEBP nor PDF, whatever it is called
    DAMAGED = "damaged"  # begins like one of them and breaks off or makes no sense
    ENCRYPTED = "encrypted"  # a PDF that asks for a password
    TOO_DEMANDING = "too_demanding"  # took more time or memory than a card can need
    BUSY = "busy"  # too many files are waiting already


@dataclass(frozen=True, slots=True)
class FoundBarcode:
    """A barcode as a scanner at the till would report it.

    `confident` is False when the person has to compare the number with the card: the symbology
    has no check digit, or the number was not read twice alike. `page` counts from 0; `box` is
    left, top, right, bottom in thousandths of the page. `ms` since the reading began.
    """

    format: BarcodeFormat
    text: str
    confident: bool
    page: int
    box: tuple[int, int, int, int]
    ms: int


@dataclass(frozen=True, slots=True)
class Reading:
    """`barcodes` in the order in which a person would read them; empty if there are none.

    With `refused` set nothing was looked at. `pages_left` are pages of a PDF beyond the limit
    or the time budget.
    """

    barcodes: tuple[FoundBarcode, ...] = ()
    refused: Unreadable | None = None
    ms: int = 0
    pages_left: int = 0


class FileRefused(Exception):
    """Raised while a file is opened; `read_file` turns it into a Reading."""

    def __init__(self, code: Unreadable) -> None:
        super().__init__(code.value)
        self.code = code
