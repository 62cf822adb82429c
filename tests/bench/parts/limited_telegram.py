"""Telegram as another process, which counts what it takes and answers 429 above its limit."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from aiohttp import ClientSession

from tests.support.machine.processes import ROOT


@asynccontextmanager
async def telegram(allowed: float) -> AsyncIterator[tuple[str, ClientSession]]:
    process = await started("tests.bench.parts.strict_telegram", str(allowed), out=PIPE)
    assert process.stdout is not None
    where = (await process.stdout.readline()).decode().strip()
    try:
        async with ClientSession() as session:
            yield where, session
    finally:
        await killed(process)


async def told_by(session: ClientSession, where: str) -> dict[str, Any]:
    async with session.get(f"{where}/told") as answer:
        told: dict[str, Any] = orjson.loads(await answer.read())
        return told


async def started(module: str, *arguments: str, out: int | None = None) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdout=out,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def killed(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
