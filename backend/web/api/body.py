"""Reading a body within its bounds: bytes, time, depth, length of lists."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import orjson
from aiohttp import web

from backend.web.api.operation import FileBody, RawBody
from backend.web.api.trouble import Problem, Trouble
from backend.web.unpacked import ACCEPTED, Damaged, UnknownCoding, unpacked

LARGEST_JSON = 1024 * 1024
DEEPEST = 16
LONGEST_LIST = 10_000
SECONDS = 30.0
# Of a whole file.
FILE_SECONDS = 900.0
# Some editors and shells set it in front of UTF-8.
_MARK = b"\xef\xbb\xbf"


async def read_json(request: web.Request) -> tuple[Any, bytes]:
    """The value, and the bytes as they came. Raises Problem."""
    if request.content_type != "application/json":
        raise Problem(Trouble.MEDIA_TYPE_WRONG, expected="application/json")
    data = await _read(request, LARGEST_JSON)
    try:
        value = orjson.loads(data.removeprefix(_MARK))
    except orjson.JSONDecodeError as wrong:
        raise _not_json(data, wrong) from None
    _check_form(value)
    return value, data


def _not_json(data: bytes, wrong: orjson.JSONDecodeError) -> Problem:
    # orjson itself gives up beyond a depth that nobody means.
    if "depth" in str(wrong) or "recursion" in str(wrong):
        return Problem(Trouble.BODY_TOO_DEEP, most=DEEPEST)
    line, column = wrong.lineno, wrong.colno
    try:
        data.decode()
    except UnicodeDecodeError as odd:
        # Of these orjson does not say where they are.
        before = data[: odd.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(Trouble.BODY_NOT_JSON, line=line, column=column)


async def read_raw(request: web.Request, wanted: RawBody) -> bytes:
    """Raises Problem."""
    check_type(request, wanted)
    return await _read(request, wanted.largest)


async def _read(request: web.Request, largest: int) -> bytes:
    told = request.content_length
    if told is not None and told > largest:
        raise Problem(Trouble.BODY_TOO_LARGE, most=largest)
    held = bytearray()
    with _told_what_is_wrong():
        async with asyncio.timeout(SECONDS):
            async for chunk in unpacked(request):
                held += chunk
                if len(held) > largest:
                    raise Problem(Trouble.BODY_TOO_LARGE, most=largest)
    return bytes(held)


@contextmanager
def _told_what_is_wrong() -> Iterator[None]:
    """While a body arrives. Raises Problem."""
    try:
        yield
    except TimeoutError:
        raise Problem(Trouble.BODY_TOO_SLOW, seconds=int(SECONDS)) from None
    except UnknownCoding:
        accepted = {"Accept-Encoding": ACCEPTED}
        raise Problem(Trouble.ENCODING_UNKNOWN, headers=accepted, expected=ACCEPTED) from None
    except Damaged:
        raise Problem(Trouble.BODY_DAMAGED) from None


class Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


async def file_chunks(
    request: web.Request, wanted: FileBody, digest: Digest
) -> AsyncIterator[bytes]:
    """The body as it arrives, each part of it in time. Raises Problem."""
    told, held = request.content_length, 0
    if told is not None and told > wanted.largest:
        raise Problem(Trouble.BODY_TOO_LARGE, most=wanted.largest)
    ends = asyncio.get_running_loop().time() + FILE_SECONDS
    chunks = unpacked(request)
    while chunk := await _next_chunk(chunks, ends):
        held += len(chunk)
        if held > wanted.largest:
            raise Problem(Trouble.BODY_TOO_LARGE, most=wanted.largest)
        digest.update(chunk)
        yield chunk


async def _next_chunk(chunks: AsyncIterator[bytes], ends: float) -> bytes:
    """b"" at the end."""
    now = asyncio.get_running_loop().time()
    with _told_what_is_wrong():
        async with asyncio.timeout_at(min(ends, now + SECONDS)):
            return await anext(chunks, b"")


def check_type(request: web.Request, wanted: RawBody | FileBody) -> str:
    """The media type. Raises Problem."""
    if request.content_type not in wanted.media_types:
        raise Problem(Trouble.MEDIA_TYPE_WRONG, expected=" or ".join(wanted.media_types))
    return request.content_type


def _check_form(value: Any) -> None:
    """Not by recursion: how deep it is, is what is asked."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Problem(Trouble.BODY_TOO_DEEP, most=DEEPEST)
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                below += [part for part in each.values() if isinstance(part, dict | list)]
            elif isinstance(each, list):
                if len(each) > LONGEST_LIST:
                    raise Problem(Trouble.LIST_TOO_LONG, most=LONGEST_LIST)
                below += [part for part in each if isinstance(part, dict | list)]
        level = below
