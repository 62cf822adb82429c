"""Answers come in parts; what is too long ends where it is cut."""

import asyncio

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.sandbox.answered import whole

PART = b"x" * 100_000


async def in_parts(request: web.Request) -> web.StreamResponse:
    answer = web.StreamResponse()
    await answer.prepare(request)
    for _ in range(3):
        await answer.write(PART)
        # The next part is sent when this one was read, or a little later.
        await asyncio.sleep(0)
    return answer


async def test_an_answer_is_read_whole_and_never_more_than_allowed() -> None:
    app = web.Application()
    app.router.add_get("/", in_parts)
    async with TestServer(app) as server, ClientSession() as http:
        for most, expected in ((1 << 20, 300_000), (150_000, 150_000), (0, 0)):
            async with http.get(server.make_url("/")) as answer:
                assert len(await whole(answer, most)) == expected
