"""Zip files put together of whole entries, stored as they are: pictures are packed already, and
packing the rest costs more than the signature."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from struct import Struct
from zlib import crc32

_LOCAL = Struct("<4s5H3L2H")
_CENTRAL = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
# 2026-01-01: every entry bears it, so that the same pass is the same bytes.
_DATE = (2026 - 1980) << 9 | 1 << 5 | 1
_VERSION = 20


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries that stand at the beginning of a file. `central`: what its directory says of
    them."""

    local: bytes = b""
    central: bytes = b""
    count: int = 0


def entries_of(files: Mapping[str, bytes], before: Entries = Entries()) -> Entries:
    """Names are ASCII."""
    local, central = [before.local], [before.central]
    offset = len(before.local)
    for name, content in files.items():
        head, listed = _entry(name.encode("ascii"), content, offset)
        local += (head, content)
        central.append(listed)
        offset += len(head) + len(content)
    return Entries(b"".join(local), b"".join(central), before.count + len(files))


def zipped(before: Entries, files: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A whole file: what stands first, and then `files`."""
    offset, count = len(before.local), before.count
    local, central = [before.local], [before.central]
    for name, content in files:
        head, listed = _entry(name, content, offset)
        local += (head, content)
        central.append(listed)
        offset += len(head) + len(content)
        count += 1
    listing = b"".join(central)
    local += (listing, _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0))
    return b"".join(local)


def _entry(name: bytes, content: bytes, offset: int) -> tuple[bytes, bytes]:
    size, check = len(content), crc32(content)
    what = (_VERSION, 0, 0, 0, _DATE, check, size, size, len(name), 0)
    head = _LOCAL.pack(b"PK\3\4", *what) + name
    return head, _CENTRAL.pack(b"PK\1\2", _VERSION, *what, 0, 0, 0, 0, offset) + name
