"""What accounts' own systems have said, and what has become of asking them."""

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True)
class ConnectionStopped(Event):
    """Nothing is told to the account's own system until its settings are mended. `reason` is in
    plain words, without secrets."""

    connection_id: int
    account_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class CardRequestRefused(Event):
    """The card that somebody waits for cannot be made. `reason` is a refusal's code."""

    request_id: int
    customer_id: int
    program_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class PartnerCalled(Event):
    """An account's own system has said that something changed there: `kind` is its vendor's word
    for what, `subject` its number of it."""

    connection_id: int
    account_id: int
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class BalanceChanged(Event):
    """An account's own system has another balance of a card, or another tier: balances are
    decimal texts, "" for unknown."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    before: str
    after: str
    tier_before: str = ""
    tier_after: str = ""


@dataclass(frozen=True, slots=True)
class SaleRecorded(Event):
    """An account's own system has told of an order, or told it anew: `source` is a value of
    models.sale.SaleSource, `status` the source's own."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    source: str
    number: str
    status: str


@dataclass(frozen=True, slots=True)
class ProductReturned(Event):
    """An account's own system says that something can be bought again that was gone: `product_id`
    is that of the row."""

    product_id: int
    brand_id: int
    account_id: int
