"""CardBlocked, CardUnblocked, CardReplaced → the card's owner is told, in the daytime where they
are."""

from datetime import datetime, timedelta

from backend.cards.pocket.reminders.daytime import here_of, wait_for_day
from backend.events.cards import CardBlocked, CardReplaced, CardUnblocked
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.platform.words import spoken
from models.card import Card, CardStatus
from models.message import Message
from models.message_purpose import MessagePurpose

BLOCKED, UNBLOCKED, REPLACED = "card-blocked", "card-unblocked", "card-replaced"
_OF_A_STATE = {CardStatus.BLOCKED: BLOCKED, CardStatus.ACTIVE: UNBLOCKED}
# Of more lines than FEW in a file so many are told in a second; of those beyond MOST some together.
FEW, PER_SECOND, MOST = 100, 10, 8 * 3600 * 10
Steered = CardBlocked | CardUnblocked | CardReplaced


async def tell_owner(post: GatedChannels, ctx: Context, happened: Happened[Steered]) -> None:
    """Nothing when the card has left the pocket, or is otherwise again by now: what came after it
    is told. Raises TryLater and NeedsSettings."""
    event = happened.event
    # of all: the card that the event names
    found = Card.filter(
        id=event.card_id, removed_at__isnull=True, customer__deleted_at__isnull=True
    )
    card = await found.select_related("brand", "program", "customer__city").first()
    way = await reach(event.customer_id)
    if card is None or way is None or way.blocked:
        return
    draft = _draft(happened, card)
    if not await _stands(event, card, draft):
        return
    _wait(here_of(card.customer, ctx.clock()), happened)
    await deliver(ctx, post, draft, way.channel)


def _wait(here: datetime, happened: Happened[Steered]) -> None:
    """Raises TryLater by night, and once for a turn of those of a long file: whatever else there
    is to do and to say goes on between them."""
    event = happened.event
    many = 0 if isinstance(event, CardReplaced) else min(event.of_many, MOST)
    turn = timedelta(seconds=event.card_id % many / PER_SECOND) if many else timedelta()
    try:
        wait_for_day(here)
    except TryLater as night:
        raise TryLater(night.reason, (night.after or timedelta()) + turn) from None
    if many > FEW and happened.attempt == 1:
        raise TryLater("one of many", turn)


async def _stands(event: Steered, card: Card, draft: Draft) -> bool:
    """The owner is told nothing twice, and that a card is good again only when they were told
    that it was blocked."""
    if isinstance(event, CardReplaced):
        return event.number == card.printed_number
    if draft.kind != _OF_A_STATE.get(card.status):
        return False
    told = Message.filter(
        customer_id=card.customer_id, card_id=card.id, kind__in=(BLOCKED, UNBLOCKED)
    )
    last = await told.exclude(once=draft.once).order_by("-id").first()
    return (last.kind if last is not None else UNBLOCKED) != draft.kind


def _draft(happened: Happened[Steered], card: Card) -> Draft:
    event = happened.event
    named = card.brand if card.brand is not None else card.program
    data = {"brand": spoken(named, "name", card.customer.language)}
    kind = BLOCKED if isinstance(event, CardBlocked) else UNBLOCKED
    if isinstance(event, CardReplaced):
        kind, data["number"] = REPLACED, event.number
    return Draft(
        once=f"card-steered:{happened.id}",
        customer_id=event.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind=kind,
        data=data,
        action=Action(ActionKind.OPEN_CARD, card.id),
        brand_id=card.brand_id,
        card_id=card.id,
    )
