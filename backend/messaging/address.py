"""Where a channel finds whom a message is for, opened for this hand-over."""

from backend.identities import identity_at
from backend.messaging.handover import Address, CardAddress, PersonAddress
from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from models.channel import ChannelName
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from models.identity import Entrance
from models.message import Message

_CONTACTS = {ChannelName.EMAIL: ContactKind.EMAIL, ChannelName.SMS: ContactKind.PHONE}


async def address_of(
    ctx: Context, customer: Customer, message: Message, channel: str
) -> Address | None:
    """A Telegram chat, a verified contact, or the card that the message is about; None for
    whoever cannot be found here."""
    if channel == ChannelName.TELEGRAM:
        identity = await identity_at(customer.id, Entrance.TELEGRAM)
        return None if identity is None else PersonAddress(identity.external_id)
    if channel == ChannelName.WALLET:
        return None if message.card_id is None else CardAddress(message.card_id)
    return await _contact(ctx, customer, _CONTACTS[ChannelName(channel)])


async def _contact(ctx: Context, customer: Customer, kind: ContactKind) -> PersonAddress | None:
    if customer.data_key is None:
        return None
    contact = await Contact.get_or_none(customer_id=customer.id, kind=kind)
    if contact is None or contact.verified_at is None:
        return None
    return PersonAddress(str(Sealed(contact_place(kind)).open(ctx, customer, contact.sealed)))
