"""Reads every barcode of a file. Heavy and on hostile input: elsewhere than in a worker process
of `Reader` it is for tests and the command line.
"""

import time

from PIL import Image

from backend.reading.files.open_file import open_file
from backend.reading.result import FileRefused, FoundBarcode, Reading, Unreadable
from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.ladder import read_page
from backend.reading.symbols.votes import Verdict

MOST = 32
"""Barcodes that are reported of one file."""


def read_file(data: bytes, *, budget_seconds: float = 5.0) -> Reading:
    """Never raises for what is in the file. The budget, of CPU, is checked between steps of some
    0.1 s."""
    began = time.monotonic()
    try:
        found, left = _read(data, began, Deadline.after(budget_seconds))
    except FileRefused as refused:
        return Reading(refused=refused.code, ms=_ms(began))
    except MemoryError:
        return Reading(refused=Unreadable.TOO_DEMANDING, ms=_ms(began))
    return Reading(tuple(found[:MOST]), None, _ms(began), left)


def _read(data: bytes, began: float, deadline: Deadline) -> tuple[list[FoundBarcode], int]:
    opened = open_file(data)
    found: list[FoundBarcode] = []
    left = opened.left
    for number, page in enumerate(opened.pages):
        if number and deadline.passed():
            left += 1
            continue
        known = {(barcode.format, barcode.text) for barcode in found}
        verdicts = [
            verdict
            for verdict in read_page(page, deadline)
            if (verdict.format, verdict.text) not in known
        ]
        found += _in_reading_order(
            [_barcode(verdict, page, number, _ms(began)) for verdict in verdicts]
        )
    return found, left


def _barcode(verdict: Verdict, page: Image.Image, number: int, ms: int) -> FoundBarcode:
    across = [min(1000, max(0, round(1000 * x / page.width))) for x, _ in verdict.corners]
    down = [min(1000, max(0, round(1000 * y / page.height))) for _, y in verdict.corners]
    box = (min(across), min(down), max(across), max(down))
    return FoundBarcode(verdict.format, verdict.text, verdict.confident, number, box, ms)


def _in_reading_order(barcodes: list[FoundBarcode]) -> list[FoundBarcode]:
    """Rows from the top; in a row from the left. Whoever begins above a middle is in its row."""
    rows: list[list[FoundBarcode]] = []
    for barcode in sorted(barcodes, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        if rows and barcode.box[1] <= (rows[-1][0].box[1] + rows[-1][0].box[3]) / 2:
            rows[-1].append(barcode)
        else:
            rows.append([barcode])
    return [barcode for row in rows for barcode in sorted(row, key=lambda one: one.box[0])]


def _ms(began: float) -> int:
    return round(1000 * (time.monotonic() - began))
