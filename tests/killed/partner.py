"""A CDP that never gives up: it asks the same under the same Idempotency-Key until it is answered,
and remembers every answer."""

import asyncio
import random
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

Json = dict[str, Any]
# Customers whom it tells of at the same time.
SEVERAL = 3


@dataclass
class Cdp:
    """`cards` are of a program on the built-in ledger, `club_cards` the numbers of one with a
    pool, whose balances the CDP keeps."""

    address: str
    key: str
    cards: list[int]
    club_cards: list[str]
    chance: random.Random
    assigned: list[Json] = field(default_factory=list)
    # (card, kind, amount in whole points, answer)
    posted: list[tuple[int, str, int, Json]] = field(default_factory=list)
    refused: int = 0
    # Numbers of customers whom its files name.
    listed: set[int] = field(default_factory=set)
    jobs: list[Json] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    balances: dict[str, str] = field(default_factory=dict)
    repeated: int = 0
    kills: int = 0
    _turns: "count[int]" = field(default_factory=count)
    _file: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def work(self, http: aiohttp.ClientSession, until: int) -> None:
        """One of several at once: things to do until so many are done."""
        while (turn := next(self._turns)) < until:
            if turn % 400 == 399:
                # One after the other, so that the last balance is known.
                async with self._file:
                    await self.send_a_file(http, turn)
                    await self.send_customers(http, turn)
            elif turn % 3:
                await self.post(http, turn)
            else:
                # Some of them are done in one transaction.
                await asyncio.gather(*(self.assign(http, turn, n) for n in range(SEVERAL)))

    async def assign(self, http: aiohttp.ClientSession, turn: int, number: int) -> None:
        body = {"own_id": f"crm-{turn}-{number}", "phone": f"+7916{turn:07d}"}
        once = 2_000_000 + turn * SEVERAL + number
        status, told = await self.ask(http, "/programs/club/assignments", once, body)
        assert status == 200, told
        self.assigned.append(told)

    async def post(self, http: aiohttp.ClientSession, turn: int) -> None:
        card, amount = self.chance.choice(self.cards), self.chance.randint(1, 90)
        kind = self.chance.choice(("accrue", "accrue", "spend"))
        body = {"key": f"receipt-{turn}", "amount": f"{amount}.00"}
        status, told = await self.ask(http, f"/cards/{card}/ledger/{kind}", turn, body)
        if status == 409:
            assert told["code"] == "not_enough_points", told
            self.refused += 1
            return
        assert status == 200, told
        self.posted.append((card, kind, amount, told))

    async def send_a_file(self, http: aiohttp.ClientSession, turn: int) -> None:
        """Numbers for the pool, or balances: by turns."""
        if turn // 400 % 2:
            numbers = [f"9{turn:06d}{n:04d}" for n in range(300)]
            lines, where = ["printed_number", *numbers], "/programs/club/numbers/jobs"
            self.given.update(numbers)
        else:
            some = {number: f"{self.chance.randint(0, 999)}.00" for number in self.club_cards}
            lines = ["number,balance", *(f"{name},{much}" for name, much in some.items())]
            where = "/programs/club/cards/jobs"
            self.balances |= some
        status, told = await self.ask(http, where, turn, "\n".join(lines))
        assert status == 202, told
        self.jobs.append(await self.finished(http, told["id"]))

    async def send_customers(self, http: aiohttp.ClientSession, turn: int) -> None:
        """A card for each; half of them were in the file before."""
        first = turn // 400 * 50
        some = range(first, first + 100)
        self.listed.update(some)
        lines = ["own_id,phone", *(f"listed-{n},+7915{n:07d}" for n in some)]
        where, once = "/programs/club/assignments/jobs", 1_000_000 + turn
        status, told = await self.ask(http, where, once, "\n".join(lines))
        assert status == 202, told
        self.jobs.append(await self.finished(http, told["id"]))

    async def finished(self, http: aiohttp.ClientSession, job: int) -> Json:
        while True:
            told = await self.read(http, f"/jobs/{job}")
            if told["state"] not in ("queued", "running"):
                return told
            await asyncio.sleep(0.2)

    async def ask(
        self, http: aiohttp.ClientSession, path: str, turn: int, body: Json | str
    ) -> tuple[int, Json]:
        """Until it is answered by something else than «ask again»."""
        more: Json = {"json": body} if isinstance(body, dict) else {"data": body}
        headers = {"Idempotency-Key": f"turn-{turn}"}
        if isinstance(body, str):
            headers["Content-Type"] = "text/csv"
        while True:
            try:
                # Sometimes it goes away before it is answered.
                patience = self.chance.uniform(0, 0.05) if self.chance.random() < 0.02 else None
                async with (
                    asyncio.timeout(patience),
                    http.post(self._url(path), headers=headers, **more) as answer,
                ):
                    told = await answer.json(content_type=None)
                    # Files that were killed half-way count for a minute.
                    full = told.get("code") == "too_many_jobs"
                    if answer.status not in (429, 500, 503) and not full:
                        self.repeated += answer.headers.get("Idempotency-Replayed") == "true"
                        return answer.status, told
                    assert answer.status != 500, told
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.05)

    async def read(self, http: aiohttp.ClientSession, path: str) -> Json:
        while True:
            try:
                async with http.get(self._url(path)) as answer:
                    if answer.status == 200:
                        return dict(await answer.json())
                    assert answer.status in (429, 503), await answer.text()
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.05)

    async def feed(self, http: aiohttp.ClientSession) -> list[Json]:
        """All of it."""
        found: list[Json] = []
        path = "/changes?limit=200"
        while True:
            told = await self.read(http, path)
            found += told["items"]
            if not told["items"]:
                return found
            path = f"/changes?limit=200&cursor={told['next']}"

    def told(self) -> str:
        return (
            f"{self.kills} kills, {self.repeated} answers given again: "
            f"{len(self.assigned)} assigned, {len(self.listed)} by file, "
            f"{len(self.posted)} postings ({self.refused} refused), {len(self.jobs)} jobs"
        )

    def _url(self, path: str) -> str:
        return f"{self.address}/api/v1{path}"

    def session(self) -> aiohttp.ClientSession:
        headers = {"Authorization": f"Bearer {self.key}"}
        timeout = aiohttp.ClientTimeout(total=20)
        return aiohttp.ClientSession(headers=headers, timeout=timeout)
