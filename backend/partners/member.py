"""What a loyalty processor is told, and what it answers: plain values, whosever system it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from models.barcode_format import BarcodeFormat


class CardState(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    BLOCKED = "blocked"


class Given(StrEnum):
    """What somebody hands in for their card: typed, or read off a receipt."""

    PROMO_CODE = "promo_code"
    RECEIPT = "receipt"

    @property
    def word(self) -> str:
        """As keys of wordings spell it."""
        return self.value.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Member:
    """A customer as one account may know them: only while their personal-data consent stands.

    `id` is the wallet's own id of them, the same for every program of the account; `theirs` is
    the partner's, once it is known. Phones are E.164 with the plus sign, `sex` is male, female or
    empty, `city` its name in Russian, `answers` what else was asked, by the questionnaire's keys.
    """

    id: str
    theirs: str = ""
    phone: str = ""
    phone_verified: bool = False
    email: str = ""
    email_verified: bool = False
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    city: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Whether a brand (its key) may send advertising by a channel: telegram, email, sms."""

    brand: str
    channel: str
    granted: bool


@dataclass(frozen=True, slots=True)
class CardNumber:
    """What people read and what the till scans; `format` None: the program's."""

    printed: str
    barcode: str
    format: BarcodeFormat | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """In points or money, as the program counts. `tier` None: it says nothing of tiers."""

    available: Decimal
    total: Decimal | None = None
    blocked: Decimal | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class TheirCard:
    """A card as the processor has it. `theirs` is its id of whose it is."""

    number: CardNumber
    state: CardState = CardState.ACTIVE
    theirs: str = ""
    balance: Balance | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A line of the history: `amount` below zero was spent. `order` is their number of it."""

    at: datetime
    amount: Decimal
    text: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class Promotion:
    id: str
    title: str
    text: str = ""
    starts: date | None = None
    ends: date | None = None
