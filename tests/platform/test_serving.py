"""Half-open connections, slow heads and what is no HTTP."""

import asyncio
import json
import logging

import pytest
from aiohttp import web

from backend.platform.settings import Address
from backend.platform.world.serving import UNREADABLE, serving

FREE = Address("127.0.0.1", 0)


def hello() -> web.Application:
    async def say(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/", say)
    return app


async def opened(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow:"])
async def test_a_connection_without_a_head_is_closed(sent: bytes) -> None:
    async with serving(hello(), FREE, head_seconds=0.05) as address:
        reader, writer = await opened(address)
        writer.write(sent)
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()


async def test_one_with_a_head_stays_open_for_the_next() -> None:
    async with serving(hello(), FREE, head_seconds=0.05) as address:
        reader, writer = await opened(address)
        for _ in range(2):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.1)
        writer.close()


async def test_more_connections_than_there_is_room_for_are_closed_at_once() -> None:
    async with serving(hello(), FREE, most=3) as address:
        held = [await opened(address) for _ in range(3)]
        reader, writer = await opened(address)
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()
        held[0][1].write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"200" in await held[0][0].readline()
        for _, one in held:
            one.close()


async def test_nonsense_is_answered_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        async with serving(hello(), FREE) as address:
            for nonsense in (b"GET / HTTP/9\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"A" * 20000):
                reader, writer = await opened(address)
                writer.write(nonsense + b"\r\n\r\n")
                answer = await reader.read()
                assert b" 400 " in answer.splitlines()[0]
                assert b"application/problem+json" in answer
                assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == UNREADABLE
                assert b"AAAA" not in answer
                writer.close()
    assert not [record for record in caplog.records if record.exc_info]
