"""The sealed profile: read it, merge answers into it."""

from typing import Any

from backend.platform.context import Context
from backend.platform.secrets.vault import Sealed
from catalog.questions.question import QuestionnaireField
from models.contact import Contact, ContactKind, contact_place
from models.customer import PROFILE_PLACE, Customer

PROFILE = Sealed(PROFILE_PLACE)
# Optional questions that were skipped are kept here, so that nobody is asked twice.
SKIPPED = "_skipped"


def read_profile(ctx: Context, customer: Customer) -> dict[str, Any]:
    """Stored key → value (see catalog.questions.questionnaire.stored_key). Raises CannotOpen."""
    return PROFILE.open(ctx, customer, customer.profile) or {}


def seal_profile(ctx: Context, customer: Customer, profile: dict[str, Any]) -> bytes:
    return PROFILE.seal(ctx, customer, profile)


async def known_fields(ctx: Context, customer: Customer) -> dict[str, Any]:
    """What is known and need not be asked, contacts included. A phone counts only when it is
    verified."""
    known = read_profile(ctx, customer)
    for contact in await Contact.filter(customer_id=customer.id):
        if contact.kind is ContactKind.PHONE and contact.verified_at is None:
            continue
        known[contact.kind.value] = open_contact(ctx, customer, contact)
    return known


def open_contact(ctx: Context, customer: Customer, contact: Contact) -> str:
    return str(Sealed(contact_place(contact.kind)).open(ctx, customer, contact.sealed))


def to_ask(fields: dict[str, QuestionnaireField], known: dict[str, Any]) -> list[str]:
    """The stored keys that nothing is known of; what may be left out is asked once only."""
    passed = known.get(SKIPPED, [])
    return [
        key
        for key, field in fields.items()
        if key not in known and (field.required or key not in passed)
    ]
