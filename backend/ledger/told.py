"""Which event a posting announces."""

from collections.abc import Mapping
from typing import Any

from backend.events.event import Event
from backend.events.points import (
    PointsAccrued,
    PointsCorrected,
    PointsExpired,
    PointsHeld,
    PointsReleased,
    PointsReversed,
    PointsSpent,
)
from backend.ledger.order import Order
from backend.ledger.plan import Plan
from models.ledger import PostingKind

# What a deleted person had is told by CustomerDeleted.
EVENT_OF: Mapping[PostingKind, type[Event] | None] = {
    PostingKind.ACCRUE: PointsAccrued,
    PostingKind.WELCOME: PointsAccrued,
    PostingKind.BIRTHDAY: PointsAccrued,
    PostingKind.SPEND: PointsSpent,
    PostingKind.CAPTURE: PointsSpent,
    PostingKind.HOLD: PointsHeld,
    PostingKind.RELEASE: PointsReleased,
    PostingKind.REVERSE: PointsReversed,
    PostingKind.EXPIRE: PointsExpired,
    PostingKind.CORRECT: PointsCorrected,
    PostingKind.CLOSE: None,
}


def told(order: Order, plan: Plan) -> tuple[type[Event] | None, dict[str, Any]]:
    """The event and its values, but for the posting's id and the balance after it."""
    card = order.card
    return EVENT_OF[order.kind], {
        "card_id": card.id,
        "customer_id": card.customer_id,
        "program_id": card.program_id,
        "account_id": card.account_id,
        "kind": order.kind.value,
        "amount": plan.amount,
    }
