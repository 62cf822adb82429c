"""CardIssued → a message in Telegram that stays in the chat: the card is here.

Only for a card that was made without its owner looking on: who has just issued it has the
card itself on the screen, and nothing may push its barcode away."""

from backend.events import CardIssued
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from catalog.spoken import spoken
from models.card import Card, CardOrigin
from models.customer import Customer
from models.message import MessagePurpose


def is_welcome(event: CardIssued) -> bool:
    """Whoever assigns cards tells their owners as they see fit."""
    return not event.shown and event.origin != CardOrigin.ASSIGNED


async def welcome(post: GatedChannels, ctx: Context, happened: Happened[CardIssued]) -> None:
    """Raises TryLater and NeedsSettings."""
    event = happened.event
    if not is_welcome(event):
        return
    card = await Card.get_or_none(id=event.card_id).prefetch_related("brand", "program")
    customer = await Customer.get_or_none(id=event.customer_id)
    if card is None or card.removed_at is not None:
        return
    way = await reach(event.customer_id)
    if customer is None or way is None:
        return
    draft = Draft(
        once=f"welcome:card:{card.id}",
        customer_id=customer.id,
        purpose=MessagePurpose.SERVICE,
        kind="welcome-card",
        data={
            "brand": _name(card, customer.language),
            "number": card.printed_number,
        },
        action=Action(ActionKind.OPEN_CARD, card.id),
        brand_id=card.brand_id,
        card_id=card.id,
    )
    await deliver(ctx, post, draft, way.channel)


def _name(card: Card, language: str) -> str:
    named = card.brand or card.program
    if named is None:
        return ""
    return spoken(named, "name", language)
