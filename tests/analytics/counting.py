"""A shop where things happen that are counted."""

from collections.abc import Awaitable, Callable
from datetime import date

from backend.consents.sweep import extend_all_chains
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from models.account import Account
from models.customer import Customer
from models.fact import Fact
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

Told = tuple[str, str, str]


async def shop_with_people(ctx: Context, people: int = 3, *, told: bool = True) -> Account:
    """Each with a card, and a message if they are `told`; advertising by Telegram is agreed to."""
    account = await make_account()
    program = await make_program(account, numbers=people + 1)
    offer = await make_offer(program)
    for number in range(1, people + 1):
        customer = await someone(ctx, number)
        (outcome,) = await issued(ctx, customer, [offer], channels=("telegram",))
        assert outcome.card is not None
        if told:
            await message(ctx, customer, offer.brand_id, DeliveryState.DELIVERED, kopecks=150)
    await extend_all_chains()
    return account


async def message(
    ctx: Context,
    customer: Customer,
    brand_id: int | None,
    state: DeliveryState,
    *,
    kopecks: int = 0,
    channel: str = "telegram",
) -> Delivery:
    kept = await Message.create(
        once=f"m{await Message.all().count()}",
        customer=customer,
        brand_id=brand_id,
        purpose=MessagePurpose.PROMO,
        kind="k",
        created_at=ctx.clock(),
    )
    return await Delivery.create(
        message=kept, channel=channel, state=state, cost_kopecks=kopecks,
        created_at=ctx.clock(), changed_at=ctx.clock(),
    )  # fmt: skip


async def facts(**of: object) -> dict[Told, tuple[int, int]]:
    """Kind, source and channel → how many, and kopecks."""
    found: dict[Told, tuple[int, int]] = {}
    for fact in await Fact.filter(**of):
        key = (str(fact.kind.value), fact.source, fact.channel)
        n, kopecks = found.get(key, (0, 0))
        found[key] = (n + fact.n, kopecks + fact.kopecks)
    return found


async def days_of(kind: str) -> dict[date, int]:
    return {fact.day: fact.n for fact in await Fact.filter(kind=kind)}


async def to_the_end(count: Callable[[], Awaitable[bool]]) -> None:
    while await count():
        pass


async def announced(ctx: Context, *events: object) -> None:
    async with transaction():
        for event in events:
            await announce(ctx.clock(), event)  # type: ignore[arg-type]
