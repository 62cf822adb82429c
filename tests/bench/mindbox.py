"""The client of Mindbox beside a bare aiohttp client, both asking the same server with as many
requests at once: it answers after 30 ms, as one across the country does."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import ClientSession, TCPConnector, web

from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import CustomerBody
from backend.partners.mindbox.wire.client import Endpoint, Mindbox
from backend.partners.mindbox.wire.pace import Pace
from tests.bench.harness import Report

NAME = "mindbox"
REQUESTS = int(os.environ.get("BENCH_MINDBOX", "3000"))
LATENCY = 0.03
ROUNDS = 3
OPERATION = "CardsMobile.GetCustomerInfo"
BODY = bodies.operation(CustomerBody(ids={"KarmanID": "7"}))
ANSWER = json.dumps(
    {
        "status": "Success",
        "customer": {
            "processingStatus": "Found",
            "ids": {"mindboxId": 1135935890, "karmanID": "7"},
            "mobilePhone": 79001234567,
            "isMobilePhoneConfirmed": True,
            "lastName": "Иванова",
            "subscriptions": [{"brand": "North", "pointOfContact": "Sms", "isSubscribed": True}],
        },
        "balances": [
            {"totalValue": 15.5, "availableValue": 15.5, "blockedValue": 0,
             "balanceType": {"ids": {"systemName": "Main"}, "name": "Баллы"}},
        ],
    }
)  # fmt: skip


async def run(report: Report) -> None:
    async with answering() as host:
        for at_once in (8, 32):
            async with ClientSession(connector=TCPConnector(limit=at_once)) as session:
                bare, ours = ways(session, host)
                rates = [
                    (await rate(bare, at_once), await rate(ours, at_once)) for _ in range(ROUNDS)
                ]
            peer, mine = max(one for one, _ in rates), max(two for _, two in rates)
            report.add(
                f"{at_once} at once", mine, "1/s", against="peer bare aiohttp", theirs=peer, aim=0.8
            )


Ask = Callable[[], Awaitable[object]]


def ways(session: ClientSession, host: str) -> tuple[Ask, Ask]:
    mindbox = Mindbox(session, Endpoint("Wallet", "key"), host=host, pace=Pace(10**9))
    sent, query = bodies.written(BODY), {"endpointId": "Wallet", "operation": OPERATION}
    headers = {"Content-Type": "application/json"}

    async def bare() -> object:
        url = f"{host}/v3/operations/sync"
        async with session.post(url, params=query, data=sent, headers=headers) as answer:
            return json.loads(await answer.read())

    async def ours() -> object:
        return await mindbox.read(OPERATION, BODY)

    return bare, ours


async def rate(ask: Ask, at_once: int) -> float:
    left = REQUESTS

    async def some() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await ask()

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(at_once)))
    return REQUESTS / (time.perf_counter() - began)


@asynccontextmanager
async def answering() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(LATENCY)
        return web.Response(text=ANSWER, content_type="application/json")

    app = web.Application()
    app.router.add_post("/v3/operations/sync", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
