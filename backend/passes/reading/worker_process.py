"""What runs in a worker process of `Reader`: files come in, readings go out, all as bytes.

A message is four bytes of length and the bytes. The process holds no secret, opens no file and
may use only so much memory and time: a decoder that is broken by a hostile file dies alone.
"""

import json
import struct
import sys
from dataclasses import asdict
from typing import BinaryIO

from backend.passes.reading.read_file import read_file
from backend.passes.reading.result import FoundBarcode, Reading, Unreadable
from models.barcode_format import BarcodeFormat

LENGTH = struct.Struct(">I")
MEMORY = 900 * 1024 * 1024
"""Bytes of address space."""
CPU_SECONDS = 30
"""For one file, above the reader's own limit: for a process whose parent is gone."""


def main() -> None:
    """Reads files from standard input until it closes."""
    _bound_memory()
    files, readings = sys.stdin.buffer, sys.stdout.buffer
    readings.write(_framed(b"ready"))
    readings.flush()
    while (data := _next_file(files)) is not None:
        _bound_time()
        budget = struct.unpack(">d", data[:8])[0]
        readings.write(_framed(pack(read_file(data[8:], budget_seconds=budget))))
        readings.flush()


def _next_file(files: BinaryIO) -> bytes | None:
    head = files.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    length = LENGTH.unpack(head)[0]
    data = files.read(length)
    return data if len(data) == length else None


def _framed(body: bytes) -> bytes:
    return LENGTH.pack(len(body)) + body


def pack(reading: Reading) -> bytes:
    return json.dumps(asdict(reading)).encode()


def unpack(body: bytes) -> Reading:
    plain = json.loads(body)
    return Reading(
        barcodes=tuple(
            FoundBarcode(
                **{
                    **barcode,
                    "format": BarcodeFormat(barcode["format"]),
                    "box": tuple(barcode["box"]),
                }
            )
            for barcode in plain["barcodes"]
        ),
        refused=Unreadable(plain["refused"]) if plain["refused"] else None,
        ms=plain["ms"],
        pages_left=plain["pages_left"],
    )


if sys.platform == "win32":

    def _bound_memory() -> None:
        """Windows knows no such limits; the reader's time limit holds there too."""

    def _bound_time() -> None:
        """See above."""

else:
    import resource

    def _bound_memory() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def _bound_time() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, hard))


if __name__ == "__main__":
    main()
