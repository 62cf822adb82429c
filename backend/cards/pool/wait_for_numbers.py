"""Ask to be told when a program has free numbers again, or no longer."""

from backend.cards.pocket.wallet import card_of_program
from backend.cards.pool.stock import pools_empty_for
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.shelves.browse import open_offer
from models.customer import Customer
from models.number_wait import NumberWait
from models.refusal import Code, Refusal


async def wait_for_numbers(ctx: Context, customer: Customer, offer_id: int) -> bool:
    """Again changes nothing. False when there are numbers by now. Refuses with offer_not_found,
    offer_ended or card_exists (about: the card)."""
    offer = await open_offer(ctx.clock(), offer_id)
    program_id = offer.brand.program_id
    held = await card_of_program(customer, program_id)
    if held is not None:
        raise Refusal(Code.CARD_EXISTS, about=held.id)
    if not await pools_empty_for(customer, {program_id}):
        return False
    row = NumberWait(
        customer_id=customer.id,
        program_id=program_id,
        offer_id=offer.id,
        created_at=ctx.clock(),
    )
    async with transaction():
        await NumberWait.bulk_create([row], ignore_conflicts=True)
    return True


async def stop_waiting(ctx: Context, customer: Customer, offer_id: int) -> None:
    """Again changes nothing. Refuses with offer_not_found or offer_ended."""
    offer = await open_offer(ctx.clock(), offer_id)
    async with transaction():
        await NumberWait.filter(customer_id=customer.id, program_id=offer.brand.program_id).delete()


async def waits_for_numbers(customer: Customer, program_id: int) -> bool:
    return await NumberWait.exists(customer_id=customer.id, program_id=program_id)
