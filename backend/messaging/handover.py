"""What a channel is handed: one value, made for one hand-over and written down nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.messaging.said import Said
from backend.messaging.wording import Worded
from models.message import Message
from models.message_purpose import MessagePurpose


@dataclass(frozen=True, slots=True)
class PersonAddress:
    """Where a channel finds a person: a chat id, an E.164 number, an e-mail address."""

    to: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardAddress:
    """What shows a card outside (a pass in a phone): the address is the card."""

    card_id: int


Address = PersonAddress | CardAddress


@dataclass(frozen=True, slots=True)
class Head:
    """What a channel is to know of a message whose words it is given (`Handover.words`)."""

    id: int
    customer_id: int
    purpose: MessagePurpose
    brand_id: int | None = None
    once: str | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """`message` is the row as it is stored, and stays so: `secrets` (a code, the path of a link)
    are for this hand-over alone. `address` is None for somebody whom the channel cannot find.
    `leave`: the path of the page that turns the brand's advertising off, of promo. `words`: what
    is said, where that is not the wording of the message's kind."""

    message: Message | Head
    language: str
    address: Address | None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    leave: str = field(default="", repr=False)
    words: Said | None = field(default=None, repr=False)

    @property
    def person(self) -> str | None:
        """The address of a person; None where there is none, or a card's."""
        return self.address.to if isinstance(self.address, PersonAddress) else None

    @property
    def said(self) -> Said:
        if self.words is not None:
            return self.words
        if not isinstance(self.message, Message):
            raise TypeError("a message that is a head alone needs its words")
        return Worded(self.message, self.language, self.secrets)

    @property
    def ref(self) -> str:
        """Of the message, the same at every attempt."""
        return self.message.once or f"message:{self.message.id}"
