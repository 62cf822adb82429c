"""Somebody has pressed the button of a partner's message: it was opened, and leads somewhere."""

from backend.messages.states import tell
from backend.messaging.action import Action, parse_action
from backend.platform.context import Context
from backend.platform.database import transaction
from models.customer import Customer
from models.message import Message
from models.partner_message import MessageState, PartnerMessage

# It has arrived, whatever is known of it.
_ARRIVED = (MessageState.ENQUEUED, MessageState.DELIVERED, MessageState.UNKNOWN)


async def leads_to(customer: Customer, message_id: int) -> Action | None:
    """What it opens, for whoever only looks. None for a message that is nobody's, or somebody
    else's."""
    # of all: whose it is, is what is asked
    found = PartnerMessage.filter(id=message_id, message__customer_id=customer.id)
    row = await found.select_related("message").first()
    return None if row is None or row.message is None else _opens(row.message)


def _opens(message: Message) -> Action | None:
    return parse_action(str(message.data.get("opens", "")))


async def open_message(ctx: Context, customer: Customer, message_id: int) -> Action | None:
    """Again changes nothing. None for a message that is nobody's, or somebody else's."""
    async with transaction():
        # of all: a tap of the person whose message it is
        found = PartnerMessage.filter(id=message_id, message__customer_id=customer.id)
        row = await found.select_related("message").first()
        if row is None or row.message is None:
            return None
        # of all: the row in hand
        held = await PartnerMessage.filter(id=row.id).select_for_update().get()
        if held.state in _ARRIVED:
            await _opened(ctx, held)
    return _opens(row.message)


async def _opened(ctx: Context, row: PartnerMessage) -> None:
    """Whoever was told nothing yet hears first that it arrived."""
    now = ctx.clock()
    before = [] if row.state is MessageState.DELIVERED else [(row.id, MessageState.DELIVERED)]
    row.state, row.changed_at = MessageState.OPENED, now
    await row.save(update_fields=["state", "changed_at"])
    await tell(now, [*before, (row.id, MessageState.OPENED)])
