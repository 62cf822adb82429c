"""CardIssued → a message in Telegram that stays in the chat: the card is here.

Only for a card that was made without its owner looking on: who has just issued it has the
card itself on the screen, and nothing may push its barcode away."""

from types import SimpleNamespace

from backend.events.cards import CardIssued
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.words import spoken
from models.card import CardOrigin
from models.message_purpose import MessagePurpose


def is_welcome(event: CardIssued) -> bool:
    """Whoever assigns cards tells their owners as they see fit."""
    return not event.shown and event.origin != CardOrigin.ASSIGNED


# of all: the card that the event names
_CARD = """
SELECT k.printed_number, k.brand_id, c.language, COALESCE(b.name_ru, p.name_ru, '') AS name_ru,
    COALESCE(b.name_en, p.name_en, '') AS name_en
FROM cards k JOIN customers c ON c.id = k.customer_id
LEFT JOIN brands b ON b.id = k.brand_id LEFT JOIN programs p ON p.id = k.program_id
WHERE k.id = $1 AND k.customer_id = $2 AND k.removed_at IS NULL
"""


async def welcome(post: GatedChannels, ctx: Context, happened: Happened[CardIssued]) -> None:
    """Raises TryLater and NeedsSettings."""
    event = happened.event
    if not is_welcome(event):
        return
    found = await rows(_CARD, [event.card_id, event.customer_id])
    way = await reach(event.customer_id) if found else None
    if way is None:
        return
    card = found[0]
    draft = Draft(
        once=f"welcome:card:{event.card_id}",
        customer_id=event.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="welcome-card",
        data={
            "brand": spoken(SimpleNamespace(**card), "name", card["language"]),
            "number": card["printed_number"],
        },
        action=Action(ActionKind.OPEN_CARD, event.card_id),
        brand_id=card["brand_id"],
        card_id=event.card_id,
    )
    await deliver(ctx, post, draft, way.channel)
