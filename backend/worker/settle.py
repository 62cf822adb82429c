"""Write down how an attempt ended that was not done."""

from backend.outbox import attempt as outbox
from backend.outbox.attempt import Attempt
from backend.outbox.backoff import backoff
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.watch.log import get_log

# Four days of an outage; a bug is not mended by waiting.
MOST_ATTEMPTS = 100
MOST_ATTEMPTS_OF_A_BUG = 8

log = get_log(__name__)


async def settle_failed(ctx: Context, mine: Attempt, error: Exception) -> str:
    """Returns the outcome for the metrics: later, gave_up, needs_settings or bug."""
    if isinstance(error, GiveUp):
        await outbox.failed(ctx.clock(), mine, error.reason)
        log.info(
            "reaction given up",
            reaction=mine.reaction,
            delivery=mine.delivery_id,
            reason=error.reason,
        )
        return "gave_up"
    if isinstance(error, NeedsSettings):
        return await _needs_settings(ctx, mine, error)
    return await _again(ctx, mine, error)


async def _needs_settings(ctx: Context, mine: Attempt, missing: NeedsSettings) -> str:
    await outbox.failed(ctx.clock(), mine, f"needs settings: {missing.reason}")
    log.warning(
        "reaction needs settings: mend them, then karman outbox retry",
        reaction=mine.reaction,
        delivery=mine.delivery_id,
        reason=missing.reason,
    )
    return "needs_settings"


async def _again(ctx: Context, mine: Attempt, error: Exception) -> str:
    """Whatever broke a whole batch may be the doing of one: each goes on by itself."""
    if isinstance(error, TryLater):
        return await _later(ctx, mine, error, MOST_ATTEMPTS)
    if is_away(error):
        log.warning("a reaction waits for better times", error=type(error).__name__)
        return await _later(ctx, mine, TryLater("the database was away"), MOST_ATTEMPTS)
    if isinstance(error, TimeoutError):
        slow = TryLater("no end within 20 s")
        return await _later(ctx, mine, slow, MOST_ATTEMPTS, alone=True)
    bug = TryLater(f"bug: {type(error).__name__}")
    await _later(ctx, mine, bug, MOST_ATTEMPTS_OF_A_BUG, alone=True)
    return "bug"


async def _later(
    ctx: Context, mine: Attempt, wait: TryLater, most: int, *, alone: bool = False
) -> str:
    now = ctx.clock()
    if mine.number >= most:
        await outbox.failed(now, mine, f"after {mine.number} attempts: {wait.reason}")
        log.error("reaction failed for good", reaction=mine.reaction, reason=wait.reason)
        return "gave_up"
    due = now + backoff(mine.number, wait.after)
    await outbox.later(due, mine, wait.reason, alone=alone)
    return "later"
