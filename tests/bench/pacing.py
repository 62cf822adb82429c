"""The gate of outgoing calls: how near a mass send comes to what Telegram allows.

The server is the sandbox's own leaky bucket in penalty mode: one call too many and everything
is refused for a while. The pacer is set to 97 % of what is allowed, as in production (28.x of
30). The naive peer sends one after another and sleeps as an ordinary loop does.
"""

import asyncio
import time

from backend.messaging.telegram.pace_memory import memory_pacer
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Gate, Limits
from tests.bench.harness import Report

NAME = "pacing"
AIM = 0.95
SECONDS = 8


async def run(report: Report) -> None:
    for allowed in (30.0, 300.0):
        ours, refused = await _paced(allowed)
        naive = await _naive(allowed)
        figure = f"calls accepted at {allowed:.0f}/s"
        report.add(figure, ours, "/s", against=f"limit {allowed:.0f}/s", theirs=allowed, aim=AIM)
        report.add(figure, ours, "/s", against="peer loop with sleep", theirs=naive)
        report.add(f"refusals at {allowed:.0f}/s", refused, "")


def _gate(allowed: float) -> Gate:
    return Gate(Limits(per_second=allowed, burst=12, penalty=True), time.monotonic)


async def _paced(allowed: float) -> tuple[float, int]:
    gate, pacer = _gate(allowed), memory_pacer(allowed * 0.97)
    count = int(allowed * SECONDS)

    async def send(chat: int) -> None:
        while True:
            await pacer.turn(chat, mass=True)
            try:
                gate.admit(chat)
            except ApiError:
                await pacer.shut(1.0)
            else:
                return

    began = time.monotonic()
    await asyncio.gather(*(send(chat) for chat in range(1, count + 1)))
    rate = (count - 1) / (time.monotonic() - began)
    await pacer.aclose()
    return rate, gate.refused


async def _naive(allowed: float) -> float:
    """One call of 5 ms after another, then a pause of a call's share of a second."""
    gate = _gate(allowed)
    count = int(allowed * SECONDS / 2)
    began = time.monotonic()
    for chat in range(1, count + 1):
        while True:
            await asyncio.sleep(0.005)
            try:
                gate.admit(chat)
            except ApiError:
                await asyncio.sleep(1.0)
            else:
                break
        await asyncio.sleep(1 / allowed)
    return (count - 1) / (time.monotonic() - began)
