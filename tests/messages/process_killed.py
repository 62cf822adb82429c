"""`python -m tests.messages.process_killed URL KEYS LOGIN STATEMENT`: a partner asks to tell Анна
something, and it is sent; killed (kill -9) when the first statement that begins like that is about
to be sent. KEYS: the service keys, hex, as JSON."""

import asyncio
import json
import logging
import sys

import orjson

from backend.access.answer_once import FACADES, Given, Request, answer_once
from backend.access.find_facades import login_with_id
from backend.messages.accept import accept_for_phones
from backend.messages.order import MessageOrder
from backend.messages.send_messages import Lane
from backend.messages.sender import sender_of
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.database import connect
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import Vault
from models.message_purpose import MessagePurpose
from tests.outbox.process_killed import Killing
from tests.support.contexts import context
from tests.support.edge.gates import everything_goes
from tests.support.edge.notebook import Notebook

ANNA = "+79161234567"
ORDER = MessageOrder(MessagePurpose.TRANSACTION, "−10 баллов", told=True)


async def asked(ctx: Context, login_id: int) -> Given:
    """As the door does it: the work and its answer are one."""
    login = await login_with_id(login_id)
    assert login is not None
    by = await sender_of(login)

    async def work() -> Given:
        (one,) = await accept_for_phones(ctx, by, ORDER, [ANNA])
        return Given(200, {}, orjson.dumps({"messageId": one.public_id, "state": one.state}))

    return await answer_once(
        ctx, Request(login_id, "t-1", "0" * 64, FACADES), work, lambda _error: None
    )


async def sent(ctx: Context, notebook: Notebook) -> None:
    lane = Lane(ctx, GatedChannels({"telegram": notebook}, everything_goes), promo=False)
    while await lane.step():
        continue


async def main(url: str, keys: str, login_id: str, statement: str) -> None:
    await connect(url)
    log = logging.getLogger("tortoise.db_client")
    log.setLevel(logging.DEBUG)
    log.addHandler(Killing(statement))
    service = {name: bytes.fromhex(key) for name, key in json.loads(keys).items()}
    ctx = context(Vault(MasterKeys(service["api"]), service))
    await asked(ctx, int(login_id))
    await sent(ctx, Notebook())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5]))
