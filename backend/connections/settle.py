"""Write down how it went: of one person or request, and of the connection."""

import random
from datetime import datetime, timedelta

from backend.events.partners import ConnectionStopped
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.watch.use_case_log import log_of
from models.connection import CardRequest, Connection, ConnectionStatus, PartnerMember, TellingState

FIRST = 2.0
LONGEST = 300.0
# Attempts after which a bug of ours is given up for this person.
MOST_OF_A_BUG = 8
# Turns without a success after which one says that the other side is back.
OUTAGE = 2
# What the other side may ask for at most.
LONGEST_ASKED = timedelta(hours=1)
LONGEST_REASON = 300
# of all: of one connection
_NOW = """
UPDATE partner_members SET available_at = $1
WHERE connection_id = $2 AND state = 'waiting' AND available_at > $1
"""
# of all: of one connection
_REQUESTS_NOW = """
UPDATE card_requests SET available_at = $1
WHERE connection_id = $2 AND state = 'waiting' AND available_at > $1 AND attempts > 0
"""


def pause(failed: int, asked: timedelta | None = None, longest: float = LONGEST) -> timedelta:
    """After the `failed`th failure, from 1; doubles up to five minutes, with jitter."""
    most = min(FIRST * 2 ** min(failed - 1, 20), longest)
    drawn = timedelta(seconds=random.uniform(most / 2, most))  # noqa: S311  no secret
    return max(drawn, min(asked, LONGEST_ASKED)) if asked else drawn


async def member_failed(ctx: Context, row: PartnerMember, error: Exception) -> None:
    """What was told meanwhile of this person stays waiting."""
    given_up = isinstance(error, GiveUp)
    if not isinstance(error, Failure):
        given_up = row.attempts + 1 >= MOST_OF_A_BUG
    reason = error.reason if isinstance(error, Failure) else f"bug: {type(error).__name__}"
    asked = error.after if isinstance(error, TryLater) else None
    due = ctx.clock() + pause(row.attempts + 1, asked)
    async with transaction():
        same = PartnerMember.filter(id=row.id, wanted=row.wanted)
        if given_up:
            await same.update(state=TellingState.FAILED, error=reason[:LONGEST_REASON])
        else:
            await same.update(
                attempts=row.attempts + 1, available_at=due, error=reason[:LONGEST_REASON]
            )


async def request_failed(ctx: Context, row: CardRequest, reason: str, seconds: int) -> None:
    due = ctx.clock() + pause(row.attempts + 1, timedelta(seconds=seconds) if seconds else None)
    async with transaction():
        await CardRequest.filter(id=row.id).update(
            attempts=row.attempts + 1, available_at=due, error=reason[:LONGEST_REASON]
        )


async def connection_well(ctx: Context, connection: Connection) -> None:
    """After an outage what has waited goes at once."""
    if not connection.failures:
        return
    now = ctx.clock()
    async with transaction():
        # of all: one connection
        await Connection.filter(id=connection.id).update(
            failures=0, failing_since=None, rests_until=None
        )
        if connection.failures >= OUTAGE:
            await rows(_NOW, [now, connection.id])
            await rows(_REQUESTS_NOW, [now, connection.id])
    log_of(ctx, __name__).info("a partner is back", connection=connection.id)


async def connection_failed(ctx: Context, connection: Connection, error: Exception) -> None:
    """Nobody was reached: it rests, or stands still until somebody mends its settings."""
    if isinstance(error, NeedsSettings):
        await _broken(ctx, connection, error.reason)
        return
    now = ctx.clock()
    asked = error.after if isinstance(error, TryLater) else None
    rests = now + pause(connection.failures + 1, asked, 60.0)
    async with transaction():
        # of all: one connection
        await Connection.filter(id=connection.id).update(
            failures=connection.failures + 1,
            failing_since=connection.failing_since or now,
            rests_until=rests,
        )
    reason = error.reason if isinstance(error, Failure) else type(error).__name__
    log_of(ctx, __name__).warning("a partner is away", connection=connection.id, reason=reason)


async def _broken(ctx: Context, connection: Connection, reason: str) -> None:
    """Unless its settings were changed meanwhile."""
    now: datetime = ctx.clock()
    async with transaction():
        # of all: one connection
        same = Connection.filter(
            id=connection.id, version=connection.version, status=ConnectionStatus.ACTIVE
        )
        changed = await same.update(status=ConnectionStatus.BROKEN, reason=reason[:LONGEST_REASON])
        if changed:
            event = ConnectionStopped(connection.id, connection.account_id, reason[:LONGEST_REASON])
            await announce(now, event)
    if changed:
        log_of(ctx, __name__).error(
            "a connection needs settings", connection=connection.id, reason=reason
        )
        ctx.wake.set()
