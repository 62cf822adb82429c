"""Every event by its name, as rows of the outbox spell it; and an event from such a row."""

from dataclasses import fields
from typing import Any

from backend.events.brands import (
    BrandJoined,
    BrandsOpened,
    JobEnded,
    OfferApproved,
    OfferArchived,
    OfferPaused,
    OfferPublished,
    OfferRecalled,
    OfferRefused,
    OfferResumed,
    OfferSubmitted,
    SampleAsked,
    WebhookPaused,
)
from backend.events.cards import (
    CardBlocked,
    CardExpiryNeared,
    CardFieldsChanged,
    CardFoundDamaged,
    CardInstalled,
    CardIssued,
    CardRemoved,
    CardReplaced,
    CardShareRevoked,
    CardUnblocked,
    CardUninstalled,
    ProfileRefreshed,
)
from backend.events.event import Event, UnknownEvent
from backend.events.numbers import (
    AssignmentClaimed,
    AssignmentExpired,
    AssignmentHindered,
    CardAssigned,
    NumbersReturned,
    PlasticCanBeAdded,
    PoolRanEmpty,
    PoolRanLow,
    ReservationsExpired,
)
from backend.events.partners import (
    BalanceChanged,
    CardRequestRefused,
    ConnectionStopped,
    PartnerCalled,
    ProductReturned,
    SaleRecorded,
)
from backend.events.people import (
    CodeAsked,
    ConsentAnswered,
    ConsentWithdrawn,
    ContactLost,
    ContactRefused,
    ContactVerified,
    CustomerDeleted,
    CustomerJoined,
    LinkAsked,
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

EVENTS: dict[str, type[Event]] = {
    event.__name__: event
    for event in (
        CustomerJoined,
        CustomerDeleted,
        CardIssued,
        ProfileRefreshed,
        CardRemoved,
        CardBlocked,
        CardUnblocked,
        CardReplaced,
        CardShareRevoked,
        CardExpiryNeared,
        BrandJoined,
        BrandsOpened,
        CardFoundDamaged,
        CardInstalled,
        CardUninstalled,
        CardFieldsChanged,
        NumbersReturned,
        PlasticCanBeAdded,
        PoolRanLow,
        PoolRanEmpty,
        ReservationsExpired,
        JobEnded,
        ConsentAnswered,
        ConsentWithdrawn,
        ContactVerified,
        CodeAsked,
        LinkAsked,
        ContactRefused,
        ContactLost,
        CardAssigned,
        AssignmentClaimed,
        AssignmentHindered,
        AssignmentExpired,
        PointsAccrued,
        PointsSpent,
        PointsHeld,
        PointsReleased,
        PointsReversed,
        PointsExpired,
        PointsCorrected,
        TierChanged,
        PartnerCalled,
        BalanceChanged,
        SaleRecorded,
        ProductReturned,
        SampleAsked,
        WebhookPaused,
        ConnectionStopped,
        CardRequestRefused,
        OfferSubmitted,
        OfferRecalled,
        OfferApproved,
        OfferRefused,
        OfferPublished,
        OfferPaused,
        OfferResumed,
        OfferArchived,
    )
}


def from_payload(kind: str, payload: dict[str, Any]) -> Event:
    """Fields that this version does not know are left out, so that a newer version may add
    some with a default. Raises UnknownEvent."""
    if kind not in EVENTS:
        raise UnknownEvent(kind)
    known = {field.name for field in fields(EVENTS[kind])}
    return EVENTS[kind](**{name: value for name, value in payload.items() if name in known})
