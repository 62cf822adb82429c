"""The lines of the files that partners get."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from tortoise.expressions import Q

from backend.customers.person.profile import open_contact, read_profile
from backend.exchange.cells import written
from backend.partners.registries.wire.writing import CLIENTS, ISSUED, Registry
from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.watch.use_case_log import log_of
from models.card import Card, CardOrigin
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind
from models.program import Program

_AT_ONCE = 200
_SEX = {"male": "m", "female": "f"}
# Given by us: what people brought in was the partner's before.
_OURS = (CardOrigin.ISSUED, CardOrigin.ASSIGNED)
_LONGEST = 50


async def issued_file(
    program: Program, name: str, since: datetime | None, until: datetime, zone: tzinfo
) -> Registry:
    """Of every card that was given out in that time; nothing of whose it is."""
    when = Q(created_at__lt=until, origin__in=_OURS)
    if since is not None:
        when &= Q(created_at__gte=since)
    registry = Registry(name, ISSUED)
    with registry:
        async for cards in _cards(program, when):
            for card in cards:
                registry.put(*_numbers(card, zone), card.status.value)
    return registry


async def clients_file(ctx: Context, program: Program, name: str, zone: tzinfo) -> Registry:
    """Of every card in a pocket whose owner's consent to the processing of their data stands."""
    registry = Registry(name, CLIENTS)
    with registry:
        async for cards in _cards(program, Q(removed_at__isnull=True)):
            contacts = await _contacts(cards)
            agreed = await _agreed(program, cards)
            for card in cards:
                if card.customer_id in agreed and card.customer.deleted_at is None:
                    _put(ctx, registry, card, contacts.get(card.customer_id, []), zone)
    return registry


def _put(
    ctx: Context, registry: Registry, card: Card, contacts: Sequence[Contact], zone: tzinfo
) -> None:
    """A row that cannot be read concerns one person: the others' are told."""
    try:
        profile = read_profile(ctx, card.customer)
        reached = {each.kind: open_contact(ctx, card.customer, each) for each in contacts}
    except CannotOpen:
        log_of(ctx, __name__).error(
            "a profile cannot be read: it is left out of a registry", card=card.id
        )
        return
    registry.put(
        *_numbers(card, zone),
        *(_text(profile.get(key)) for key in ("given_name", "surname", "patronymic")),
        reached.get(ContactKind.PHONE, "").removeprefix("+"),
        _text(reached.get(ContactKind.EMAIL)),
        _SEX.get(str(profile.get("gender", "")), ""),
        str(profile.get("birth_date", "")).replace("-", ""),
        str(int(card.balance)) if card.balance is not None else "",
        "",
        card.status.value,
    )


def _numbers(card: Card, zone: tzinfo) -> tuple[str, str, str]:
    issued = card.created_at.astimezone(zone)
    return card.printed_number, card.barcode_value, f"{issued:%Y%m%d}"


def _text(value: Any) -> str:
    """What a person has typed is no formula in the partner's spreadsheet."""
    return written(str(value)[:_LONGEST]) if value else ""


async def _cards(program: Program, which: Q) -> AsyncIterator[list[Card]]:
    """With their customers. Between batches the database and the loop belong to others."""
    last = 0
    while True:
        found = Card.filter(which, program_id=program.id, id__gt=last).order_by("id")
        cards = await found.limit(_AT_ONCE).select_related("customer")
        if not cards:
            return
        yield cards
        last = cards[-1].id
        await asyncio.sleep(0)


async def _agreed(program: Program, cards: Sequence[Card]) -> set[int]:
    states = ConsentState.filter(
        customer_id__in=[card.customer_id for card in cards],
        purpose=ConsentPurpose.PERSONAL_DATA,
        subject_id=program.account_id,
        granted=True,
    )
    return {state.customer_id for state in await states.only("id", "customer_id")}


async def _contacts(cards: Sequence[Card]) -> dict[int, list[Contact]]:
    """Those that were confirmed."""
    ids = [card.customer_id for card in cards]
    found: dict[int, list[Contact]] = {}
    for contact in await Contact.filter(customer_id__in=ids, verified_at__isnull=False):
        found.setdefault(contact.customer_id, []).append(contact)
    return found
