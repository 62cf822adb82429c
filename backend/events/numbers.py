"""What has happened to pools, and to numbers that are set aside."""

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True)
class NumbersReturned(Event):
    """The program has free numbers again for somebody who waits (`wait_id`)."""

    wait_id: int
    customer_id: int
    program_id: int


@dataclass(frozen=True, slots=True)
class PlasticCanBeAdded(Event):
    """The system that was silent when somebody brought their plastic in answers again."""

    finding_id: int
    customer_id: int
    offer_id: int


@dataclass(frozen=True, slots=True)
class PoolRanLow(Event):
    """Few free numbers are left; said once until there are more."""

    program_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class PoolRanEmpty(Event):
    """No free number is left: the program's cards are no longer offered."""

    program_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class ReservationsExpired(Event):
    """Nobody has committed them in time: their numbers are free again."""

    program_id: int
    account_id: int
    reservations: list[int]


@dataclass(frozen=True, slots=True)
class CardAssigned(Event):
    """A brand has set a card aside for one of its customers."""

    assignment_id: int
    program_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class AssignmentClaimed(Event):
    """Whom it was for has come, and the card is theirs."""

    assignment_id: int
    card_id: int
    customer_id: int
    program_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class AssignmentHindered(Event):
    """Whom it was for has come, and cannot have the card: `hindrance` is a value of
    models.assignment.Hindrance."""

    assignment_id: int
    program_id: int
    account_id: int
    hindrance: str


@dataclass(frozen=True, slots=True)
class AssignmentExpired(Event):
    """Nobody came; the number went back to where it came from. `reason`: expired or withdrawn."""

    assignment_id: int
    program_id: int
    account_id: int
    reason: str
