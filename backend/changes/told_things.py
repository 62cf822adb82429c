"""What an account is told of its own things: points of its cards, its offers, cards that it
assigns."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.changes.draft import Draft
from backend.changes.heard import Heard
from backend.changes.whose import Around
from backend.events.brands import (
    OfferApproved,
    OfferArchived,
    OfferPaused,
    OfferPublished,
    OfferRecalled,
    OfferRefused,
    OfferResumed,
    OfferSubmitted,
)
from backend.events.event import Event
from backend.events.numbers import (
    AssignmentClaimed,
    AssignmentExpired,
    AssignmentHindered,
    CardAssigned,
)
from backend.events.points import (
    PointsAccrued,
    PointsCorrected,
    PointsExpired,
    PointsHeld,
    PointsReleased,
    PointsReversed,
    PointsSpent,
    TierChanged,
)
from catalog.points_text import points_text
from models.account_change import ChangeKind

OF_POINTS: Mapping[type[Event], ChangeKind] = {
    PointsAccrued: ChangeKind.POINTS_ACCRUED,
    PointsSpent: ChangeKind.POINTS_SPENT,
    PointsHeld: ChangeKind.POINTS_HELD,
    PointsReleased: ChangeKind.POINTS_RELEASED,
    PointsReversed: ChangeKind.POINTS_REVERSED,
    PointsExpired: ChangeKind.POINTS_EXPIRED,
    PointsCorrected: ChangeKind.POINTS_CORRECTED,
}
OF_AN_OFFER: Mapping[type[Event], ChangeKind] = {
    OfferSubmitted: ChangeKind.OFFER_SUBMITTED,
    OfferRecalled: ChangeKind.OFFER_RECALLED,
    OfferApproved: ChangeKind.OFFER_APPROVED,
    OfferRefused: ChangeKind.OFFER_REFUSED,
    OfferPublished: ChangeKind.OFFER_PUBLISHED,
    OfferPaused: ChangeKind.OFFER_PAUSED,
    OfferResumed: ChangeKind.OFFER_RESUMED,
    OfferArchived: ChangeKind.OFFER_ARCHIVED,
}
OF_AN_ASSIGNMENT: Mapping[type[Event], ChangeKind] = {
    CardAssigned: ChangeKind.CARD_ASSIGNED,
    AssignmentClaimed: ChangeKind.ASSIGNMENT_CLAIMED,
    AssignmentHindered: ChangeKind.ASSIGNMENT_HINDERED,
    AssignmentExpired: ChangeKind.ASSIGNMENT_EXPIRED,
}


def of_ledger(heard: Heard, around: Around) -> Iterator[Draft]:
    event, program = heard.event, around.programs.get(heard.event.program_id)
    if program is None:
        return
    data = {"customer": event.customer_id, "card": event.card_id, "program": program["key"]}
    if isinstance(event, TierChanged):
        kind, more = ChangeKind.TIER_CHANGED, {"before": event.before, "after": event.after}
    else:
        kind, more = OF_POINTS[type(event)], {"kind": event.kind, "posting": event.posting_id}
        data |= {"amount": points_text(event.amount), "balance": points_text(event.balance)}
    yield drafted(heard, program["account_id"], kind, data | more)


def of_offer(heard: Heard, around: Around) -> Iterator[Draft]:
    event = heard.event
    brand, offer = around.brands.get(event.brand_id), around.offers.get(event.offer_id)
    if brand is None or offer is None:
        return
    data: dict[str, Any] = {"brand": brand, "offer": offer["key"].removeprefix(f"{brand}-")}
    data |= {"change": True} if event.change else {}
    yield drafted(heard, event.account_id, OF_AN_OFFER[type(event)], data)


def of_assignment(heard: Heard, around: Around) -> Iterator[Draft]:
    """The brand knows by the id whom it was for."""
    event, program = heard.event, around.programs.get(heard.event.program_id)
    if program is None:
        return
    data = {"assignment": event.assignment_id, "program": program["key"]}
    if isinstance(event, AssignmentClaimed):
        data |= {"customer": event.customer_id, "card": event.card_id}
    if isinstance(event, AssignmentHindered):
        data["hindrance"] = event.hindrance
    if isinstance(event, AssignmentExpired):
        data["reason"] = event.reason
    yield drafted(heard, program["account_id"], OF_AN_ASSIGNMENT[type(event)], data)


def drafted(heard: Heard, account_id: int, kind: ChangeKind, data: dict[str, Any]) -> Draft:
    event = heard.event
    customer, card = getattr(event, "customer_id", None), getattr(event, "card_id", None)
    return Draft(account_id, kind, heard.origin, heard.at, data, customer, card)
