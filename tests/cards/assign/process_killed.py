"""A process that dies while a card is assigned or claimed: `before` or `after` the transaction is
over; `count` tells what there is. Which of the two, `assign` or `claim`, comes first."""

import asyncio
import os
import signal
import sys

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.platform.clock import utc_now
from backend.platform.context import SOMEBODY, Context, Wake
from backend.platform.database import connect, disconnect, transaction
from backend.platform.door import BOT
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.vault import SERVICE_KEYS, Vault
from models.assignment import Assignment
from models.card import Card
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from models.program import Program
from tests.support.factory.assigning import assigned, at_the_last_tap, proven
from tests.support.factory.brands import shop


def context() -> Context:
    keys = {name: bytes(32) for name in SERVICE_KEYS}
    return Context(utc_now, Vault(MasterKeys(bytes(32)), keys), Wake(), SOMEBODY, BOT)


async def work(ctx: Context, what: str, step: str) -> None:
    await shop("lavka")
    program = await Program.get()
    row = await assigned(ctx, program) if what == "claim" else None
    anna = await proven(ctx, 1)
    if row is not None:
        await at_the_last_tap(ctx, anna, row)
    async with transaction():
        if row is None:
            await assigned(ctx, program)
        else:
            await issue_cards(ctx, anna, await current_application(ctx, anna))
        if step == "before":
            os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


async def tell() -> None:
    """Assignments by state, numbers by status, cards, and what was announced of them."""
    states = sorted([row.state.value for row in await Assignment.all()])
    taken = sorted({row.status.value for row in await PoolNumber.all()} - {"free"})
    events = ["CardAssigned", "AssignmentClaimed", "CardIssued"]
    told = [await OutboxEvent.filter(kind=kind).count() for kind in events]
    print(states, taken, await Card.all().count(), told)  # noqa: T201


async def main(url: str, what: str, step: str) -> None:
    await connect(url)
    if step != "count":
        await work(context(), what, step)
    await tell()
    await disconnect()


asyncio.run(main(*sys.argv[1:]))
