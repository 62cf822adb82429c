"""Search by what an account may know: a number, a phone, an e-mail. And how many there are."""

from typing import Any

from backend.cards.passes.find_pass import find_pass
from backend.customers.contacts.told_to_brands import contacts_told, whose_contact
from backend.web.compat.call import Call
from backend.web.compat.fields import text
from catalog.questions.phone import shared_phone
from models.card import CardStatus
from models.contact import ContactKind
from models.refusal import Refusal


async def passes(call: Call) -> list[dict[str, Any]]:
    wanted = text(call.body, "text", 200, needed=True)
    found = [*await _by_number(call, wanted), *await _by_contact(call, wanted)]
    return [{"serial": serial, "content": wanted} for serial in dict.fromkeys(found)]


async def _by_number(call: Call, wanted: str) -> list[str]:
    try:
        found = await find_pass(call.scope, wanted)
    except Refusal:
        return []
    return [found.serial if found.card is None else found.card.printed_number]


async def _by_contact(call: Call, wanted: str) -> list[str]:
    """Only of whom the account may know it."""
    kind = ContactKind.EMAIL if "@" in wanted else ContactKind.PHONE
    try:
        value = wanted.lower() if kind is ContactKind.EMAIL else shared_phone(wanted)
    except Refusal:
        return []
    people = await call.scope.customers(await whose_contact(call.ctx, kind, value))
    told = await contacts_told(call.ctx, call.scope, people)
    known = [customer for customer, contacts in told.items() if kind in contacts]
    cards = call.scope.cards().filter(customer_id__in=known or [0], removed_at__isnull=True)
    return [card.printed_number for card in await cards.order_by("id")]


async def stats(call: Call) -> dict[str, Any]:
    cards = call.scope.cards()
    waiting = call.scope.facade_passes().filter(ended_at__isnull=True, assignment__state="waiting")
    registered = await cards.filter(removed_at__isnull=True).count()
    created = await waiting.count()
    return {
        "stats": {
            "total": registered + created,
            "registered": registered,
            "created": created,
            "blocked": await cards.filter(status=CardStatus.BLOCKED).count(),
            "deleted": await cards.filter(removed_at__isnull=False).count(),
        }
    }


async def ping(_call: Call) -> dict[str, Any]:
    return {"RCODE": 0, "RMESSAGE": "pong"}
