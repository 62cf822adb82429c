"""What was read of a picture, as a frame."""

from dataclasses import asdict
from typing import Any

from backend.reading.frames import BadFrame, Frame
from backend.reading.result import FoundBarcode, Reading, Unreadable
from models.barcode_format import BarcodeFormat


def reading_frame(reading: Reading) -> Frame:
    return Frame({"end": True, "reading": asdict(reading)})


def read_reading(frame: Frame) -> Reading:
    """Raises BadFrame."""
    try:
        plain = frame.head["reading"]
        return Reading(
            barcodes=tuple(_barcode(each) for each in plain["barcodes"]),
            refused=Unreadable(plain["refused"]) if plain["refused"] else None,
            ms=plain["ms"],
            pages_left=plain["pages_left"],
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadFrame from wrong


def _barcode(plain: dict[str, Any]) -> FoundBarcode:
    kind, box = BarcodeFormat(plain["format"]), tuple(plain["box"])
    return FoundBarcode(**{**plain, "format": kind, "box": box})
