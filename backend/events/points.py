"""What has moved the points of the built-in ledger."""

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True)
class PointsAccrued(Event):
    """Of the built-in ledger, as all of points: `kind` is a value of models.ledger.PostingKind,
    `amount` and `balance` (what may be spent afterwards) are hundredths of a point."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsSpent(Event):
    """At once, or what a hold had set aside."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsHeld(Event):
    """They are set aside: `posting_id` is the hold's."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsReleased(Event):
    """What was set aside may be spent again."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsReversed(Event):
    """A posting was taken back, whole or in part."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsExpired(Event):
    """Their time was over."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class PointsCorrected(Event):
    """By an operator; `amount` has a sign."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    kind: str
    amount: int
    posting_id: int
    balance: int


@dataclass(frozen=True, slots=True)
class TierChanged(Event):
    """`before` and `after` are names, "" below the first tier."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    before: str
    after: str
