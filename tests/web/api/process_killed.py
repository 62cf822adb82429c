"""A process that dies in the middle of a POST, or of several that are done together: `before` or
`after` their transaction is over; `count` tells how many accounts and answers there are."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from backend.access.answer_once import Given, Request, answer_once
from backend.access.answer_together import answer_together
from backend.platform.clock import utc_now
from backend.platform.context import OPERATOR, Context, Wake
from backend.platform.database import connect, disconnect
from backend.platform.door import CLI
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from models.account import Account
from models.api_answer import ApiAnswer
from models.api_key import ApiKey
from tests.support.factory.brands import make_account


def context() -> Context:
    keys = {name: bytes(32) for name in SERVICE_KEYS}
    return Context(utc_now, Vault(MasterKeys(bytes(32)), keys), Wake(), OPERATOR, CLI)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def ask(ctx: Context, step: str, many: int) -> None:
    key, _ = await ApiKey.get_or_create(
        public_id="0" * 10, defaults={"digest": "", "created_at": ctx.clock(), "name": "k"}
    )

    async def work(places: Sequence[int]) -> list[Given]:
        for place in places:
            await make_account(f"lavka-{place}")
        if step == "before":
            die()
        return [Given(201, {}, b"made") for _ in places]

    async def alone() -> Given:
        return (await work([0]))[0]

    requests = [Request(key.id, f"{place}", "0" * 64) for place in range(many)]
    if many == 1:
        await answer_once(ctx, requests[0], alone, lambda _error: None)
    else:
        await answer_together(ctx, requests, work)
    die()


async def main(url: str, step: str, many: str) -> None:
    await connect(url)
    if step == "count":
        print(await Account.all().count(), await ApiAnswer.all().count())  # noqa: T201
        await disconnect()
        return
    await ask(context(), step, int(many))


asyncio.run(main(*sys.argv[1:]))
