"""What a reaction is called with: the event, and what the outbox knows of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from backend.events.event import Event

E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Happened(Generic[E_co]):
    """`id`: a UUID version 7, the same for every reaction and every attempt, so it serves as an
    idempotency key towards a partner. `at`: when the event was announced. `attempt` counts from
    1, and anew after an operator's retry. `delivery_id` names this reaction's own row.

    Of events that were coalesced this is the newest.
    """

    event: E_co
    id: UUID
    at: datetime
    attempt: int
    delivery_id: int
