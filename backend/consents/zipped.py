"""Files as one ZIP, whole or piece by piece. It carries no time of its own, or two packs of one
state would differ."""

import io
import zipfile
from collections.abc import AsyncIterator, Mapping
from typing import IO

_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(_entry(name), files[name])
    return packed.getvalue()


async def zip_pieces(files: AsyncIterator[tuple[str, bytes]]) -> AsyncIterator[bytes]:
    """Parts of one file follow one another; no more is held than one of them."""
    out = _Pieces()
    name, entry = "", None
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        try:
            async for file, content in files:
                if entry is None or file != name:
                    _close(entry)
                    name, entry = file, archive.open(_entry(file), "w", force_zip64=True)
                entry.write(content)
                yield out.taken()
        finally:
            _close(entry)
    yield out.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _close(entry: IO[bytes] | None) -> None:
    if entry is not None:
        entry.close()


class _Pieces(io.RawIOBase):
    """What was written and not taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._kept += piece
        return len(piece)

    def taken(self) -> bytes:
        piece = bytes(self._kept)
        self._kept.clear()
        return piece
