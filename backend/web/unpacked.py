"""A body as it was before it was packed for the way (`Content-Encoding`), as it arrives.

aiohttp would take one that ends in the middle for whole, and an unknown coding for none.
"""

import zlib
from collections.abc import AsyncIterator, Iterator

from aiohttp import web

# What is told to whoever packs otherwise, as RFC 9110 has it.
ACCEPTED = "gzip, deflate, identity"
_GZIP, _ZLIB, _RAW = 31, 15, -15
_CODINGS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
# So that little can never become much at once.
_PIECE = 64 * 1024


class UnknownCoding(web.HTTPUnsupportedMediaType):
    """Something else than ACCEPTED."""

    def __init__(self) -> None:
        super().__init__(headers={"Accept-Encoding": ACCEPTED})


class Damaged(web.HTTPBadRequest):
    """It is not what its Content-Encoding says, or ends in the middle."""


async def unpacked(request: web.Request) -> AsyncIterator[bytes]:
    """Raises UnknownCoding and Damaged. Whoever reads it bounds length and time."""
    told = ",".join(request.headers.getall("Content-Encoding", ())).strip().lower()
    if told in {"", "identity"}:
        async for chunk in request.content.iter_any():
            yield chunk
        return
    if told not in _CODINGS:
        raise UnknownCoding
    packed: _Packed | None = None
    async for chunk in request.content.iter_any():
        if packed is None:
            packed = _Packed(_bits(told, chunk))
        for piece in packed.pieces(chunk):
            yield piece
    if packed is not None and not packed.ended:
        raise Damaged


def _bits(coding: str, first: bytes) -> int:
    """Some send deflate as its RFC has it, some without the zlib head around it."""
    bare = coding == "deflate" and first[:1] and first[0] & 0x0F != 8
    return _RAW if bare else _CODINGS[coding]


class _Packed:
    """One stream, or several of gzip one after the other, which are one file."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._stream = zlib.decompressobj(bits)

    @property
    def ended(self) -> bool:
        return self._stream.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Raises Damaged."""
        while True:
            if self._stream.eof and data:
                self._stream = zlib.decompressobj(self._bits)
            try:
                piece = self._stream.decompress(data, _PIECE)
            except zlib.error:
                raise Damaged from None
            if piece:
                yield piece
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if not data and (self._stream.eof or len(piece) < _PIECE):
                return
