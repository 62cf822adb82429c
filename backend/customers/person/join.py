"""A customer whom somebody else brought, and the person whom a door knows: one from now on."""

from tortoise.exceptions import IntegrityError

from backend.customers.person.meet import KnownAs, is_known_as
from backend.customers.person.note_person import note_person
from backend.identities import identity_at
from backend.platform.context import Context
from backend.platform.database import transaction
from models.audit_entry import Verb
from models.customer import Customer
from models.identity import Identity
from models.refusal import Code, Refusal


async def join(ctx: Context, customer_id: int, who: KnownAs) -> Identity:
    """The identity; saying it again changes nothing. Nothing is sent there before they come in.

    Nobody is merged: refuses with identity_taken when somebody else is known so (whoever has
    opened the bot is a customer of their own), or this customer is known otherwise there. Raises
    tortoise's DoesNotExist for an id that never was, or whose data was deleted.
    """
    try:
        async with transaction():
            present = Customer.filter(id=customer_id, deleted_at=None)
            customer = await present.select_for_update().get()
            if await identity_at(customer.id, who.door) is None:
                await Identity.create(
                    customer=customer,
                    door=who.door,
                    external_id=who.external_id,
                    created_at=ctx.clock(),
                )
                await note_person(ctx, Verb.JOIN_CUSTOMER, customer.id)
    except IntegrityError:
        # Somebody else is known so, perhaps since a moment ago.
        raise Refusal(Code.IDENTITY_TAKEN) from None
    identity = await identity_at(customer_id, who.door)
    if identity is None or not await is_known_as(customer_id, who):
        raise Refusal(Code.IDENTITY_TAKEN)
    return identity
