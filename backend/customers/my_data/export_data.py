"""«My data»: everything that is held about a person, as plain values ready for JSON.

A section per table, made in the modules held_*.py beside this one; a test compares them with
the models, so that nothing new is held without being told. Times are ISO 8601 in UTC.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson

from backend.customers.my_data import (
    held_assignments,
    held_dealings,
    held_findings,
    held_partners,
    held_person,
    held_phones,
    held_points,
    held_sales,
    held_told,
    held_triggers,
    held_wallet,
)
from backend.customers.my_data.held_values import Json
from backend.platform.context import Context
from models.customer import Customer

# A section of pictures comes one by one: together they may be tens of megabytes.
Section = Callable[[Context, Customer], Awaitable[Any] | AsyncIterator[Json]]
SECTIONS: dict[str, Section] = {
    "person": held_person.person,
    "identities": held_person.identities,
    "contacts": held_person.contacts,
    "verifications": held_person.verifications,
    "cards": held_dealings.cards,
    "points": held_points.points,
    "sales": held_sales.sales,
    "wallet_entries": held_wallet.entries,
    "card_photos": held_wallet.photos,
    "card_shares": held_wallet.shares,
    "phones": held_phones.passes,
    "card_news": held_phones.news,
    "card_findings": held_findings.findings,
    "number_tries": held_findings.tries,
    "number_waits": held_findings.waits,
    "assignments": held_assignments.assignments,
    "card_requests": held_partners.requests,
    "partners": held_partners.partners,
    "watches": held_triggers.watches,
    "turns": held_triggers.turns,
    "known_of": held_triggers.known_of,
    "traits": held_told.traits,
    "attributes": held_told.attributes,
    "card_lists": held_told.lists,
    "applications": held_dealings.applications,
    "consents": held_dealings.consents,
    "consent_documents": held_dealings.consent_documents,
    "consents_now": held_dealings.consents_now,
    "messages": held_dealings.messages,
    "sample_readers": held_dealings.sample_readers,
    "chats": held_person.chats,
    "pictures": held_person.pictures,
    "updates": held_person.updates,
}


async def export_data(ctx: Context, customer: Customer) -> AsyncIterator[tuple[str, Any]]:
    """Section by section, by its name; a value is plain, or comes one by one. Raises CannotOpen
    when the vault is another one."""
    yield "about", {"customer": customer.id, "made_at": ctx.clock().isoformat(), "format": 1}
    for name, make in SECTIONS.items():
        held = make(ctx, customer)
        yield name, held if isinstance(held, AsyncIterator) else await held


async def data_as_json(ctx: Context, customer: Customer) -> AsyncIterator[bytes]:
    """One object with all sections, in pieces."""
    before = b"{\n"
    async for name, value in export_data(ctx, customer):
        yield before + orjson.dumps(name) + b": "
        before = b",\n"
        if isinstance(value, AsyncIterator):
            async for piece in _one_by_one(value):
                yield piece
        else:
            yield orjson.dumps(value, option=orjson.OPT_INDENT_2)
    yield b"\n}\n"


async def _one_by_one(things: AsyncIterator[Json]) -> AsyncIterator[bytes]:
    before = b"["
    async for thing in things:
        yield before + orjson.dumps(thing)
        before = b",\n"
    yield b"[]" if before == b"[" else b"]"
