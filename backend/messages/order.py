"""What a partner's program wants to say, and who says it."""

from dataclasses import dataclass
from typing import Any

from backend.messaging.action import Action, ActionKind
from backend.platform.quiet_hours import QuietHours
from models.message_purpose import MessagePurpose


@dataclass(frozen=True, slots=True)
class MessageOrder:
    """`offer_id` is what the button opens; 0: the person's card. `picture` is an address in the
    internet, of advertising alone. `told`: the partner wants to hear of states."""

    purpose: MessagePurpose
    text: str
    title: str = ""
    picture: str = ""
    offer_id: int = 0
    told: bool = False
    erid: str = ""

    @property
    def promo(self) -> bool:
        return self.purpose is MessagePurpose.PROMO

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "purpose": self.purpose.value,
            "text": self.text,
            "title": self.title,
            "picture": self.picture,
            "offer_id": self.offer_id,
            "told": self.told,
            "erid": self.erid,
        }

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "MessageOrder":
        return cls(**{**kept, "purpose": MessagePurpose(kept["purpose"])})

    def kind(self) -> str:
        """The wording, in backend/messaging/locales."""
        name = "partner-promo" if self.promo else "partner-push"
        return name if self.title else f"{name}-plain"

    def opens(self, card_id: int) -> Action:
        if self.offer_id:
            return Action(ActionKind.OPEN_OFFER, self.offer_id)
        return Action(ActionKind.OPEN_CARD, card_id)


@dataclass(frozen=True, slots=True)
class Sender:
    """The login by which it was asked, and its account. `brand_id` 0: of the card. `legal_name` and
    `inn` are what the law on advertising wants to be told; `zone`, where it is night for whoever
    has named no city."""

    login_id: int
    account_id: int
    legal_name: str
    inn: str
    zone: str
    quiet: QuietHours
    brand_id: int = 0
    program_id: int = 0
