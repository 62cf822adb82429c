"""A Telegram in a process of its own that takes so many messages a second, and punishes.

    python -m tests.bench.parts.strict_telegram RATE

prints its address. It counts as the sandbox does, in penalty mode: after one 429 everything is
refused until the time that it named has passed. An answer takes 30 ms. `GET /told` says how many it
took, of how many chats, from when to when, and how many it refused.
"""

import asyncio
import sys
import time
from collections import Counter

import orjson

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Gate, Limits

LATENCY = 0.03
BURST = 12
_HEAD = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Telegram:
    def __init__(self, rate: float) -> None:
        limits = Limits(per_second=rate, burst=BURST, penalty=True)
        self._gate = Gate(limits, time.monotonic)
        self._chats: Counter[int] = Counter()
        self._first = self._last = 0.0

    def told(self) -> bytes:
        return orjson.dumps({
            "taken": self._chats.total(), "chats": len(self._chats), "refused": self._gate.refused,
            "seconds": self._last - self._first,
        })  # fmt: skip

    async def answer(self, path: bytes, body: bytes) -> tuple[int, bytes]:
        if path == b"/told":
            return 200, self.told()
        if not path.endswith(b"/sendMessage"):
            bot = {"id": 1000000004, "is_bot": True, "first_name": "b", "username": "b_bot"}
            return 200, orjson.dumps({"ok": True, "result": bot})
        chat = _chat(body)
        try:
            self._gate.admit(chat, paid=b"allow_paid_broadcast" in body)
        except ApiError as refused:
            told = {"ok": False, "error_code": 429, "description": refused.description}
            return 429, orjson.dumps(told | {"parameters": refused.parameters})
        self._last = time.monotonic()
        self._first = self._first or self._last
        self._chats[chat] += 1
        await asyncio.sleep(LATENCY)
        whom = {"id": chat, "type": "private", "first_name": "A"}
        message = {"message_id": self._chats.total(), "date": 1, "chat": whom, "text": "x"}
        return 200, orjson.dumps({"ok": True, "result": message})


def _chat(body: bytes) -> int:
    """Of JSON, a form, or a form in parts."""
    if body.startswith(b"{"):
        return int(orjson.loads(body)["chat_id"])
    _, _, after = body.partition(b"chat_id")
    return int("".join(chr(each) for each in after[:40] if chr(each).isdigit()))


class Connection(asyncio.Protocol):
    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._read = b""
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].lower()
            size = 0
            for line in head.split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    size = int(line[15:])
            if len(self._read) < end + 4 + size:
                return
            path = self._read.split(b" ", 2)[1]
            body = self._read[end + 4 : end + 4 + size]
            self._read = self._read[end + 4 + size :]
            task = asyncio.create_task(self._answer(path, body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _answer(self, path: bytes, body: bytes) -> None:
        status, answer = await self._telegram.answer(path, body)
        self._transport.write(_HEAD % (status, len(answer)) + answer)  # type: ignore[attr-defined]


async def main(rate: float) -> None:
    telegram = Telegram(rate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(telegram), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
