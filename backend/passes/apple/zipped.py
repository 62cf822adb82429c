"""Zip files put together of whole entries, stored as they are: pictures are packed already, and
packing the rest costs more than the signature."""

from collections.abc import Mapping, Sequence
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
    for text, content in files.items():
        name = text.encode("ascii")
        head, listed = _entry(name, content, offset)
        local += (head, name, content)
        central += (listed, name)
        offset += len(head) + len(name) + len(content)
    return Entries(b"".join(local), b"".join(central), before.count + len(files))


def zipped(before: Entries, files: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A whole file: what stands first, and then `files`."""
    offset, central = len(before.local), [before.central]
    local = [before.local]
    for name, content in files:
        head, listed = _entry(name, content, offset)
        local += (head, name, content)
        central += (listed, name)
        offset += len(head) + len(name) + len(content)
    size = sum(map(len, central))
    count = before.count + len(files)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)
    return b"".join((*local, *central, end))


def _entry(name: bytes, content: bytes, offset: int) -> tuple[bytes, bytes]:
    """What stands before the name in the file, and in its directory."""
    size, check, named = len(content), crc32(content), len(name)
    return (
        _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, check, size, size, named, 0),
        _CENTRAL.pack(
            b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, check, size, size, named,
            0, 0, 0, 0, 0, offset,
        ),
    )  # fmt: skip
