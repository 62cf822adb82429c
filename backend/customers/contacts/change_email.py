"""Give or change the e-mail address: kept at once, confirmed by a link."""

from backend.customers.contacts.save_contact import save_contact
from backend.customers.contacts.verify_ask import Asked, ask_link
from backend.customers.person.profile import open_contact
from backend.platform.context import Context
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.refusal import Code, Refusal

LIMITS = {Code.CODE_TOO_SOON, Code.TOO_MANY_CODES}


async def give_email(ctx: Context, customer: Customer, address: str) -> Asked | None:
    """In a questionnaire: the answer counts at once and a letter is sent if it may; None when
    the address is confirmed already or the limits say no (it can be sent again later)."""
    if await _confirmed(ctx, customer) == address:
        return None
    await save_contact(ctx, customer, ContactKind.EMAIL, address)
    try:
        return await ask_link(ctx, customer, address)
    except Refusal as refusal:
        if refusal.code not in LIMITS:
            raise
        return None


async def change_email(ctx: Context, customer: Customer, address: str) -> Asked | None:
    """In the settings: a confirmed address stays until the new one is confirmed. None when it
    is confirmed already. Refuses with code_too_soon or too_many_codes."""
    confirmed = await _confirmed(ctx, customer)
    if confirmed == address:
        return None
    asked = await ask_link(ctx, customer, address)
    if not confirmed:
        await save_contact(ctx, customer, ContactKind.EMAIL, address)
    return asked


async def _confirmed(ctx: Context, customer: Customer) -> str:
    contact = await Contact.get_or_none(customer_id=customer.id, kind=ContactKind.EMAIL)
    if contact is None or contact.verified_at is None:
        return ""
    return open_contact(ctx, customer, contact)
