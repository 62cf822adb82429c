"""One HTTP/2 connection over which many requests are asked at once."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import (
    ConnectionTerminated,
    DataReceived,
    Event,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
)
from h2.exceptions import H2Error

from backend.passes.apple.apns.way import Way

Headers = Sequence[tuple[str, str]]
# However many the server allows: each waits in memory.
MOST_AT_ONCE = 200
# Stream ids end at 2**31; a connection that has served so many makes way for a new one.
_MOST_STREAMS = 1_000_000
_ANSWER_BYTES = 16 * 1024
_READ_BYTES = 64 * 1024
_OPEN_SECONDS = 10.0


class Gone(ConnectionError):
    """The connection broke or was closed by the server; nobody knows of this request."""


@dataclass(slots=True)
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Connection:
    """Open with `opened`; over once `closed` is true. What the server had not answered when it said
    GOAWAY is asked anew: a device that is told twice asks once more and is told that it has all."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._h2 = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._answers: dict[int, Answer] = {}
        self._room = asyncio.Condition()
        self._ready = False
        self._reading: asyncio.Task[None] | None = None
        self.closed = False

    async def ask(self, headers: Headers, body: bytes) -> Answer:
        """Raises Gone when the connection ends before the answer."""
        async with self._room:
            while not (self.closed or self._has_room(len(body))):
                await self._room.wait()
            if self.closed:
                raise Gone("closed before it was asked")
            stream, answer = self._begin(headers, body)
        try:
            await self._flush()
            return await answer
        finally:
            await self._over(stream)

    def _begin(self, headers: Headers, body: bytes) -> tuple[int, "asyncio.Future[Answer]"]:
        try:
            stream = self._h2.get_next_available_stream_id()
            self._h2.send_headers(stream, headers)
            self._h2.send_data(stream, body, end_stream=True)
        except H2Error as wrong:
            raise Gone(str(wrong)) from wrong
        answer = asyncio.get_running_loop().create_future()
        self._waiting[stream] = answer
        self._answers[stream] = Answer()
        if stream > 2 * _MOST_STREAMS:
            self.closed = True
        return stream, answer

    def _has_room(self, size: int) -> bool:
        most = min(self._h2.remote_settings.max_concurrent_streams, MOST_AT_ONCE)
        window = self._h2.outbound_flow_control_window
        return self._ready and len(self._waiting) < most and window >= size

    async def _over(self, stream: int) -> None:
        answer = self._waiting.pop(stream, None)
        self._answers.pop(stream, None)
        if answer is not None and not answer.done():
            # Nobody waits any longer: the server need not go on.
            with suppress(H2Error, OSError):
                self._h2.reset_stream(stream)
                await self._flush()
        if self.closed and not self._waiting:
            self._writer.close()
        async with self._room:
            self._room.notify_all()

    async def _flush(self) -> None:
        try:
            self._writer.write(self._h2.data_to_send())
            await self._writer.drain()
        except OSError as broken:
            raise Gone(str(broken)) from broken

    def start(self) -> None:
        self._h2.initiate_connection()
        self._writer.write(self._h2.data_to_send())
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        try:
            while data := await self._reader.read(_READ_BYTES):
                for event in self._h2.receive_data(data):
                    self._take(event)
                await self._flush()
                async with self._room:
                    self._room.notify_all()
        except (OSError, H2Error):
            return
        finally:
            self._end(Gone("the connection has ended"))
            async with self._room:
                self._room.notify_all()

    def _take(self, event: Event) -> None:
        match event:
            case RemoteSettingsChanged():
                self._ready = True
            case ResponseReceived():
                told = {str(name): str(value) for name, value in event.headers}
                if answer := self._answers.get(event.stream_id):
                    answer.status, answer.headers = int(told.get(":status", "0")), told
            case DataReceived():
                self._h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                if answer := self._answers.get(event.stream_id):
                    answer.body = (answer.body + event.data)[:_ANSWER_BYTES]
            case StreamEnded():
                self._settle(event.stream_id, None)
            case StreamReset():
                self._settle(event.stream_id, Gone("the stream was reset"))
            case ConnectionTerminated():
                self._end(Gone("the server goes away"))
            case _:
                pass

    def _settle(self, stream: int, wrong: Exception | None) -> None:
        waiting = self._waiting.get(stream)
        if waiting is None or waiting.done():
            return
        if wrong is None:
            waiting.set_result(self._answers[stream])
        else:
            waiting.set_exception(wrong)

    def _end(self, wrong: Exception) -> None:
        self.closed = True
        for stream in list(self._waiting):
            self._settle(stream, wrong)
        self._writer.close()

    async def close(self) -> None:
        self._end(Gone("closed"))
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])


async def opened(way: Way) -> Connection:
    """Raises OSError, TimeoutError included."""
    async with asyncio.timeout(_OPEN_SECONDS):
        reader, writer = await asyncio.open_connection(way.host, way.port, ssl=way.tls)
    connection = Connection(reader, writer)
    connection.start()
    return connection
