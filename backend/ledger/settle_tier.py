"""The tier of a card is what the points of the last months reach: settled after each movement, and
when one leaves the window."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from backend.events.event import Event
from backend.events.points import TierChanged
from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard
from backend.ledger.post import hold_person
from backend.outbox.announce import announce
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.dialect import moment
from catalog.ledger_rules import Counted, Tiers, rules_of
from catalog.scope import programs_by_id
from models.card import Card
from models.ledger import CardPoints
from models.program import ProcessorKind
from models.refusal import Code, Refusal

BATCH = 200
_KINDS = {Counted.ACCRUED: "'accrue'", Counted.SPENT: "'spend', 'capture'"}
# What was taken back of a movement counts as never moved.
_COUNTED = """
SELECT COALESCE(sum(p.amount), 0) - COALESCE((SELECT sum(r.amount) FROM postings r
        JOIN postings o ON o.id = r.of_id AND o.kind IN ({kinds}) AND o.at > $2
        WHERE r.card_id = $1 AND r.kind = 'reverse'), 0) AS points, min(p.at) AS first
FROM postings p WHERE p.card_id = $1 AND p.kind IN ({kinds}) AND p.at > $2
"""
# From what is due on: SQLite would begin with all cards of a program.
# of all: tiers fall by the clock
_DUE = """
SELECT s.card_id FROM card_points s CROSS JOIN cards c CROSS JOIN programs p
CROSS JOIN customers u
WHERE s.tier_at <= $1 AND c.id = s.card_id AND p.id = c.program_id AND p.processor = 'ledger'
    AND u.id = c.customer_id AND u.deleted_at IS NULL
ORDER BY s.tier_at, s.card_id LIMIT $2
"""
_ALL_DUE = """
UPDATE card_points SET tier_at = $2 WHERE card_id IN (SELECT id FROM cards WHERE program_id = $1)
"""


async def with_tiers(events: Sequence[Any]) -> list[Any]:
    """Those whose program has any."""
    named = {event.program_id for event in events}
    kept = await programs_by_id(named).filter(processor=ProcessorKind.LEDGER)
    having = {program.id for program in kept if (rules := rules_of(program)) and rules.tiers}
    return [event for event in events if event.program_id in having]


async def settle_tier(ctx: Context, happened: Happened[Event]) -> None:
    """Points have moved."""
    card_id: int = happened.event.card_id  # type: ignore[attr-defined]
    card = (await cards_by_id([card_id])).get(card_id)
    if card is not None:
        await _settle(ctx, card)


async def settle_due(ctx: Context) -> int:
    """The schedule: one batch, a transaction per card; how many were found."""
    found = [row["card_id"] for row in await rows(_DUE, [ctx.clock(), BATCH])]
    for card in (await cards_by_id(found)).values():
        await _settle(ctx, card)
    return len(found)


async def settle_all(program_id: int, now: datetime) -> None:
    """Inside a transaction that changed the rules: the schedule looks at every card of theirs."""
    await rows(_ALL_DUE, [program_id, now])


async def _settle(ctx: Context, card: LedgerCard) -> None:
    try:
        async with transaction():
            await hold_person(card)
            await _put(card, ctx.clock())
    except Refusal as refusal:
        # The person has deleted their data meanwhile.
        if refusal.code is not Code.CARD_NOT_FOUND:
            raise
    ctx.wake.set()


async def _put(card: LedgerCard, now: datetime) -> None:
    tier, look_at = await _reached(card.id, card.rules.tiers, now)
    await CardPoints.filter(card_id=card.id).update(tier_at=look_at)
    row = await Card.get(id=card.id)
    if row.tier == tier:
        return
    await Card.filter(id=card.id).update(tier=tier)
    told = TierChanged(
        card_id=card.id,
        customer_id=card.customer_id,
        program_id=card.program_id,
        account_id=card.account_id,
        before=row.tier,
        after=tier,
    )
    await announce(now, told)


async def _reached(card_id: int, tiers: Tiers | None, now: datetime) -> tuple[str, datetime | None]:
    """The tier, and when it is to be looked at again: as the oldest movement leaves the window.
    Months have no one length, so a day later at the earliest."""
    if tiers is None:
        return "", None
    kinds = _KINDS[tiers.by]
    found = (await rows(_COUNTED.format(kinds=kinds), [card_id, later(now, -tiers.months)]))[0]
    tier = tiers.reached(int(found["points"]))
    if found["first"] is None:
        return tier, None
    return tier, max(later(moment(found["first"]), tiers.months), now + timedelta(days=1))


def later(at: datetime, months: int) -> datetime:
    """So many calendar months later, on the last day of a shorter month."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)
