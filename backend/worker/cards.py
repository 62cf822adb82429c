"""Schedules that announce events of cards: they end soon, their brand has joined, there are numbers
again, their points end, nobody came for one that was assigned, it is somebody's birthday. Reactions
send the messages. What accounts may ask of those who carry them is looked at anew."""

import asyncio
from collections.abc import Awaitable, Callable

from backend.campaigns.audiences.place_answers import BATCH as PLACED
from backend.campaigns.audiences.place_answers import place_answers
from backend.cards.assign.end_assignment import BATCH as ASSIGNMENTS
from backend.cards.assign.end_assignment import announce_over
from backend.cards.pocket.reminders.announce_expiry import announce_expiry
from backend.cards.pocket.reminders.announce_joined import BATCH, announce_joined
from backend.cards.pocket.reminders.announce_news import BATCH as PEOPLE
from backend.cards.pocket.reminders.announce_news import announce_news
from backend.cards.pool.announce_numbers import announce_numbers
from backend.cards.pool.end_reservation import BATCH as RESERVATIONS
from backend.cards.pool.end_reservation import expire_reservations
from backend.customers.person.traits import BATCH as LOOKED_AT
from backend.customers.person.traits_due import look_at_birthdays, look_at_programs
from backend.ledger.birthday import give_birthdays
from backend.ledger.expire import BATCH as LOTS
from backend.ledger.expire import expire_lots
from backend.ledger.release import BATCH as HOLDS
from backend.ledger.release import release_over
from backend.ledger.settle_tier import BATCH as TIERS
from backend.ledger.settle_tier import settle_due
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.watch.log import get_log
from backend.triggers.by_the_day import announce_days

EVERY_SECONDS = 300.0
PAUSE_SECONDS = 0.05
Announce = Callable[[Context], Awaitable[int]]
FIRST: tuple[Announce, ...] = (announce_expiry, announce_numbers, give_birthdays)
# And how many are a full batch. Brands have their numbers before people hear of them.
BATCHES: dict[Announce, int] = {
    announce_over: ASSIGNMENTS,
    expire_reservations: RESERVATIONS,
    look_at_programs: LOOKED_AT,
    look_at_birthdays: LOOKED_AT,
    place_answers: PLACED,
    release_over: HOLDS,
    expire_lots: LOTS,
    settle_due: TIERS,
    announce_joined: BATCH,
    announce_news: PEOPLE,
}
log = get_log(__name__)


async def keep_announcing(ctx: Context) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        more = await announce_of_cards(ctx)
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else EVERY_SECONDS)

    await repeat("cards", step)


async def announce_of_cards(ctx: Context) -> bool:
    """One round; whether there is more to do at once. What stops one of them stops none of the
    others."""
    for announce in FIRST:
        await _announced(announce, ctx)
    full = [await _announced(each, ctx) == batch for each, batch in BATCHES.items()]
    return any(full) or await _announced(announce_days, ctx) > 0


async def _announced(announce: Announce, ctx: Context) -> int:
    try:
        return await announce(ctx)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("a schedule failed, the others go on", what=announce.__name__)
        return 0
