"""Many photos of every symbology: what is read, and that nothing wrong is called sure.

The seed is fixed; `make bench only=reading` takes photos that nobody has seen.
"""

from collections import Counter
from random import Random

import pytest

from backend.reading.files.read_file import read_file
from catalog.symbologies.symbol_rules import spellings
from models.barcode_format import BarcodeFormat
from tests.bench.photos import Level, take_empty_photo, take_photo

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]
EACH = 15
AIMS = {Level.EASY: 0.99, Level.MEDIUM: 0.97, Level.HARD: 0.9}


@pytest.mark.parametrize("level", Level)
def test_most_are_read_and_none_is_called_sure_wrongly(level: Level) -> None:
    missed: Counter[BarcodeFormat] = Counter()
    for barcode in BarcodeFormat:
        for place in range(EACH):
            photo = take_photo(Random(f"many {level} {barcode} {place}"), level, barcode)
            assert photo.value is not None
            right = spellings(barcode, photo.value)
            found = read_file(photo.data, budget_seconds=60).barcodes
            assert all(one.text in right for one in found if one.confident)
            missed[barcode] += not any(one.text in right for one in found)
    assert 1 - missed.total() / (EACH * len(BarcodeFormat)) >= AIMS[level], missed


def test_nothing_is_invented() -> None:
    for place in range(150):
        photo = take_empty_photo(Random(f"many without {place}"), list(Level)[place % 3])
        assert read_file(photo.data, budget_seconds=60).barcodes == ()
