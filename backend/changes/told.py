"""What the accounts that an event concerns are told of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from backend.changes.draft import Draft
from backend.changes.heard import Heard
from backend.changes.told_things import (
    OF_AN_ASSIGNMENT,
    OF_AN_OFFER,
    OF_POINTS,
    drafted,
    of_assignment,
    of_ledger,
    of_offer,
)
from backend.changes.whose import Around
from backend.events.brands import JobEnded
from backend.events.cards import (
    CardBlocked,
    CardInstalled,
    CardIssued,
    CardRemoved,
    CardReplaced,
    CardUnblocked,
    CardUninstalled,
    ProfileRefreshed,
)
from backend.events.event import Event
from backend.events.numbers import PoolRanEmpty, PoolRanLow, ReservationsExpired
from backend.events.people import ContactLost, ContactVerified, CustomerDeleted
from backend.events.points import TierChanged
from models.account_change import ChangeKind

_OF_A_CONTACT = {
    ContactVerified: ChangeKind.CONTACT_VERIFIED,
    ContactLost: ChangeKind.CONTACT_LOST,
}
_OF_A_STATE = {
    CardBlocked: ChangeKind.CARD_BLOCKED,
    CardUnblocked: ChangeKind.CARD_UNBLOCKED,
    CardReplaced: ChangeKind.CARD_REPLACED,
    CardInstalled: ChangeKind.CARD_INSTALLED,
    CardUninstalled: ChangeKind.CARD_UNINSTALLED,
}
_OF_A_POOL = {
    PoolRanLow: ChangeKind.POOL_LOW,
    PoolRanEmpty: ChangeKind.POOL_EMPTY,
    ReservationsExpired: ChangeKind.RESERVATIONS_EXPIRED,
}
Tells = Callable[[Heard, Around], Iterator[Draft]]


def told(heard: Heard, around: Around) -> Iterator[Draft]:
    """One for each account; none where it is nobody's business."""
    tells = _TELLS.get(type(heard.event))
    if tells is not None:
        yield from tells(heard, around)


def _of_card(heard: Heard, around: Around) -> Iterator[Draft]:
    event = heard.event
    yield from _told_card(heard, around, event.program_id, getattr(event, "brand_id", 0))


def _issued(heard: Heard, around: Around) -> Iterator[Draft]:
    """And those who have other cards of the person, if they ask what was answered otherwise."""
    event = heard.event
    yield from _of_card(heard, around)
    changed = set(event.changed.split(","))
    for card in around.trusted.get(event.customer_id, ()) if event.changed else ():
        named = [key for stored, key in card.asks.items() if stored in changed]
        if named and card.program_id != event.program_id and card.made_at < heard.at:
            data = {"customer": event.customer_id, "card": card.id, "program": card.program}
            told = drafted(
                heard, card.account_id, ChangeKind.PROFILE_CHANGED, data | {"fields": named}
            )
            yield replace(told, origin=f"{heard.origin}:card:{card.id}", card_id=card.id)


def _removed(heard: Heard, around: Around) -> Iterator[Draft]:
    card = around.cards.get(heard.event.card_id)
    if card is not None:
        yield from _told_card(heard, around, card["program_id"], card["brand_id"])


def _told_card(
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
    if type(event) in _OF_A_STATE:
        kind = _OF_A_STATE[type(event)]
    if isinstance(event, CardReplaced):
        data |= {"former": event.former, "number": event.number}
    if isinstance(event, CardInstalled | CardUninstalled):
        data["wallet"] = event.wallet
    yield drafted(heard, program["account_id"], kind, data)


def _of_contact(heard: Heard, around: Around) -> Iterator[Draft]:
    event = heard.event
    cards = around.trusted.get(event.customer_id, ())
    for account_id in sorted({card.account_id for card in cards if event.kind in card.asks}):
        data = {"customer": event.customer_id, "contact": event.kind}
        yield drafted(heard, account_id, _OF_A_CONTACT[type(event)], data)


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
        data: dict[str, Any] = {"customer": event.customer_id, "cards": cards[account_id]}
        yield drafted(heard, account_id, ChangeKind.CUSTOMER_DELETED, data)


def _of_pool(heard: Heard, around: Around) -> Iterator[Draft]:
    program = around.programs.get(heard.event.program_id)
    if program is not None:
        kind = _OF_A_POOL[type(heard.event)]
        data: dict[str, Any] = {"program": program["key"]}
        if isinstance(heard.event, ReservationsExpired):
            data["reservations"] = list(heard.event.reservations)
        yield drafted(heard, program["account_id"], kind, data)


def _of_job(heard: Heard, _around: Around) -> Iterator[Draft]:
    event = heard.event
    data = {"job": event.job_id, "kind": event.kind, "state": event.state}
    data |= {"done": event.done, "bad": event.bad}
    yield drafted(heard, event.account_id, ChangeKind.JOB_ENDED, data)


_TELLS: Mapping[type[Event], Tells] = {
    CardIssued: _issued,
    ProfileRefreshed: _of_card,
    CardRemoved: _removed,
    **dict.fromkeys(_OF_A_STATE, _of_card),
    ContactVerified: _of_contact,
    ContactLost: _of_contact,
    CustomerDeleted: _deleted,
    **dict.fromkeys(_OF_A_POOL, _of_pool),
    JobEnded: _of_job,
    **dict.fromkeys(OF_AN_ASSIGNMENT, of_assignment),
    TierChanged: of_ledger,
    **dict.fromkeys(OF_POINTS, of_ledger),
    **dict.fromkeys(OF_AN_OFFER, of_offer),
}
