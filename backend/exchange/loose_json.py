"""JSON as Apple's own tools read it: a comma may stand after the last value."""

from typing import Any

import orjson


def loads(data: bytes) -> Any:
    """Raises orjson.JSONDecodeError."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return orjson.loads(without_trailing_commas(data))


def without_trailing_commas(data: bytes) -> bytes:
    """Each byte is looked at once; what stands in quotes stays as it is."""
    kept: list[bytes] = []
    at = 0
    while at < len(data):
        quote = data.find(b'"', at)
        outside = data[at:] if quote < 0 else data[at:quote]
        kept.append(_trimmed(outside))
        if quote < 0:
            break
        at = _end_of_text(data, quote)
        kept.append(data[quote:at])
    return b"".join(kept)


def _trimmed(outside: bytes) -> bytes:
    """Punctuation between texts, without the commas that a bracket follows."""
    first, *rest = outside.split(b",")
    kept = [first]
    for piece in rest:
        closes = piece.lstrip()[:1] in {b"}", b"]"}
        kept.append(piece if closes else b"," + piece)
    return b"".join(kept)


def _end_of_text(data: bytes, quote: int) -> int:
    """Where the text that begins at `quote` is over."""
    at = quote + 1
    while at < len(data):
        if data[at] == 0x5C:
            at += 2
        elif data[at] == 0x22:
            return at + 1
        else:
            at += 1
    return len(data)
