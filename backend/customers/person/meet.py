"""Find the customer who comes in, or make one at the first word."""

from dataclasses import dataclass
from datetime import UTC

from tortoise.exceptions import IntegrityError
from tortoise.queryset import QuerySetSingle

from backend.customers.person.seen import note_seen
from backend.events.people import CustomerJoined
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.days import day_in
from models.customer import Customer
from models.identity import Entrance, Identity


@dataclass(frozen=True, slots=True)
class KnownAs:
    """Somebody, as a door names them. For Telegram the id is also that of their private chat."""

    door: Entrance
    external_id: str


def in_telegram(chat_id: int) -> KnownAs:
    return KnownAs(Entrance.TELEGRAM, str(chat_id))


def known(who: KnownAs) -> QuerySetSingle[Identity | None]:
    """With its customer."""
    return Identity.get_or_none(door=who.door, external_id=who.external_id).select_related(
        "customer"
    )


async def whose(who: KnownAs) -> Customer | None:
    identity = await known(who)
    return None if identity is None else identity.customer


async def is_known_as(customer_id: int, who: KnownAs) -> bool:
    return await Identity.exists(
        customer_id=customer_id, door=who.door, external_id=who.external_id
    )


async def meet(ctx: Context, who: KnownAs, *, language: str, source: str = "") -> Customer:
    """The same person always gets the same row, also from two first words at once, and whoever
    comes in can be reached there from now on.

    `source` is the label of the link that brought the person: it counts at the first meeting.
    """
    identity = await known(who) or await _new(ctx, who, language, source[:64])
    await _is_here(ctx, identity)
    return identity.customer


async def _new(ctx: Context, who: KnownAs, language: str, source: str) -> Identity:
    now = ctx.clock()
    try:
        async with transaction():
            customer = await Customer.create(
                language=language,
                data_key=ctx.vault.new_data_key(),
                source=source,
                created_at=now,
            )
            identity = await Identity.create(
                customer=customer,
                door=who.door,
                external_id=who.external_id,
                reachable_since=now,
                seen_on=day_in(UTC, now),
                created_at=now,
            )
            await announce(now, CustomerJoined(customer_id=customer.id, source=source))
    except IntegrityError:
        # The other first word was faster.
        other = await known(who)
        assert other is not None
        return other
    ctx.wake.set()
    return identity


async def _is_here(ctx: Context, identity: Identity) -> None:
    """Consents stay as they were: coming back is not a new answer to anything."""
    await note_seen(ctx, identity.id, identity.seen_on)
    if identity.reachable_since is not None and identity.blocked_at is None:
        return
    since = identity.reachable_since or ctx.clock()
    async with transaction():
        await Identity.filter(id=identity.id).update(reachable_since=since, blocked_at=None)
