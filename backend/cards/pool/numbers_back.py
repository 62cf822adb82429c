"""NumbersReturned → whoever asked is told, once, that a program has free numbers again. CardIssued
→ nothing to wait for any more."""

from collections.abc import Sequence

from backend.cards.pocket.reminders.daytime import here_of, wait_for_day
from backend.events.cards import CardIssued
from backend.events.numbers import NumbersReturned
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.reach import reach
from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.words import spoken
from catalog.scope import wallet_of
from catalog.shelves.browse import first_offer_of
from catalog.shelves.stock import out_of_numbers
from models.message_purpose import MessagePurpose
from models.number_wait import NumberWait
from models.offer import Offer


async def tell_numbers_back(
    post: GatedChannels, ctx: Context, happened: Happened[NumbersReturned]
) -> None:
    """Whoever stopped waiting, or has the card, is told nothing; whoever came too late waits on.
    Raises TryLater and NeedsSettings."""
    found = NumberWait.filter(id=happened.event.wait_id)
    wait = await found.select_related("customer__city").first()
    if wait is None:
        return
    customer = wait.customer
    if await wallet_of(customer.id).filter(program_id=wait.program_id).exists():
        await _forget(wait)
        return
    wait_for_day(here_of(customer, ctx.clock()))
    offer = await first_offer_of(ctx.clock(), wait.program_id, wait.offer_id)
    if offer is None or await out_of_numbers({wait.program_id}):
        await NumberWait.filter(id=wait.id).update(announced_at=None)
        return
    way = await reach(customer.id)
    if way is not None and not way.blocked:
        await deliver(ctx, post, _draft(wait, offer), way.channel)
    await _forget(wait)


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
    """All at once, so none fails alone."""
    async with transaction():
        for program_id in {each.event.program_id for each in happened}:
            owners = {e.event.customer_id for e in happened if e.event.program_id == program_id}
            await NumberWait.filter(program_id=program_id, customer_id__in=owners).delete()
    return {}
