"""What has happened to people, their contacts and their consents."""

from dataclasses import dataclass

from backend.events.event import Event


@dataclass(frozen=True, slots=True)
class CustomerJoined(Event):
    customer_id: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class CustomerDeleted(Event):
    """The person's data is gone, the cards with it (no CardRemoved is announced for them).
    `numbers`: program id → printed number, all that partners need to do the same."""

    customer_id: int
    numbers: dict[str, str]


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
    """Somebody else proved that this customer's contact is now theirs: `verification_id` is the
    attempt of the new holder. Or a letter came back: `bounced` is its delivery."""

    customer_id: int
    kind: str
    verification_id: int
    bounced: int = 0
