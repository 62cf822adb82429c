"""Run a reaction for deliveries that it takes at a time and write down how each ended."""

import asyncio
from collections.abc import Sequence
from typing import Any

from backend.outbox.attempt import Attempt
from backend.outbox.claim import Claimed
from backend.outbox.happened import Happened
from backend.outbox.reaction import Rules
from backend.outbox.together import Direct, Steps
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.failures import Failure, TryLater
from backend.platform.watch.log import get_log
from backend.platform.watch.metrics import REACTIONS
from backend.reactions import Book
from backend.worker.settle import settle_failed

# Shorter than the lease (backend/outbox/claim.py): the sweeper never meets a running one.
RUN_SECONDS = 20
# Delivery id → what it ended in. Those that are not named are done.
Ends = dict[int, Exception]

log = get_log(__name__)


async def handle(
    ctx: Context, book: Book, claimed: Sequence[Claimed], steps: Steps | None = None
) -> None:
    """Nothing happens for deliveries that are done, or of which another attempt has begun."""
    steps = steps or Direct(ctx.clock)
    mine = await steps.begin(claimed)
    if not mine:
        return
    ends = await _run(ctx, book, mine)
    good = [each for each in mine if each.delivery_id not in ends]
    over = await steps.done(good)
    for each in good:
        REACTIONS.labels(each.reaction, "done").inc()
    for each in mine:
        if each.delivery_id in ends:
            outcome = await settle_failed(ctx, each, ends[each.delivery_id])
            REACTIONS.labels(each.reaction, outcome).inc()
    if len(over) < len(good) or any(each.order_key for each in mine):
        # What stood behind them may be claimed.
        ctx.wake.set()


async def _run(ctx: Context, book: Book, mine: Sequence[Attempt]) -> Ends:
    """The kinds of one task may name different functions by the same name."""
    ends: Ends = {}
    ready: dict[int, tuple[Rules, list[Happened[Any]]]] = {}
    for each in mine:
        try:
            rules, happened = _read(book, each)
        except TryLater as newer:
            ends[each.delivery_id] = newer
        except Exception as error:
            log.exception("an event cannot be read", reaction=each.reaction, kind=each.kind)
            ends[each.delivery_id] = error
        else:
            ready.setdefault(id(rules), (rules, []))[1].append(happened)
    for rules, together in ready.values():
        ends |= await _react(ctx, rules, together, mine[0].reaction)
    return ends


def _read(book: Book, mine: Attempt) -> tuple[Rules, Happened[Any]]:
    rules = book.find(mine.kind, mine.reaction)
    if rules is None:
        raise TryLater(f"this version has no reaction {mine.reaction}")
    return rules, mine.happened()


async def _react(ctx: Context, rules: Rules, happened: Sequence[Happened[Any]], name: str) -> Ends:
    """What a reaction raises is the end of all that it was given."""
    ids = [each.delivery_id for each in happened]
    try:
        async with asyncio.timeout(RUN_SECONDS):
            return dict(await rules.react(ctx, happened))
    except (Failure, TimeoutError) as end:
        return dict.fromkeys(ids, end)
    except Exception as error:
        if not is_away(error):
            log.exception("reaction failed", reaction=name, deliveries=ids)
        return dict.fromkeys(ids, error)
