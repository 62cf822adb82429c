"""A photo that was missed can be taken again: its seed alone decides what is on it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from models.barcode_format import BarcodeFormat
from tests.bench.photos import Level, take_empty_photo, take_photo

ROOT = Path(__file__).parents[2]
KINDS = (BarcodeFormat.PDF417, BarcodeFormat.ITF, BarcodeFormat.QR)


def _prints() -> list[str]:
    """Digests of a plastic card or a screen at each level, and of a card without a barcode."""
    photos = [
        take_photo(Random(f"again {level} {barcode}"), level, barcode)
        for level, barcode in zip(Level, KINDS, strict=True)
    ]
    photos.append(take_empty_photo(Random("again without"), Level.MEDIUM))
    return [hashlib.sha256(photo.data).hexdigest() for photo in photos]


def test_the_same_seed_gives_the_same_photo_whatever_was_taken_before() -> None:
    first = _prints()
    take_photo(Random("another"), Level.HARD, BarcodeFormat.EAN13)
    assert _prints() == first
    assert len(set(first)) == len(first)


@pytest.mark.parametrize("hashes", ["0", "17"])
def test_another_process_takes_the_same_photo(hashes: str) -> None:
    code = f"from {__name__} import _prints; print(*_prints())"
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hashes},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.split() == _prints()
