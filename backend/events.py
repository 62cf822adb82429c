"""Every event: a fact in the past tense, frozen, made of plain values.

To add one: write the class, list it in EVENTS, name its reactions in backend/reactions.py.
"""

from dataclasses import dataclass, fields
from typing import Any


class UnknownEvent(LookupError):
    """The row was written by a newer version: leave it to a process that knows it."""


@dataclass(frozen=True, slots=True)
class Event:
    """Values survive a JSON round trip: ids, texts, numbers, true and false."""


@dataclass(frozen=True, slots=True)
class CustomerJoined(Event):
    customer_id: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class CardIssued(Event):
    """`origin` is a value of models.card.CardOrigin. `shown`: the answer to the customer's own
    tap is the card itself, so no message tells it again. `changed`: keys of answers that the person
    had given otherwise before, to whichever brand, with commas: "city,surname"."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    brand_id: int | None
    origin: str
    shown: bool = False
    changed: str = ""


@dataclass(frozen=True, slots=True)
class ProfileRefreshed(Event):
    """Duplicating the plastic gave the brand newer data. `fields` are the keys of the
    questionnaire, the values are not."""

    card_id: int
    customer_id: int
    program_id: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class CardRemoved(Event):
    card_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class CustomerDeleted(Event):
    """The person's data is gone, the cards with it (no CardRemoved is announced for them).
    `numbers`: program id → printed number, all that partners need to do the same."""

    customer_id: int
    numbers: dict[str, str]


@dataclass(frozen=True, slots=True)
class CardBlocked(Event):
    """Its program has said that it is no longer good."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class CardUnblocked(Event):
    card_id: int
    customer_id: int
    program_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class CardReplaced(Event):
    """The card has another number: `former` and `number` are as people read them."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    former: str
    number: str


@dataclass(frozen=True, slots=True)
class CardShareRevoked(Event):
    """The messages that show the card are to go: they stand in `shared_messages`. `messages` is
    what an earlier version wrote down instead: "bot:chat:message", with commas."""

    share_id: int
    messages: str = ""


@dataclass(frozen=True, slots=True)
class CardExpiryNeared(Event):
    """`day`: the card's last one where its owner is ("2026-12-24"). `stage`: 14 or 3, the days
    before it that this was due at."""

    card_id: int
    customer_id: int
    day: str
    stage: int


@dataclass(frozen=True, slots=True)
class BrandJoined(Event):
    """A brand has joined after an external card that is called like it came."""

    brand_id: int
    card_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class BrandsOpened(Event):
    """Brands have something in the city of somebody who wants to hear of that. `newest`: the number
    (`Brand.joined_seq`) up to which they hear."""

    customer_id: int
    brand_ids: list[int]
    newest: int


@dataclass(frozen=True, slots=True)
class CardFoundDamaged(Event):
    """What the owner keeps with the card cannot be read: a schedule went on without it."""

    card_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class NumbersReturned(Event):
    """The program has free numbers again for somebody who waits (`wait_id`)."""

    wait_id: int
    customer_id: int
    program_id: int


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
class JobEnded(Event):
    """`kind` and `state` are values of models.job; `done` and `bad` are lines."""

    job_id: int
    account_id: int
    kind: str
    state: str
    done: int
    bad: int


@dataclass(frozen=True, slots=True)
class ConsentAnswered(Event):
    """The customer answered a controller's documents: granted, declined or withdrew."""

    customer_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    """`purpose` is a value of models.consent_document.ConsentPurpose. For advertising `brand_id`
    is the brand and `channels` what was switched off, with commas: "telegram,email". `for_them`:
    the brand did it on the person's behalf, and the person is told."""

    customer_id: int
    account_id: int
    purpose: str
    brand_id: int | None = None
    channels: str = ""
    for_them: bool = False


@dataclass(frozen=True, slots=True)
class ContactVerified(Event):
    """`kind` is a value of models.contact.ContactKind."""

    customer_id: int
    kind: str
    verification_id: int = 0


@dataclass(frozen=True, slots=True)
class CodeAsked(Event):
    """The customer wants to prove a phone by a code by SMS. The code is not made yet."""

    customer_id: int
    verification_id: int


@dataclass(frozen=True, slots=True)
class LinkAsked(Event):
    """An e-mail address is to be confirmed by a link."""

    customer_id: int
    verification_id: int


@dataclass(frozen=True, slots=True)
class ContactRefused(Event):
    """The code or the link could not be sent. `reason`: recipient (the other side knows no
    such number or mailbox) or unavailable (nothing can be sent at the moment)."""

    customer_id: int
    kind: str
    verification_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ContactLost(Event):
    """Somebody else proved that this customer's contact is now theirs. `verification_id` is the
    attempt of the new holder."""

    customer_id: int
    kind: str
    verification_id: int


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
class AssignmentExpired(Event):
    """Nobody came; the number went back to where it came from. `reason`: expired or withdrawn."""

    assignment_id: int
    program_id: int
    account_id: int
    reason: str


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
    """An account's own system has another balance of a card: decimal texts, "" for unknown."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    before: str
    after: str


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
class WebhookPaused(Event):
    """Its endpoint has failed for days. `reason` says how, in English."""

    webhook_id: int
    account_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class OfferSubmitted(Event):
    """Its account asks the operator to approve it. `change`, of all events of offers: it is about a
    change that waits beside what people see."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferRecalled(Event):
    """It is a draft again, or the change was taken back, before it was approved."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferApproved(Event):
    """By the operator. A change has taken the place of what people saw."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferRefused(Event):
    """By the operator, with a reason that stands on the offer."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferPublished(Event):
    """People see it from now on, as far as its schedule goes."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferPaused(Event):
    """People do not see it until it is resumed."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferResumed(Event):
    """People see it again, as it was."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


@dataclass(frozen=True, slots=True)
class OfferArchived(Event):
    """It is over; cards keep pointing at it."""

    offer_id: int
    brand_id: int
    account_id: int
    change: bool = False


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
        NumbersReturned,
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
