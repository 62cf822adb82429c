"""What has happened to brands, their offers, and what works for their accounts."""

from dataclasses import dataclass

from backend.events.event import Event


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
class JobEnded(Event):
    """`kind` and `state` are values of models.job; `done` and `bad` are lines."""

    job_id: int
    account_id: int
    kind: str
    state: str
    done: int
    bad: int


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


@dataclass(frozen=True, slots=True)
class SampleAsked(Event):
    """An account tries a template out on somebody who wants to see it."""

    delivery_id: int
    account_id: int
