"""A stream cut into pieces of whole lines, with no more than one piece in memory."""

from collections.abc import Iterator

# Of a longer line only the beginning is kept, still too long for whoever reads it.
LONGEST_LINE = 8192


class Cutter:
    """`size`: bytes of a piece. Put chunks in, and `rest` when there are no more."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = bytearray()
        self._skipping = False

    def put(self, chunk: bytes) -> Iterator[bytes]:
        """Every piece that is whole now."""
        self._held += chunk
        while (piece := self._next()) is not None:
            yield piece

    def rest(self) -> bytes:
        """What is left, with an end to its last line; b"" for nothing."""
        left = b"" if self._skipping else bytes(self._held)
        return left if not left or left.endswith(b"\n") else left + b"\n"

    def _next(self) -> bytes | None:
        if self._skipping and not self._skip():
            return None
        if len(self._held) < self._size:
            return None
        end = self._held.rfind(b"\n", 0, self._size) + 1
        if end:
            piece = bytes(self._held[:end])
            del self._held[:end]
            return piece
        piece = bytes(self._held[: LONGEST_LINE + 1]) + b"\n"
        self._skipping = True
        return piece

    def _skip(self) -> bool:
        """To the end of the line; False while it has not come."""
        end = self._held.find(b"\n") + 1
        if not end:
            self._held.clear()
            return False
        del self._held[:end]
        self._skipping = False
        return True
