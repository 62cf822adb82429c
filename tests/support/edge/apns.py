"""APNs on this machine: HTTP/2, as strict as Apple's about what it is sent.

`tokens` are the devices that it knows: what is called when one is pushed. It refuses what Apple
refuses, fails as often as it is told to, and counts.
"""

import asyncio
import json
import re
import ssl
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, RequestReceived, StreamEnded
from h2.exceptions import H2Error
from h2.settings import SettingCodes, Settings

Push = Callable[[], Awaitable[None]]
_PATH = re.compile(r"/3/device/([0-9a-f]{64})")


@dataclass(slots=True)
class Apns:
    """`fails`: answers to give in turn before anything is looked at, (status, reason); `leaves`:
    after how many requests of a connection it says GOAWAY, 0 for never."""

    topic: str
    tokens: dict[str, Push] = field(default_factory=dict)
    unregistered: dict[str, int] = field(default_factory=dict)
    fails: deque[tuple[int, str]] = field(default_factory=deque)
    leaves: int = 0
    at_once: int = 100
    bearer: str = ""
    pushes: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    connections: int = 0
    most_at_once: int = 0
    port: int = 0

    def answer(self, headers: dict[str, str], body: bytes, certified: bool) -> tuple[int, str]:
        if self.fails:
            return self.fails.popleft()
        found = _PATH.fullmatch(headers.get(":path", ""))
        refusals = {
            (405, "MethodNotAllowed"): headers.get(":method") != "POST",
            (404, "BadPath"): not headers.get(":path", "").startswith("/3/device/"),
            (400, "BadTopic"): headers.get("apns-topic") != self.topic,
            (403, "MissingProviderToken"): not certified
            and not re.fullmatch(self.bearer, headers.get("authorization", "")),
            (400, "BadDeviceToken"): found is None,
            (400, "PayloadEmpty"): body not in {b"{}", b'{"aps":{}}'},
        }
        wrong = next((answer for answer, applies in refusals.items() if applies), None)
        return wrong or self._device(found.group(1) if found else "")

    def _device(self, token: str) -> tuple[int, str]:
        if token in self.unregistered:
            return 410, "Unregistered"
        if token not in self.tokens:
            return 400, "BadDeviceToken"
        self.pushes[token] += 1
        return 200, ""


class _Connection:
    def __init__(
        self, apns: Apns, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._apns, self._reader, self._writer = apns, reader, writer
        self._h2 = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._asked: dict[int, dict[str, str]] = {}
        self._bodies: dict[int, bytes] = {}
        self._answered = 0
        tls: Any = writer.get_extra_info("ssl_object")
        self._certified = bool(tls and tls.getpeercert())

    async def serve(self) -> None:
        self._h2.local_settings = Settings(
            client=False, initial_values={SettingCodes.MAX_CONCURRENT_STREAMS: self._apns.at_once}
        )
        self._h2.initiate_connection()
        self._writer.write(self._h2.data_to_send())
        with suppress(OSError, H2Error):
            while data := await self._reader.read(65536):
                pushed = [
                    push for event in self._h2.receive_data(data) if (push := self._take(event))
                ]
                self._writer.write(self._h2.data_to_send())
                await self._writer.drain()
                for push in pushed:
                    await push()
        self._writer.close()

    def _take(self, event: object) -> Push | None:
        if isinstance(event, RequestReceived):
            self._asked[event.stream_id] = {str(k): str(v) for k, v in event.headers}
            self._apns.most_at_once = max(self._apns.most_at_once, len(self._asked))
        elif isinstance(event, DataReceived):
            self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            self._bodies[event.stream_id] = self._bodies.get(event.stream_id, b"") + event.data
        elif isinstance(event, StreamEnded):
            return self._answer(event.stream_id)
        return None

    def _answer(self, stream: int) -> Push | None:
        headers, body = self._asked.pop(stream), self._bodies.pop(stream, b"")
        apns = self._apns
        if apns.leaves and self._answered >= apns.leaves:
            # What is asked now is asked of nobody.
            self._h2.close_connection(ErrorCodes.NO_ERROR)
            return None
        self._answered += 1
        status, reason = apns.answer(headers, body, self._certified)
        apns.answers[status] += 1
        said: dict[str, object] = {"reason": reason} if reason else {}
        token = headers.get(":path", "").rpartition("/")[2]
        if status == 410:
            said["timestamp"] = apns.unregistered[token]
        content = json.dumps(said).encode() if said else b""
        self._h2.send_headers(
            stream,
            [(":status", str(status)), ("apns-id", f"{stream:032x}")],
            end_stream=not content,
        )
        if content:
            self._h2.send_data(stream, content, end_stream=True)
        return apns.tokens.get(token) if status == 200 else None


@asynccontextmanager
async def apns_server(topic: str, tls: ssl.SSLContext | None = None) -> AsyncIterator[Apns]:
    """Listens until the block ends. Without `tls` any token of a provider is taken."""
    apns = Apns(topic, bearer="" if tls else ".*")
    writers: set[asyncio.StreamWriter] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        apns.connections += 1
        writers.add(writer)
        await _Connection(apns, reader, writer).serve()
        writers.discard(writer)

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
    apns.port = server.sockets[0].getsockname()[1]
    try:
        yield apns
    finally:
        server.close()
        for writer in list(writers):
            writer.close()
        await server.wait_closed()
