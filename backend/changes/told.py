"""What the accounts that an event concerns are told of it."""

from collections.abc import Iterator
from typing import Any

from backend.changes.draft import Draft
from backend.changes.heard import Heard
from backend.changes.whose import Around
from backend.events import (
    CardIssued,
    CardRemoved,
    ContactLost,
    ContactVerified,
    CustomerDeleted,
    OfferApproved,
    OfferArchived,
    OfferPaused,
    OfferPublished,
    OfferRecalled,
    OfferRefused,
    OfferResumed,
    OfferSubmitted,
    PoolRanEmpty,
    PoolRanLow,
    ProfileRefreshed,
)
from models.account_change import ChangeKind

_OF_A_CONTACT = {
    ContactVerified: ChangeKind.CONTACT_VERIFIED,
    ContactLost: ChangeKind.CONTACT_LOST,
}
_OF_A_POOL = {PoolRanLow: ChangeKind.POOL_LOW, PoolRanEmpty: ChangeKind.POOL_EMPTY}
_OF_AN_OFFER = {
    OfferSubmitted: ChangeKind.OFFER_SUBMITTED,
    OfferRecalled: ChangeKind.OFFER_RECALLED,
    OfferApproved: ChangeKind.OFFER_APPROVED,
    OfferRefused: ChangeKind.OFFER_REFUSED,
    OfferPublished: ChangeKind.OFFER_PUBLISHED,
    OfferPaused: ChangeKind.OFFER_PAUSED,
    OfferResumed: ChangeKind.OFFER_RESUMED,
    OfferArchived: ChangeKind.OFFER_ARCHIVED,
}


def told(heard: Heard, around: Around) -> Iterator[Draft]:
    """One for each account; none where it is nobody's business."""
    event = heard.event
    match event:
        case CardIssued() | ProfileRefreshed():
            yield from _of_card(heard, around, event.program_id, getattr(event, "brand_id", 0))
        case CardRemoved():
            card = around.cards.get(event.card_id)
            if card is not None:
                yield from _of_card(heard, around, card["program_id"], card["brand_id"])
        case ContactVerified() | ContactLost():
            kind = _OF_A_CONTACT[type(event)]
            for account_id in sorted(around.trusted.get(event.customer_id, [])):
                data = {"customer": event.customer_id, "contact": event.kind}
                yield _draft(heard, account_id, kind, data)
        case CustomerDeleted():
            yield from _deleted(heard, around)
        case PoolRanLow() | PoolRanEmpty():
            program = around.programs.get(event.program_id)
            if program is not None:
                kind, data = _OF_A_POOL[type(event)], {"program": program["key"]}
                yield _draft(heard, program["account_id"], kind, data)
        case _ if type(event) in _OF_AN_OFFER:
            yield from _of_offer(heard, around)


def _of_offer(heard: Heard, around: Around) -> Iterator[Draft]:
    event = heard.event
    brand, offer = around.brands.get(event.brand_id), around.offers.get(event.offer_id)
    if brand is not None and offer is not None:
        data: dict[str, Any] = {"brand": brand, "offer": offer["key"].removeprefix(f"{brand}-")}
        data |= {"change": True} if event.change else {}
        yield _draft(heard, event.account_id, _OF_AN_OFFER[type(event)], data)


def _of_card(
    heard: Heard, around: Around, program_id: int, brand_id: int | None
) -> Iterator[Draft]:
    event, program = heard.event, around.programs.get(program_id)
    if program is None:
        return
    data = {"customer": event.customer_id, "card": event.card_id, "program": program["key"]}
    if brand_id is not None and brand_id in around.brands:
        data["brand"] = around.brands[brand_id]
    kind = ChangeKind.CARD_REMOVED
    if isinstance(event, CardIssued):
        kind, data["origin"] = ChangeKind.CARD_REGISTERED, event.origin
    if isinstance(event, ProfileRefreshed):
        kind, data["fields"] = ChangeKind.PROFILE_CHANGED, list(event.fields)
    yield _draft(heard, program["account_id"], kind, data)


def _deleted(heard: Heard, around: Around) -> Iterator[Draft]:
    """The numbers are the account's own, and all by which it knows whom to delete."""
    event = heard.event
    cards: dict[int, list[dict[str, str]]] = {
        account_id: [] for account_id in around.known.get(event.customer_id, [])
    }
    for program_id, number in event.numbers.items():
        program = around.programs.get(int(program_id))
        if program is not None:
            card = {"program": program["key"], "number": number}
            cards.setdefault(program["account_id"], []).append(card)
    for account_id in sorted(cards):
        data = {"customer": event.customer_id, "cards": cards[account_id]}
        yield _draft(heard, account_id, ChangeKind.CUSTOMER_DELETED, data)


def _draft(heard: Heard, account_id: int, kind: ChangeKind, data: dict[str, Any]) -> Draft:
    event = heard.event
    customer, card = getattr(event, "customer_id", None), getattr(event, "card_id", None)
    return Draft(account_id, kind, heard.origin, heard.at, data, customer, card)
