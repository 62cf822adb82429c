"""A process that dies in the middle of a POST: `before` or `after` its transaction is over; `count`
tells how many accounts and answers there are."""

import asyncio
import os
import signal
import sys

from backend.access.answer_once import Given, Request, answer_once
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


async def ask(ctx: Context, step: str) -> None:
    key, _ = await ApiKey.get_or_create(
        public_id="0" * 10, defaults={"digest": "", "created_at": ctx.clock(), "name": "k"}
    )

    async def work() -> Given:
        await make_account("lavka")
        if step == "before":
            die()
        return Given(201, {}, b"made")

    await answer_once(ctx, Request(key.id, "one", "0" * 64), work, lambda _error: None)
    die()


async def main(url: str, step: str) -> None:
    await connect(url)
    if step == "count":
        print(await Account.all().count(), await ApiAnswer.all().count())  # noqa: T201
        await disconnect()
        return
    await ask(context(), step)


asyncio.run(main(*sys.argv[1:]))
