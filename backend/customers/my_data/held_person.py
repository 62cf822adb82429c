"""«My data»: what says who the person is, and what the bot keeps of the chat."""

from backend.customers.my_data.erase import INLINE_LANES
from backend.customers.my_data.held_values import Json, at, named
from backend.customers.person.profile import open_contact, read_profile
from backend.identities import identities_of, telegram_chat_of
from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from models.bot_chat import BotChat
from models.city import City
from models.contact import Contact, contact_place
from models.customer import Customer
from models.telegram_file import TelegramFile
from models.telegram_update import TelegramUpdate
from models.verification import Verification


async def person(ctx: Context, customer: Customer) -> Json:
    city = await City.get_or_none(id=customer.city_id) if customer.city_id else None
    return {
        "language": customer.language,
        "city": named(city, customer),
        "hears_of_brands": customer.hears_of_brands,
        "ads_digest": customer.ads_digest,
        "source": customer.source,
        "created_at": at(customer.created_at),
        "answers": read_profile(ctx, customer),
    }


async def identities(_ctx: Context, customer: Customer) -> list[Json]:
    """By what the person is known, and since when they can be written to there."""
    return [
        {
            "door": each.door.value,
            "external_id": each.external_id,
            "reachable_since": at(each.reachable_since),
            "blocked_at": at(each.blocked_at),
            "seen_on": each.seen_on.isoformat() if each.seen_on else None,
            "created_at": at(each.created_at),
        }
        for each in await identities_of(customer.id)
    ]


async def contacts(ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "kind": contact.kind.value,
            "value": open_contact(ctx, customer, contact),
            "verified_at": at(contact.verified_at),
            "verified_by": contact.verified_by,
            "bounced_at": at(contact.bounced_at),
            "created_at": at(contact.created_at),
        }
        for contact in await Contact.filter(customer_id=customer.id).order_by("id")
    ]


async def verifications(ctx: Context, customer: Customer) -> list[Json]:
    return [
        {
            "kind": each.kind.value,
            "how": each.how,
            "state": each.state.value,
            "value": Sealed(contact_place(each.kind)).open(ctx, customer, each.sealed),
            "created_at": at(each.created_at),
            "expires_at": at(each.expires_at),
        }
        for each in await Verification.filter(customer_id=customer.id).order_by("id")
    ]


async def chats(_ctx: Context, customer: Customer) -> list[Json]:
    """What the bot remembers of the chat."""
    return [
        {
            "bot_id": each.bot_id,
            "chat_id": each.chat_id,
            "screen_message_id": each.screen_message_id,
            "awaiting": each.awaiting,
            "awaiting_data": each.awaiting_data,
            "basket": each.basket,
            "landed": each.landed,
            "came_for": each.came_for,
            "consent_later_at": at(each.consent_later_at),
        }
        for each in await BotChat.filter(chat_id=await telegram_chat_of(customer.id) or 0)
    ]


async def pictures(_ctx: Context, customer: Customer) -> list[Json]:
    """Card pictures that lie at Telegram."""
    return [
        {"bot_id": each.bot_id, "file_id": each.file_id, "created_at": at(each.created_at)}
        for each in await TelegramFile.filter(chat_id=await telegram_chat_of(customer.id) or 0)
    ]


async def updates(ctx: Context, customer: Customer) -> list[Json]:
    """What came from Telegram and is not handled yet, or could not be."""
    chat = await telegram_chat_of(customer.id) or 0
    found = await TelegramUpdate.filter(lane__in=[chat, INLINE_LANES + chat]).order_by("id")
    return [
        {
            "received_at": at(each.received_at),
            "handled_at": at(each.handled_at),
            "error": each.error,
            "update": ctx.vault.open_service("inbox", each.payload).decode(),
        }
        for each in found
        if each.payload
    ]
