"""The gate of outgoing calls: how near a push comes to what Telegram allows, and what people who
tap have of it meanwhile.

The server is the sandbox's own leaky bucket in penalty mode: one call too many and everything
is refused for a while. Every answer takes 30 ms. A push alone is set to 98 % of what is allowed,
beside taps to the default of 28 a second. The naive peer sends one after another and sleeps as an
ordinary loop does. The push with its database and HTTP is another matter: this is the gate.
"""

import asyncio
import time
from collections.abc import Awaitable

from backend.messaging.telegram.gate import GatePacer
from backend.messaging.telegram.pace import Call, Lane
from backend.messaging.telegram.pace_memory import memory_pacer
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Gate, Limits
from tests.bench.harness import Report

NAME = "pacing"
AIMS = {30.0: 0.97, 300.0: 0.95}
SECONDS = 8
LATENCY = 0.03
PUSH, TAPS = 28.0, 100.0
# What a person takes for «at once».
SOON_MS = 100.0


async def run(report: Report) -> None:
    for allowed, aim in AIMS.items():
        gate = _gate(allowed)
        ours = await _push(gate, memory_pacer(allowed * 0.98), int(allowed * SECONDS))
        naive = await _naive(allowed)
        figure = f"calls accepted at {allowed:.0f}/s"
        report.add(figure, ours, "/s", against=f"limit {allowed:.0f}/s", theirs=allowed, aim=aim)
        report.add(figure, ours, "/s", against="peer loop with sleep", theirs=naive)
        report.add(f"refusals at {allowed:.0f}/s", gate.refused, "")
    await _beside_a_push(report)
    await _a_quick_person(report)


def _gate(allowed: float) -> Gate:
    return Gate(Limits(per_second=allowed, burst=12, penalty=True), time.monotonic)


async def _send(gate: Gate, pacer: GatePacer, call: Call) -> None:
    while True:
        await pacer.turn(call)
        try:
            gate.admit(call.chat, new=call.new)
        except ApiError:
            await pacer.shut(1.0, call)
        else:
            return await asyncio.sleep(LATENCY)


async def _push(gate: Gate, pacer: GatePacer, count: int) -> float:
    """A second, with as many on their way at once as the rate and the latency need."""
    chats = iter(range(1, count + 1))

    async def work() -> None:
        for chat in chats:
            await _send(gate, pacer, Call(chat, Lane.MASS))

    began = time.monotonic()
    await asyncio.gather(*(work() for _ in range(8 + int(gate.limits.per_second * LATENCY * 2))))
    return (count - 1) / (time.monotonic() - began - LATENCY)


async def _took(call: Awaitable[None]) -> float:
    began = time.monotonic()
    await call
    return time.monotonic() - began - LATENCY


async def _beside_a_push(report: Report) -> None:
    gate, pacer = _gate(30), memory_pacer(PUSH)
    pushing = asyncio.create_task(_push(gate, pacer, int(PUSH * SECONDS)))
    began, screens = time.monotonic(), []
    for number in range(int(TAPS * SECONDS)):
        call = Call(100_000 + number % 500, new=False)
        screens.append(asyncio.create_task(_took(_send(gate, pacer, call))))
        await asyncio.sleep(max(0.0, began + (number + 1) / TAPS - time.monotonic()))
    waits = await asyncio.gather(*screens)
    rate = len(waits) / (time.monotonic() - began)
    sent = await pushing
    report.add(
        "screens beside a push", rate, "/s", against="limit 100/s asked", theirs=TAPS, aim=0.97
    )
    report.add("push beside them", sent, "/s", against="limit 28/s set", theirs=PUSH, aim=0.97)
    made = len(waits) + int(PUSH * SECONDS)
    report.add(
        "accepted of those calls", made, "", against="limit all that were made",
        theirs=made + gate.refused, aim=1.0,
    )  # fmt: skip
    report.add(
        "longest wait for a screen", max(waits) * 1000, "ms", against="limit 100 ms",
        theirs=SOON_MS, aim=1.0, aim_is="at most",
    )  # fmt: skip


async def _a_quick_person(report: Report) -> None:
    """Twenty taps, four a second."""
    gate, pacer, waits = _gate(30), memory_pacer(PUSH), []
    for _ in range(20):
        waits.append(await _took(_send(gate, pacer, Call(1, new=False))))
        await asyncio.sleep(0.25 - LATENCY)
    report.add(
        "longest wait of 20 quick taps", max(waits) * 1000, "ms", against="limit 100 ms",
        theirs=SOON_MS, aim=1.0, aim_is="at most",
    )  # fmt: skip
    assert not gate.refused


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
