"""Every key has its own pace, the same over all processes."""

import asyncio

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api.limits import Limits, MemoryLimits, Quota
from backend.web.api.limits_redis import RedisLimits
from backend.web.app import make_app
from models.account import Account
from tests.support.caller import caller

QUOTA = Quota(per_second=10, burst=20)


class Seconds:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture(params=["memory", "redis"])
def limits(request: pytest.FixtureRequest, valkey_url: str, seconds: Seconds) -> list[Limits]:
    """As one process sees them, or several."""
    if request.param == "memory":
        return [MemoryLimits(QUOTA, seconds)]
    return [RedisLimits(Redis.from_url(valkey_url), QUOTA, seconds) for _ in range(3)]


async def test_a_burst_then_a_pace_and_not_one_more(limits: list[Limits], seconds: Seconds) -> None:
    async def passed(tries: int) -> int:
        asking = (limits[n % len(limits)].turn(1) for n in range(tries))
        return [turn.wait for turn in await asyncio.gather(*asking)].count(0.0)

    assert await passed(60) == 20
    seconds.now += 0.5
    assert await passed(60) == 5
    seconds.now += 100
    assert await passed(60) == 20
    assert (await limits[0].turn(2)).wait == 0.0, "another key has its own"
    for each in limits:
        await each.aclose()


async def test_what_is_left_is_told(limits: list[Limits], seconds: Seconds) -> None:
    turns = [await limits[0].turn(1) for _ in range(21)]
    assert [turn.left for turn in turns] == [*range(19, -1, -1), 0]
    assert turns[0].full == pytest.approx(0.1)
    assert turns[20].wait == pytest.approx(0.1)
    for each in limits:
        await each.aclose()


async def test_without_redis_each_process_counts_alone() -> None:
    away = RedisLimits(Redis.from_url("redis://127.0.0.1:1"), QUOTA)
    waits = [(await away.turn(1)).wait for _ in range(25)]
    assert waits[:20] == [0.0] * 20
    assert waits[-1] > 0
    await away.aclose()


async def test_it_is_told_in_headers_and_refused_with_a_time(
    database: str, ctx: Context, lavka: Account, seconds: Seconds
) -> None:
    app = make_app(Settings(), ctx, limits=MemoryLimits(Quota(1, 3), seconds))
    async with TestServer(app) as server, ClientSession(server.make_url("/")) as session:
        vera, other = [await caller(session, ctx, lavka) for _ in range(2)]
        told = [await vera.get("/account") for _ in range(4)]
        assert [each.status for each in told] == [200, 200, 200, 429]
        assert told[0].headers["RateLimit-Policy"] == '"key";q=3;w=3'
        assert [each.headers["RateLimit"] for each in told] == [
            '"key";r=2;t=1', '"key";r=1;t=2', '"key";r=0;t=3', '"key";r=0;t=3'
        ]  # fmt: skip
        assert (told[3].code, told[3].headers["Retry-After"]) == ("rate_limited", "1")
        assert (await other.get("/account")).status == 200
        seconds.now += 1
        assert (await vera.get("/account")).status == 200
