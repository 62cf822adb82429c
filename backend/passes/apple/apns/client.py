"""Pushes to devices: one connection for all of them, opened anew when it has ended."""

import asyncio
from collections import Counter
from collections.abc import Collection

from backend.passes.apple.apns.outcome import Fate, Outcome, outcome_of
from backend.passes.apple.apns.way import Way
from backend.passes.apple.apns.wire import MOST_AT_ONCE, Connection, Headers, opened
from backend.platform.clock import Clock
from backend.platform.watch.metrics import APNS

_BODY = b"{}"
# Asked anew over another connection before it is left for later.
_TRIES = 3
_ANSWER_SECONDS = 20.0


class Apns:
    """Of one certificate or token. `asked`: pushes by how they ended."""

    def __init__(self, way: Way, clock: Clock) -> None:
        self._way, self._clock = way, clock
        self._connection: Connection | None = None
        self._opening = asyncio.Lock()
        self.asked: Counter[str] = Counter()

    async def push_all(self, topic: str, tokens: Collection[str]) -> dict[str, Outcome]:
        """What became of each. As soon as one is refused the rest are left."""
        left, outcomes = list(dict.fromkeys(tokens)), dict[str, Outcome]()
        stopped: Outcome | None = None

        async def take() -> None:
            nonlocal stopped
            while left:
                token = left.pop()
                outcomes[token] = stopped or await self.push(topic, token)
                if outcomes[token].fate is Fate.REFUSED:
                    stopped = outcomes[token]

        async with asyncio.TaskGroup() as group:
            for _ in range(min(MOST_AT_ONCE, len(left))):
                group.create_task(take())
        return outcomes

    async def push(self, topic: str, token: str) -> Outcome:
        outcome = Outcome(Fate.LATER, "unreachable")
        for _ in range(_TRIES):
            try:
                outcome = await self._pushed(topic, token)
                break
            except (OSError, TimeoutError):
                continue
        self.asked[outcome.fate] += 1
        APNS.labels(outcome.fate.value).inc()
        return outcome

    async def _pushed(self, topic: str, token: str) -> Outcome:
        connection = await self._connected()
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                answer = await connection.ask(self._headers(topic, token), _BODY)
        except TimeoutError:
            # A connection that a firewall forgot answers nobody.
            await self._drop(connection)
            raise
        return outcome_of(answer.status, answer.body)

    def _headers(self, topic: str, token: str) -> Headers:
        way = self._way
        headers = [
            (":method", "POST"), (":scheme", "https" if way.tls else "http"),
            (":authority", way.host), (":path", f"/3/device/{token}"), ("apns-topic", topic),
            ("content-length", str(len(_BODY))),
        ]  # fmt: skip
        if way.token is not None:
            headers.append(("authorization", f"bearer {way.token.at(self._clock())}"))
        return headers

    async def _connected(self) -> Connection:
        async with self._opening:
            if self._connection is None or self._connection.closed:
                # What it was asked and may still answer is waited for by who has asked.
                self._connection = await opened(self._way)
            return self._connection

    async def _drop(self, connection: Connection) -> None:
        if self._connection is connection:
            self._connection = None
        await connection.close()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
