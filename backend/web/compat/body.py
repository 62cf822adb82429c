"""Bodies within their bounds. Media types are not looked at: callers name all sorts."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from aiohttp import web

from backend.web.compat.wrong import Wrong
from backend.web.unpacked import ACCEPTED, Damaged, UnknownCoding, unpacked

LARGEST = 1024 * 1024
SECONDS = 30.0
# Of a list that streams.
STREAM_SECONDS = 900.0


async def read_body(request: web.Request, largest: int = LARGEST) -> bytes:
    """Raises Wrong."""
    held = bytearray()
    async for chunk in chunks(request, largest, SECONDS):
        held += chunk
    return bytes(held)


async def chunks(
    request: web.Request, largest: int, seconds: float = STREAM_SECONDS
) -> AsyncIterator[bytes]:
    """As they arrive, each in time. Raises Wrong."""
    told, got = request.content_length, 0
    if told is not None and told > largest:
        raise _too_large(largest)
    ends = asyncio.get_running_loop().time() + seconds
    coming = unpacked(request)
    while chunk := await _next(coming, ends):
        got += len(chunk)
        if got > largest:
            raise _too_large(largest)
        yield chunk


async def _next(coming: AsyncIterator[bytes], ends: float) -> bytes:
    """b"" at the end."""
    now = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout_at(min(ends, now + SECONDS)):
            return await anext(coming, b"")
    except TimeoutError:
        raise Wrong(408, "too_slow", "the body did not come in time") from None
    except UnknownCoding:
        raise Wrong(415, "encoding", f"Content-Encoding: expected {ACCEPTED}") from None
    except Damaged:
        raise Wrong(400, "body", "the body is not what its Content-Encoding says") from None


def _too_large(largest: int) -> Wrong:
    return Wrong(413, "too_large", f"the body is larger than {largest} bytes")


def parsed_object(data: bytes, *, empty: bool = False) -> dict[str, Any]:
    """`empty`: no body is an empty object. Raises Wrong."""
    if empty and not data.strip():
        return {}
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as wrong:
        raise Wrong(400, "body", f"the body is no JSON (line {wrong.lineno})") from None
    if not isinstance(found, dict):
        raise Wrong(400, "body", "the body is no JSON object")
    return found
