"""A device that does with passes what an iPhone does: adds one, registers it, and when it is pushed
asks what has changed, fetches that and keeps it. What does not go through it tries again.

`needless` counts fetches that brought nothing, unless it had fetched that very change before it was
told: no server can know that it arrived.
"""

import asyncio
import io
import json
from dataclasses import dataclass, field
from zipfile import ZipFile

from aiohttp import ClientError, ClientSession

_AGAIN_SECONDS = 0.05
_PATH = "/wallet/apple/v1"


@dataclass(slots=True)
class Held:
    type: str
    token: str
    shows: str
    modified: str


@dataclass(slots=True)
class IPhone:
    http: ClientSession
    base: str
    name: str
    apns_token: str
    held: dict[str, Held] = field(default_factory=dict)
    tag: str | None = None
    pushed: int = 0
    looked: int = 0
    fetches: int = 0
    needless: int = 0
    _fresh: set[str] = field(default_factory=set)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def add(self, path: str) -> None:
        """What somebody taps on in a browser."""
        while True:
            got = await self._asked("GET", path, {})
            if got is not None and got[0] == 200:
                break
        _, body, modified = got
        said = self._keep(body, modified)
        registration = f"{_PATH}/devices/{self.name}/registrations/{said['passTypeIdentifier']}"
        while True:
            got = await self._asked(
                "POST", f"{registration}/{said['serialNumber']}",
                {"Authorization": f"ApplePass {said['authenticationToken']}"},
                {"pushToken": self.apns_token},
            )  # fmt: skip
            if got is not None and got[0] in {200, 201}:
                return

    async def push(self) -> None:
        """Whoever pushes does not wait for what comes of it."""
        self.pushed += 1

    @property
    def rests(self) -> bool:
        """Nothing has come that it has not looked at."""
        return self.pushed == self.looked and not self._looking.locked()

    async def look(self) -> None:
        """After a push: until nothing is left to try again."""
        async with self._looking:
            seen = -1
            while seen != self.pushed:
                seen = self.looked = self.pushed
                for type_ in {each.type for each in self.held.values()}:
                    await self._look(type_)

    async def _look(self, type_: str) -> None:
        query = "" if self.tag is None else f"?passesUpdatedSince={self.tag}"
        path = f"{_PATH}/devices/{self.name}/registrations/{type_}{query}"
        while (got := await self._asked("GET", path, {})) is None or got[0] >= 500:
            pass
        if got[0] == 204:
            return
        said = json.loads(got[1])
        excused = self._fresh if self.tag is not None else set(self.held)
        self._fresh = set()
        for serial in said["serialNumbers"]:
            await self._fetch(serial, excused)
        assert isinstance(said["lastUpdated"], str)
        self.tag = said["lastUpdated"]

    async def _fetch(self, serial: str, excused: set[str]) -> None:
        held = self.held[serial]
        headers = {
            "Authorization": f"ApplePass {held.token}", "If-Modified-Since": held.modified
        }  # fmt: skip
        path = f"{_PATH}/passes/{held.type}/{serial}"
        while (got := await self._asked("GET", path, headers)) is None or got[0] >= 500:
            pass
        self.fetches += 1
        status, body, modified = got
        assert status in {200, 304}, status
        before = held.shows
        if status == 200:
            self._keep(body, modified)
        if serial not in excused and self.held[serial].shows == before:
            self.needless += 1
        self._fresh.add(serial)

    def _keep(self, body: bytes, modified: str) -> dict[str, str]:
        with ZipFile(io.BytesIO(body)) as archive:
            text = archive.read("pass.json").decode()
        said: dict[str, str] = json.loads(text)
        self.held[said["serialNumber"]] = Held(
            said["passTypeIdentifier"], said["authenticationToken"], text, modified
        )
        return said

    async def _asked(
        self, method: str, path: str, headers: dict[str, str], said: object = None
    ) -> tuple[int, bytes, str] | None:
        """None: it did not go through."""
        try:
            async with self.http.request(
                method, self.base + path, headers=headers, json=said
            ) as answer:
                body = await answer.read()
                return answer.status, body, answer.headers.get("Last-Modified", "")
        except (ClientError, OSError, TimeoutError):
            await asyncio.sleep(_AGAIN_SECONDS)
            return None
