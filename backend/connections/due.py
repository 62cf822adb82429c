"""Who is to be told of now, and whose card can be made."""

from collections.abc import Sequence
from datetime import datetime

from backend.platform.database import rows
from models.connection import CardRequest, Connection, ConnectionStatus, PartnerMember, RequestState
from models.connection import TellingState as State

# of all: every connection that has something due
_READY = """
SELECT c.id FROM connections c
WHERE c.status = 'active' AND (c.rests_until IS NULL OR c.rests_until <= $1) AND (
    EXISTS (SELECT 1 FROM partner_members m
        WHERE m.connection_id = c.id AND m.state = 'waiting' AND m.available_at <= $1)
    OR EXISTS (SELECT 1 FROM card_requests r
        WHERE r.connection_id = c.id AND r.state = 'waiting' AND r.available_at <= $1))
ORDER BY c.id
"""


async def ready(now: datetime) -> list[int]:
    return [row["id"] for row in await rows(_READY, [now])]


async def may_ask(connection_id: int, now: datetime) -> Connection | None:
    """None when it was paused meanwhile, or rests."""
    # of all: one connection
    found = await Connection.get_or_none(id=connection_id, status=ConnectionStatus.ACTIVE)
    resting = found is not None and found.rests_until is not None and found.rests_until > now
    return None if resting else found


async def due_members(connection_id: int, now: datetime, most: int) -> Sequence[PartnerMember]:
    # of all: of one connection
    found = PartnerMember.filter(
        connection_id=connection_id, state=State.WAITING, available_at__lte=now
    )
    return await found.order_by("available_at", "id").limit(most)


async def due_requests(connection_id: int, now: datetime, most: int) -> Sequence[CardRequest]:
    # of all: of one connection
    found = CardRequest.filter(
        connection_id=connection_id, state=RequestState.WAITING, available_at__lte=now
    )
    return await found.order_by("available_at", "id").limit(most)
