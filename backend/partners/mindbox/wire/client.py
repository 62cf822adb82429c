"""The client: one endpoint of a Mindbox project, asked over a session of the caller's."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from uuid import UUID

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from backend.partners.mindbox.wire.answers import read_answer
from backend.partners.mindbox.wire.bodies import Body, written
from backend.partners.mindbox.wire.errors import MindboxError, RateLimited, Unavailable
from backend.partners.mindbox.wire.models import Answer
from backend.partners.mindbox.wire.pace import Pace

HOST = "https://api.mindbox.ru"
MOST_BYTES = 16 * 1024 * 1024


class Authorisation(StrEnum):
    """Both forms are in use: the documentation has the first, older projects the second."""

    SECRET_KEY = "secret_key"  # noqa: S105 (the name of a form)
    MINDBOX = "mindbox"

    def header(self, key: str) -> str:
        if self is Authorisation.SECRET_KEY:
            return f"SecretKey {key}"
        return f'Mindbox secretKey="{key}"'


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Each endpoint has a key of its own."""

    id: str
    secret_key: str = field(repr=False)
    authorisation: Authorisation = Authorisation.SECRET_KEY


@dataclass(frozen=True, slots=True)
class Device:
    """Where the customer is: their address and the id of what they hold, if known."""

    ip: str = ""
    uuid: UUID | None = None


NOWHERE = Device()


@dataclass(frozen=True, slots=True)
class Retry:
    """How often, and after how many seconds, what may be repeated is repeated at once: only 500,
    502, 503, 504 and broken connections, only reads and writes with a transactionId."""

    times: int = 1
    first: float = 0.2
    most: float = 5.0

    def delay(self, attempt: int) -> float:
        return min(self.first * 2.0**attempt, self.most)


@dataclass
class Mindbox:
    """Every method raises MindboxError unless the answer is a success.

    `patience`: for so many seconds a request waits for its turn among the others; beyond, it is
    RateLimited before anything is sent. `clock_there`: what time the last answer said it was.
    """

    session: ClientSession
    endpoint: Endpoint
    host: str = HOST
    pace: Pace = field(default_factory=Pace)
    retry: Retry = Retry()
    seconds: float = 10.0
    patience: float = 1.0
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    clock_there: datetime | None = None

    async def read(self, operation: str, body: Body, device: Device = NOWHERE) -> Answer:
        """Sync, and changes nothing: may be asked again."""
        return await self._asked("sync", operation, body, None, device)

    async def write(
        self, operation: str, body: Body, transaction: UUID, device: Device = NOWHERE
    ) -> Answer:
        """Sync. The same transaction is done once, however often it is sent: from the second time
        on the answer says only that it was done (`was_done_before`)."""
        return await self._asked("sync", operation, body, transaction, device)

    async def queue(
        self, operation: str, body: Body, transaction: UUID, device: Device = NOWHERE
    ) -> Answer:
        """Async: Mindbox takes it, does it later, and says no more than that it was taken."""
        return await self._asked("async", operation, body, transaction, device)

    async def upload(
        self, operation: str, csv: bytes, transaction: UUID, options: Mapping[str, str]
    ) -> Answer:
        """A file of card numbers, packed with gzip: counted by the hour, not by the minute."""
        self.pace.import_turn(self.endpoint.id)
        query = self._query(operation, NOWHERE, None) | dict(options)
        query["transactionId"] = str(transaction)
        headers = self._headers(NOWHERE) | {
            "Content-Type": "text/csv;charset=utf-8",
            "Content-Encoding": "gzip",
        }
        return await self._repeated("bulk", query, csv, headers)

    async def _asked(
        self, way: str, operation: str, body: Body, transaction: UUID | None, device: Device
    ) -> Answer:
        headers = self._headers(device) | {"Content-Type": "application/json"}
        query = self._query(operation, device, transaction)
        return await self._repeated(way, query, written(body), headers)

    def _query(self, operation: str, device: Device, transaction: UUID | None) -> dict[str, str]:
        query = {"endpointId": self.endpoint.id, "operation": operation}
        if device.uuid is not None:
            query["deviceUUID"] = str(device.uuid)
        if transaction is not None:
            query["transactionId"] = str(transaction)
        return query

    def _headers(self, device: Device) -> dict[str, str]:
        key = self.endpoint.authorisation.header(self.endpoint.secret_key)
        headers = {"Authorization": key, "Accept": "application/json"}
        return headers | {"X-Customer-IP": device.ip} if device.ip else headers

    async def _repeated(
        self, way: str, query: dict[str, str], body: bytes, headers: dict[str, str]
    ) -> Answer:
        key = (query["operation"], self.endpoint.id)
        for attempt in range(self.retry.times + 1):
            await self._wait(self.pace.turn(key, self.patience))
            try:
                answer = await self._sent(way, query, body, headers)
            except RateLimited as refused:
                wait = self.pace.refused(key, refused.after, daily=refused.daily)
                raise RateLimited(wait, daily=refused.daily) from None
            except MindboxError as error:
                self.pace.answered(key)
                if not error.repeatable or attempt == self.retry.times:
                    raise
                await self._wait(self.retry.delay(attempt))
            else:
                self.pace.answered(key)
                return answer
        raise AssertionError("unreachable")

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            await self.sleep(seconds)

    async def _sent(
        self, way: str, query: dict[str, str], body: bytes, headers: dict[str, str]
    ) -> Answer:
        try:
            async with self.session.post(
                f"{self.host}/v3/operations/{way}",
                params=query,
                data=body,
                headers=headers,
                timeout=ClientTimeout(total=self.seconds),
                allow_redirects=False,
            ) as answer:
                told = await _whole(answer)
        except TimeoutError:
            raise Unavailable(f"no answer in {self.seconds:g} s") from None
        except ClientError as broken:
            raise Unavailable(f"the connection broke ({type(broken).__name__})") from broken
        self.clock_there = _date(answer.headers.get("Date", ""))
        return read_answer(answer.status, told, answer.headers.get("Retry-After", ""))


def _date(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None


async def _whole(answer: ClientResponse) -> bytes:
    """Raises Unavailable for an answer beyond all measure."""
    told = b""
    async for piece in answer.content.iter_chunked(65536):
        told += piece
        if len(told) > MOST_BYTES:
            raise Unavailable("an answer beyond all measure", answer.status, repeatable=False)
    return told
