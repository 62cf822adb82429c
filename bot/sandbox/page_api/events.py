"""Server-Sent Events: what happens, as it happens, for one person."""

import asyncio

import orjson
from aiohttp import web

from bot.sandbox.page_api.asking import whose

_HEARTBEAT_SECONDS = 15


async def events(request: web.Request) -> web.StreamResponse:
    box, person = whose(request)
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    stream = web.StreamResponse(headers=headers)
    with box.hub.listen(person.id) as queue:
        await stream.prepare(request)
        await stream.write(b"retry: 1000\n: hello\n\n")
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT_SECONDS):
                    event = await queue.get()
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if event is None:
                return stream
            await stream.write(b"data: " + orjson.dumps(event) + b"\n\n")
