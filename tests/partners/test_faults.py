"""Each fault is what it says, before and after the work, and leaves the next request alone."""

from collections.abc import AsyncIterator, Callable
from random import Random
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.partners.faults import AFTER, BEFORE, EVERY, Fault, Faults, When, mixed

DONE = '{"done": "yes"}'


class Counted:
    """A partner that counts what it was asked to do."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.done = 0
        self.url = ""

    async def work(self, request: web.Request) -> web.Response:
        await request.read()
        self.done += 1
        return web.Response(text=DONE, content_type="application/json")


@pytest.fixture
async def partner() -> AsyncIterator[Counted]:
    partner = Counted()
    app = web.Application(middlewares=[partner.faults.middleware])
    app.router.add_post("/", partner.work)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    partner.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield partner
    await runner.cleanup()


async def asked(session: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with session.post(url, data=b"{}") as answer:
        return answer.status, await answer.text()


SEEN: dict[Fault, Callable[[Any], bool]] = {
    Fault.TIME_OUT: lambda result: isinstance(result, TimeoutError),
    Fault.HALF_CLOSED: lambda result: isinstance(result, aiohttp.ClientError),
    Fault.ERROR_500: lambda result: result[0] == 500,
    Fault.TOO_MANY: lambda result: result[0] == 429,
    Fault.WRONG_JSON: lambda result: result[0] == 200 and "}" not in result[1],
    Fault.WRONG_TYPE: lambda result: result[1].startswith("<!doctype"),
    Fault.DUPLICATE: lambda result: result == (200, DONE),
}


@pytest.mark.parametrize(("when", "fault"), EVERY)
async def test_a_fault_is_what_it_says(partner: Counted, when: When, fault: Fault) -> None:
    partner.faults.at(2, when, fault)
    timeout = aiohttp.ClientTimeout(total=0.3 if fault is Fault.TIME_OUT else 5)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        results: list[object] = []
        for _ in range(4):
            try:
                results.append(await asked(session, partner.url))
            except (aiohttp.ClientError, TimeoutError) as broken:
                results.append(broken)
    assert [results[0], *results[2:]] == [(200, DONE)] * 3
    assert SEEN[fault](results[1]), results[1]
    undone = when is BEFORE and fault is not Fault.DUPLICATE
    assert partner.done == (3 if undone else 4)
    assert dict(partner.faults.happened) == {(when, fault): 1}


async def test_troubles_follow_one_another_and_end(partner: Counted) -> None:
    partner.faults.next(BEFORE, Fault.ERROR_500)
    partner.faults.next(AFTER, Fault.TOO_MANY)
    async with aiohttp.ClientSession() as session:
        got = [(await asked(session, partner.url))[0] for _ in range(3)]
        partner.faults.choose = lambda request, position: (BEFORE, Fault.ERROR_500)
        got.append((await asked(session, partner.url))[0])
        partner.faults.none()
        got.append((await asked(session, partner.url))[0])
    assert got == [500, 429, 200, 500, 200]
    assert partner.done == 3


def test_chance_repeats_itself() -> None:
    request = None
    one, two = mixed(Random(7), 0.3), mixed(Random(7), 0.3)
    first = [one(request, n) for n in range(400)]  # type: ignore[arg-type]
    assert first == [two(request, n) for n in range(400)]  # type: ignore[arg-type]
    assert {each for each in first if each} == set(EVERY)
    assert 80 < sum(each is not None for each in first) < 160
