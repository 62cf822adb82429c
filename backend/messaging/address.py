"""Where a channel finds whom a message is for, opened for this hand-over."""

from backend.messaging.handover import Address, CardAddress, PersonAddress
from backend.messaging.whom import Whom
from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from models.channel import ChannelName
from models.contact import Contact, ContactKind, contact_place
from models.message import Message

_CONTACTS = {ChannelName.EMAIL: ContactKind.EMAIL, ChannelName.SMS: ContactKind.PHONE}


async def address_of(ctx: Context, whom: Whom, message: Message, channel: str) -> Address | None:
    """A Telegram chat, a verified contact, or the card that the message is about; None for
    whoever cannot be found here."""
    if channel == ChannelName.TELEGRAM:
        return None if whom.at_door is None else PersonAddress(whom.at_door)
    if channel == ChannelName.WALLET:
        return None if message.card_id is None else CardAddress(message.card_id)
    return await _contact(ctx, whom, _CONTACTS[ChannelName(channel)])


async def _contact(ctx: Context, whom: Whom, kind: ContactKind) -> PersonAddress | None:
    if whom.data_key is None:
        return None
    contact = await Contact.get_or_none(customer_id=whom.id, kind=kind)
    if contact is None or contact.verified_at is None:
        return None
    opened = Sealed(contact_place(kind)).open_with(ctx, whom.data_key, contact.sealed)
    return PersonAddress(str(opened))
