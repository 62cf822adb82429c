"""Keep a phone or an e-mail that a customer gave."""

from tortoise.exceptions import IntegrityError

from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.secrets.vault import Sealed
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer
from models.refusal import Code, Refusal


async def save_contact(
    ctx: Context, customer: Customer, kind: ContactKind, value: str, *, verified_by: str = ""
) -> None:
    """`value` is normal: E.164, or an e-mail as parse_answer gives it.

    A contact that is verified belongs to one person: refuses with contact_taken. The same
    value again changes nothing but may add the verification.
    """
    index = ctx.vault.blind_index(kind.value, value.lower())
    now = ctx.clock()
    sealed = Sealed(contact_place(kind)).seal(ctx, customer, value)
    try:
        async with transaction():
            contact = await Contact.get_or_none(customer_id=customer.id, kind=kind)
            if contact is None:
                contact = Contact(customer_id=customer.id, kind=kind, created_at=now)
            elif contact.blind_index == index and (contact.verified_at or not verified_by):
                return
            contact.sealed, contact.blind_index = sealed, index
            contact.verified_at = now if verified_by else None
            contact.verified_by, contact.bounced_at = verified_by, None
            await contact.save()
    except IntegrityError as taken:
        raise Refusal(Code.CONTACT_TAKEN, field=kind.value) from taken
