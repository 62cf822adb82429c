"""CardExpiryNeared → the owner is told, in the daytime where they are."""

from datetime import datetime

from backend.cards.pocket.expiry import days_left
from backend.cards.pocket.reminders.daytime import here_of, wait_for_day
from backend.events.cards import CardExpiryNeared
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.days import day_here
from models.card import CardStatus
from models.message_purpose import MessagePurpose
from models.wallet_entry import WalletEntry


async def remind_expiry(
    post: GatedChannels, ctx: Context, happened: Happened[CardExpiryNeared]
) -> None:
    """Nothing when the card is gone or over, or ends on another day by now. Raises TryLater and
    NeedsSettings."""
    event = happened.event
    found = WalletEntry.filter(
        card_id=event.card_id,
        card__status=CardStatus.ACTIVE,
        card__removed_at__isnull=True,
        card__hidden=False,
    )
    entry = await found.select_related("card__brand", "customer__city").first()
    if entry is None or entry.expires_at is None:
        return
    here = here_of(entry.customer, ctx.clock())
    day = day_here(here, entry.expires_at)
    if day.isoformat() != event.day or day < here.date():
        return
    way = await reach(event.customer_id)
    if way is None:
        return
    wait_for_day(here)
    await deliver(ctx, post, _draft(entry, event, here), way.channel)


def _draft(entry: WalletEntry, event: CardExpiryNeared, here: datetime) -> Draft:
    assert entry.expires_at is not None
    brand = entry.card.brand
    # A name that only the owner knows is written down nowhere in the clear: the number's end
    # stands for it.
    name = f"…{entry.card.printed_number[-4:]}"
    if brand is not None:
        name = spoken(brand, "name", entry.customer.language)
    return Draft(
        once=f"expiry:{entry.card_id}:{event.day}:{event.stage}",
        customer_id=entry.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="card-expires",
        data={
            "name": name,
            "days": days_left(entry.expires_at, here),
        },
        action=Action(ActionKind.OPEN_CARD, entry.card_id),
        card_id=entry.card_id,
    )
