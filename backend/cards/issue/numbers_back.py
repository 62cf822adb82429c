"""Whoever asked is told, once, that a program has free numbers again."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from backend.cards.pocket.expiry import USUAL_ZONE
from backend.cards.pocket.one_by_one import one_by_one
from backend.cards.pocket.remind_expiry import DAYTIME
from backend.events import CardIssued
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.browse import first_offer_of
from catalog.scope import wallet_of
from catalog.spoken import spoken
from models.customer import Customer
from models.message import MessagePurpose
from models.number_wait import NumberWait
from models.offer import Offer

BATCH = 200
# of all: whoever waits for a pool that has numbers again
_REFILLED = """
SELECT DISTINCT number_waits.program_id FROM number_waits
JOIN programs ON programs.id = number_waits.program_id
WHERE programs.status = 'active' AND EXISTS (SELECT 1 FROM pool_numbers
    WHERE pool_numbers.program_id = number_waits.program_id AND pool_numbers.status = 'free')
"""


async def tell_numbers_back(ctx: Context, post: GatedChannels) -> int:
    """Everybody who waits for a program that has numbers now, in the daytime where they are;
    returns how many were told. Raises what one_by_one raises; called again it goes on."""
    programs = [row["program_id"] for row in await rows(_REFILLED)]

    async def tell(wait: NumberWait) -> bool:
        return await _tell(ctx, post, wait)

    told, last = 0, 0
    while programs:
        found = await (
            NumberWait.filter(program_id__in=programs, id__gt=last)
            .order_by("id")
            .limit(BATCH)
            .select_related("customer__city")
        )
        told += await one_by_one("numbers_back", found, tell)
        last = found[-1].id if found else last
        if len(found) < BATCH:
            break
    return told


async def _tell(ctx: Context, post: GatedChannels, wait: NumberWait) -> bool:
    customer = wait.customer
    if await wallet_of(customer.id).filter(program_id=wait.program_id).exists():
        await _forget(wait)
        return False
    offer = await first_offer_of(ctx.clock(), wait.program_id, wait.offer_id)
    if offer is None or not _daytime(ctx, customer):
        return False
    way = await reach(customer.id)
    if way is not None and not way.blocked:
        await deliver(ctx, post, _draft(wait, offer), way.channel)
    await _forget(wait)
    return way is not None


def _daytime(ctx: Context, customer: Customer) -> bool:
    city = customer.city
    zone = ZoneInfo(city.timezone) if city is not None else USUAL_ZONE
    return ctx.clock().astimezone(zone).hour in DAYTIME


async def _forget(wait: NumberWait) -> None:
    async with transaction():
        await NumberWait.filter(id=wait.id).delete()


def _draft(wait: NumberWait, offer: Offer) -> Draft:
    brand = offer.brand
    return Draft(
        once=f"numbers-back:{wait.id}",
        customer_id=wait.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind="numbers-back",
        data={"brand": spoken(brand, "name", wait.customer.language)},
        action=Action(ActionKind.OPEN_OFFER, offer.id),
        brand_id=brand.id,
    )


async def waiting_for_it(events: Sequence[CardIssued]) -> list[CardIssued]:
    """Those whose owner waits for a number of the program."""
    found = NumberWait.filter(customer_id__in={event.customer_id for event in events})
    waits = set(await found.values_list("customer_id", "program_id"))
    return [event for event in events if (event.customer_id, event.program_id) in waits]


async def stop_waiting_for(_ctx: Context, happened: Sequence[Happened[CardIssued]]) -> Failed:
    """CardIssued → nothing to wait for any more. All at once, so none fails alone."""
    async with transaction():
        for program_id in {each.event.program_id for each in happened}:
            owners = {e.event.customer_id for e in happened if e.event.program_id == program_id}
            await NumberWait.filter(program_id=program_id, customer_id__in=owners).delete()
    return {}
