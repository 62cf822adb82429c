"""Run one reaction for one delivery and write down how it ended."""

import asyncio

from backend.events import from_payload
from backend.outbox import attempt as outbox
from backend.outbox.attempt import Attempt
from backend.outbox.backoff import backoff
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.watch.log import get_log
from backend.platform.watch.metrics import REACTIONS
from backend.reactions import Book

# Shorter than the lease (backend/outbox/claim.py): the sweeper never meets a running one.
RUN_SECONDS = 20
# Four days of an outage; a bug is not mended by waiting.
MOST_ATTEMPTS = 100
MOST_ATTEMPTS_OF_A_BUG = 8

log = get_log(__name__)


async def handle(ctx: Context, book: Book, delivery_id: int, attempts: int) -> None:
    """Nothing happens when the delivery is done, or another attempt has begun."""
    mine = await outbox.begin(ctx.clock(), delivery_id, attempts)
    if mine is None:
        return
    outcome = await _run(ctx, book, mine)
    REACTIONS.labels(mine.reaction, outcome).inc()


async def _run(ctx: Context, book: Book, mine: Attempt) -> str:
    try:
        async with asyncio.timeout(RUN_SECONDS):
            await _react(ctx, book, mine)
    except TryLater as wait:
        return await _later(ctx, mine, wait, MOST_ATTEMPTS)
    except TimeoutError:
        return await _later(ctx, mine, TryLater("no end within 20 s"), MOST_ATTEMPTS)
    except GiveUp as end:
        await outbox.failed(ctx.clock(), mine, end.reason)
        log.info("reaction given up", reaction=mine.reaction, reason=end.reason)
        return "gave_up"
    except NeedsSettings as missing:
        await outbox.failed(ctx.clock(), mine, f"needs settings: {missing.reason}")
        log.warning(
            "reaction needs settings: mend them, then karman outbox retry",
            reaction=mine.reaction,
            delivery=mine.delivery_id,
            reason=missing.reason,
        )
        return "needs_settings"
    except Exception as error:
        if not is_away(error):
            log.exception("reaction failed", reaction=mine.reaction, delivery=mine.delivery_id)
        return await _broke(ctx, mine, error)
    await outbox.done(ctx.clock(), mine)
    return "done"


async def _broke(ctx: Context, mine: Attempt, error: Exception) -> str:
    if is_away(error):
        log.warning("a reaction waits for better times", error=type(error).__name__)
        return await _later(ctx, mine, TryLater("the database was away"), MOST_ATTEMPTS)
    bug = TryLater(f"bug: {type(error).__name__}")
    await _later(ctx, mine, bug, MOST_ATTEMPTS_OF_A_BUG)
    return "bug"


async def _react(ctx: Context, book: Book, mine: Attempt) -> None:
    reaction = book.find(mine.kind, mine.reaction)
    if reaction is None:
        raise TryLater(f"this version has no reaction {mine.reaction}")
    await reaction(ctx, from_payload(mine.kind, mine.payload))


async def _later(ctx: Context, mine: Attempt, wait: TryLater, most: int) -> str:
    now = ctx.clock()
    if mine.number >= most:
        await outbox.failed(now, mine, f"after {mine.number} attempts: {wait.reason}")
        log.error("reaction failed for good", reaction=mine.reaction, reason=wait.reason)
        return "gave_up"
    await outbox.later(now + backoff(mine.number, wait.after), mine, wait.reason)
    return "later"
