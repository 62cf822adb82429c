"""Cards that are announced without any row of theirs."""

from backend.events.cards import CardIssued
from backend.outbox.announce import announce
from backend.platform.context import Context


def card(card_id: int, *, account: int = 4, owner: int = 2, origin: str = "issued") -> CardIssued:
    return CardIssued(
        card_id=card_id,
        customer_id=owner,
        program_id=3,
        account_id=account,
        brand_id=None,
        origin=origin,
    )


async def announce_cards(ctx: Context, *events: CardIssued) -> None:
    for event in events:
        await announce(ctx.clock(), event)
