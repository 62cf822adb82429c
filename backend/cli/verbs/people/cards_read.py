"""karman cards read: every barcode of photos, screenshots and PDF files."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.cli.verb import run_async

if TYPE_CHECKING:
    from backend.reading.result import Reading

_WHY = {
    "empty": "the file is empty",
    "too_large": "larger than 20 MB; send a smaller picture",
    "too_many_pixels": "more than 25 megapixels (JPEG: 70); make the picture smaller",
    "heic": "HEIC cannot be read; save the picture as JPEG",
    "not_a_picture": "neither JPEG, PNG, WEBP nor PDF",
    "damaged": "the file is damaged or cut off",
    "encrypted": "the PDF asks for a password; save it without one",
    "too_demanding": "takes more time or memory than a card can need",
    "busy": "too many files are waiting; try again",
    "missing": "no such file",
    "not_readable": "the file cannot be opened",
}


def add(actions: Any) -> None:
    parser: argparse.ArgumentParser = actions.add_parser(
        "read",
        help="print every barcode found in pictures and PDF files",
        description="Print every barcode found. Exit code 0 if every file was looked at, whether "
        "or not it held one; 1 if one could not be, the others are told all the same.",
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON object per file")
    parser.set_defaults(act=act)


def act(arguments: argparse.Namespace) -> int:
    return run_async(read_all(arguments.files, as_json=arguments.json))


async def read_all(files: Sequence[Path], *, as_json: bool) -> int:
    """0 when every file was looked at, 1 when one was refused or could not be opened."""
    from backend.reading.reader import Reader

    good = True
    async with Reader(waiting=0) as reader:
        for file in files:
            data, refused = _open(file)
            reading = await reader.read(data) if refused is None else None
            good = _tell(file, reading, refused, as_json=as_json) and good
    return 0 if good else 1


def _open(file: Path) -> tuple[bytes, str | None]:
    from backend.reading.files.open_file import MAX_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1), None
    except FileNotFoundError:
        return b"", "missing"
    except OSError:
        return b"", "not_readable"


def _tell(file: Path, reading: "Reading | None", refused: str | None, *, as_json: bool) -> bool:
    """Whether the file was looked at."""
    if reading is not None and reading.refused is not None:
        refused = reading.refused.value
    if as_json:
        print(json.dumps(_plain(file, reading, refused), ensure_ascii=False))
    elif refused is not None:
        print(f"karman: {file}: {_WHY[refused]}", file=sys.stderr)
    elif reading is not None:
        _tell_readably(file, reading)
    return refused is None


def _plain(file: Path, reading: "Reading | None", refused: str | None) -> dict[str, object]:
    barcodes = [
        {
            "format": found.format.value,
            "text": found.text,
            "confident": found.confident,
            "page": found.page + 1,
            "box": found.box,
            "ms": found.ms,
        }
        for found in (reading.barcodes if reading else ())
    ]
    return {
        "file": str(file),
        "barcodes": barcodes,
        "ms": reading.ms if reading else 0,
        "pages_left": reading.pages_left if reading else 0,
        "refused": refused,
    }


def _tell_readably(file: Path, reading: "Reading") -> None:
    for found in reading.barcodes:
        sure = "" if found.confident else "   to be confirmed"
        page = f" page {found.page + 1}" if found.page else ""
        print(f"{file}{page}: {found.format.value:10} {found.text}{sure}   {found.ms} ms")
    if not reading.barcodes:
        print(f"{file}: no barcode found   {reading.ms} ms")
    if reading.pages_left:
        print(f"{file}: {reading.pages_left} more pages were not read")
