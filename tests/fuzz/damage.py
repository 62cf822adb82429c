"""What happens to bytes on their way, by accident and on purpose."""

import struct
from random import Random

_NUMBERS = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")


def damaged(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        if not changed:
            break
        random.choice((_flip, _cut, _twice, _insert, _number, _zip_field))(random, changed)
    return bytes(changed)


def _flip(random: Random, data: bytearray) -> None:
    for _ in range(random.choice((1, 4, 64))):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _cut(random: Random, data: bytearray) -> None:
    start = random.randrange(len(data))
    del data[start : start + random.choice((1, 16, 1024, len(data)))]


def _twice(random: Random, data: bytearray) -> None:
    start = random.randrange(len(data))
    piece = bytes(data[start : start + random.choice((8, 512, 4096))])
    data[start:start] = piece * random.choice((1, 2, 50))


def _insert(random: Random, data: bytearray) -> None:
    start = random.randrange(len(data))
    data[start:start] = random.randbytes(random.choice((1, 8, 200)))


def _number(random: Random, data: bytearray) -> None:
    """A length that lies, in either order of bytes."""
    start = random.randrange(len(data))
    form = random.choice(("<I", ">I", "<H", ">H"))
    number = random.choice(_NUMBERS)
    packed = struct.pack(form, number & (0xFFFF if form[1] == "H" else 0xFFFFFFFF))
    data[start : start + len(packed)] = packed


def _zip_field(random: Random, data: bytearray) -> None:
    """A field of an archive's own tables: sizes, methods, flags, places."""
    start = data.find(random.choice(_ZIP_MARKS), random.randrange(len(data)))
    if start >= 0 and start + 46 < len(data):
        place = start + random.randrange(4, 46)
        data[place : place + 4] = struct.pack("<I", random.choice(_NUMBERS))
