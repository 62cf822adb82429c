"""«My data»: everything that is held about a person, as plain values ready for JSON.

A section per table, made in held_person.py and held_dealings.py; a test compares them with
the models, so that nothing new is held without being told. Times are ISO 8601 in UTC.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from backend.customers import held_dealings, held_findings, held_person, held_wallet
from backend.customers.held_values import Json
from backend.platform.context import Context
from models.customer import Customer

Section = Callable[[Context, Customer], Awaitable[Any]]
SECTIONS: dict[str, Section] = {
    "person": held_person.person,
    "contacts": held_person.contacts,
    "verifications": held_person.verifications,
    "cards": held_dealings.cards,
    "wallet_entries": held_wallet.entries,
    "card_photos": held_wallet.photos,
    "card_shares": held_wallet.shares,
    "card_findings": held_findings.findings,
    "number_tries": held_findings.tries,
    "number_waits": held_findings.waits,
    "applications": held_dealings.applications,
    "consents": held_dealings.consents,
    "consent_documents": held_dealings.consent_documents,
    "consents_now": held_dealings.consents_now,
    "messages": held_dealings.messages,
    "chats": held_person.chats,
    "pictures": held_person.pictures,
    "updates": held_person.updates,
}


async def export_data(ctx: Context, customer: Customer) -> Json:
    """Every section by its name. Raises CannotOpen when the vault is another one."""
    about = {"customer": customer.id, "made_at": ctx.clock().isoformat(), "format": 1}
    return {"about": about} | {name: await make(ctx, customer) for name, make in SECTIONS.items()}
