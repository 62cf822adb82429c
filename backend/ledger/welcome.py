"""CardIssued → the points that a new card begins with."""

from collections.abc import Sequence

from backend.events.cards import CardIssued
from backend.ledger.accrue import give, lot_end
from backend.ledger.card import cards_by_id
from backend.ledger.order import Order
from backend.outbox.happened import Happened
from backend.platform.context import Context
from catalog.ledger_rules import rules_of
from catalog.scope import programs_by_id
from models.card import CardOrigin
from models.ledger import PostingKind
from models.program import ProcessorKind
from models.refusal import Code, Refusal

KEY = "~welcome"
# The person is gone; the points were given when they were others.
_DONE = frozenset({Code.CARD_NOT_FOUND, Code.POSTING_DIFFERS})


def is_new_card(event: CardIssued) -> bool:
    """Plastic that somebody brings along is not."""
    return event.origin in {CardOrigin.ISSUED.value, CardOrigin.ASSIGNED.value}


async def welcomed(events: Sequence[CardIssued]) -> list[CardIssued]:
    """Those whose program gives something."""
    named = {event.program_id for event in events}
    kept = await programs_by_id(named).filter(processor=ProcessorKind.LEDGER)
    giving = {program.id for program in kept if (rules := rules_of(program)) and rules.welcome}
    return [event for event in events if event.program_id in giving]


async def give_welcome(ctx: Context, happened: Happened[CardIssued]) -> None:
    """Once per card, however often it is issued again."""
    card = (await cards_by_id([happened.event.card_id])).get(happened.event.card_id)
    if card is None or not card.rules.welcome:
        return
    order = Order(card, PostingKind.WELCOME, KEY, amount=card.rules.welcome)
    try:
        await give(ctx, order, lot_end(card, ctx.clock()))
    except Refusal as refusal:
        if refusal.code not in _DONE:
            raise
