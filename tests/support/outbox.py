"""The outbox without a worker: what a reaction is called with, and everything that is due run in
this task."""

from datetime import datetime
from typing import TypeVar

from backend.events.event import Event
from backend.messaging.channel import Channel
from backend.outbox.claim import carried, claim, grouped
from backend.outbox.fan_out import fan_out
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.ids import new_uuid7
from backend.reactions import Book, reactions
from backend.worker.cards import announce_of_cards
from backend.worker.crew import Crew
from backend.worker.handle import handle
from tests.support.clock import START

E = TypeVar("E", bound=Event)


def happened(event: E, *, at: datetime = START, delivery_id: int = 1) -> Happened[E]:
    """At its first attempt."""
    return Happened(event, new_uuid7(at), at, 1, delivery_id)


async def clock_round(ctx: Context, telegram: Channel) -> None:
    """What the clock has made true of cards is announced, and told by Telegram."""
    await announce_of_cards(ctx)
    await run_due(ctx, reactions({"telegram": telegram}, ctx.clock))


async def run_tasks(ctx: Context, book: Book) -> None:
    """The same by a worker's crew: what is due, as a task of the queue carries it."""
    crew = Crew(ctx, book)
    while await fan_out(ctx.clock(), book.plan()):
        continue
    while claimed := await claim(ctx.clock()):
        for task in carried(claimed):
            await crew.take(task)
        await crew.rest()


async def run_due(ctx: Context, book: Book) -> int:
    """What is due now, once, and what that makes due; how many deliveries were tried."""
    tried = 0
    while True:
        new = await fan_out(ctx.clock(), book.plan())
        claimed = await claim(ctx.clock())
        for group in grouped(claimed, book.most()):
            await handle(ctx, book, group)
        tried += len(claimed)
        if not new and not claimed:
            return tried
