"""CardIssued → a message in Telegram that stays in the chat: the card is here.

Only for a card that was made without its owner looking on: who has just issued it has the
card itself on the screen, and nothing may push its barcode away."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from backend.events.cards import CardIssued
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import ways
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import among, rows
from backend.platform.words import spoken
from models.card import CardOrigin
from models.message_purpose import MessagePurpose


def is_welcome(event: CardIssued) -> bool:
    """Whoever assigns cards tells their owners as they see fit."""
    return not event.shown and event.origin != CardOrigin.ASSIGNED


# of all: the cards that the events name
_CARDS = """
SELECT k.id, k.customer_id, k.printed_number, k.brand_id, c.language,
    COALESCE(b.name_ru, p.name_ru, '') AS name_ru, COALESCE(b.name_en, p.name_en, '') AS name_en
FROM cards k JOIN customers c ON c.id = k.customer_id
LEFT JOIN brands b ON b.id = k.brand_id LEFT JOIN programs p ON p.id = k.program_id
WHERE k.id {named} AND k.removed_at IS NULL
"""


async def welcome(post: GatedChannels, ctx: Context, happened: Happened[CardIssued]) -> None:
    """Raises TryLater and NeedsSettings."""
    event = happened.event
    if not is_welcome(event):
        return
    card = await post.statements.ask(_cards, event)
    way = await post.statements.ask(ways, event.customer_id) if card else None
    if card and way:
        await deliver(ctx, post, _draft(event, card), way.channel)


async def _cards(events: Sequence[CardIssued]) -> list[dict[str, Any] | None]:
    ids = sorted({event.card_id for event in events})
    found = {
        (row["id"], row["customer_id"]): row
        for row in await rows(_CARDS.format(named=among(1)), [ids])
    }
    return [found.get((event.card_id, event.customer_id)) for event in events]


def _draft(event: CardIssued, card: dict[str, Any]) -> Draft:
    return Draft(
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
