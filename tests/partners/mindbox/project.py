"""A Mindbox project of the tests: what is set up in it, and what it has come to know."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an operation of the project does: its name says nothing."""

    CHECK = "check"
    REGISTER = "register"
    EDIT = "edit"
    CONFIRM_PHONE = "confirm_phone"
    CONFIRM_EMAIL = "confirm_email"
    CUSTOMER = "customer"
    CARD = "card"
    CARDS = "cards"
    BIND = "bind"
    BIND_FROM_POOL = "bind_from_pool"
    ACTIVATE = "activate"
    UNBIND = "unbind"
    REPLACE = "replace"
    ORDERS = "orders"
    BALANCE_HISTORY = "balance_history"
    PROMOTIONS = "promotions"
    IMPORT_CARDS = "import_cards"


READS = frozenset(
    {
        Kind.CHECK, Kind.CUSTOMER, Kind.CARD, Kind.CARDS, Kind.ORDERS, Kind.BALANCE_HISTORY,
        Kind.PROMOTIONS,
    }
)  # fmt: skip

WALLET = {
    "CardsMobile.CheckCustomer": Kind.CHECK,
    "CardsMobile.RegisterCustomer": Kind.REGISTER,
    "CardsMobile.EditCustomer": Kind.EDIT,
    "CardsMobile.ConfirmPhone": Kind.CONFIRM_PHONE,
    "CardsMobile.GetCustomerInfo": Kind.CUSTOMER,
    "CardsMobile.GetDiscountCard": Kind.CARD,
    "CardsMobile.GetDiscountCards": Kind.CARDS,
    "CardsMobile.BindCard": Kind.BIND,
    "CardsMobile.BindCardFromPool": Kind.BIND_FROM_POOL,
    "CardsMobile.ActivateCard": Kind.ACTIVATE,
    "CardsMobile.GetCustomerOrders": Kind.ORDERS,
    "CardsMobile.GetCustomerBalanceHistory": Kind.BALANCE_HISTORY,
    "CardsMobile.GetAvailablePromotions": Kind.PROMOTIONS,
    "DirectCrm.DiscountCards.ImportCards": Kind.IMPORT_CARDS,
}
# What the wallet's usual set lacks; a project that wants it names it as it likes.
MORE = {
    "Karman.ConfirmEmail": Kind.CONFIRM_EMAIL,
    "Karman.UnbindCard": Kind.UNBIND,
    "Karman.ReplaceCard": Kind.REPLACE,
}

Topic = tuple[str, str, str]  # brand, point of contact, topic


@dataclass
class EndpointRules:
    secret: str
    operations: dict[str, Kind] = field(default_factory=lambda: WALLET | MORE)


@dataclass
class Person:
    mindbox_id: int
    ids: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    phone_confirmed: bool = False
    email_confirmed: bool = False
    pending: dict[str, str] = field(default_factory=dict)
    subscriptions: dict[Topic, bool] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    balances: dict[str, tuple[Decimal, Decimal, Decimal]] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    orders: list[dict[str, Any]] = field(default_factory=list)
    promotions: list[dict[str, Any]] = field(default_factory=list)
    segments: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Plastic:
    number: str
    type: str
    status: str = "NotIssued"
    owner: int | None = None
    custom: dict[str, Any] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)


@dataclass
class Project:
    """`short_balances`: total, available, blocked, as the chat-bots have them. `refuses_again`: a
    registration of somebody known is a mistake, not an edit."""

    endpoints: dict[str, EndpointRules]
    brands: dict[str, set[str]] = field(default_factory=dict)  # brand → topics
    card_types: set[str] = field(default_factory=set)
    id_names: set[str] = field(default_factory=lambda: {"KarmanID"})
    custom_fields: set[str] = field(default_factory=lambda: {"City"})
    areas: set[str] = field(default_factory=set)
    points_of_contact: set[str] = field(default_factory=lambda: {"PrilozhenieKoshelek"})
    channels: set[str] = field(
        default_factory=lambda: {"Sms", "Email", "Viber", "Webpush", "Mobilepush"}
    )
    short_balances: bool = False
    refuses_again: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    people: dict[int, Person] = field(default_factory=dict)
    cards: dict[str, Plastic] = field(default_factory=dict)
    done: set[tuple[str, str, str]] = field(default_factory=set)
    calls: Counter[str] = field(default_factory=Counter)
    imports: int = 0

    def add_person(self, **known: Any) -> Person:
        person = Person(1000 + len(self.people) + 1, **known)
        self.people[person.mindbox_id] = person
        return person

    def add_cards(self, kind: str, *numbers: str, status: str = "NotIssued") -> None:
        for number in numbers:
            self.cards[number] = Plastic(number, kind, status)

    def give(self, person: Person, number: str, status: str = "Issued") -> Plastic:
        card = self.cards[number]
        card.owner, card.status = person.mindbox_id, status
        return card

    def cards_of(self, person: Person) -> list[Plastic]:
        return [card for card in self.cards.values() if card.owner == person.mindbox_id]

    def totals(self) -> dict[str, Any]:
        """Everything that can be counted, to be compared whole."""
        people = self.people.values()
        stands = Counter(
            (*topic, "yes" if yes else "no")
            for p in people
            for topic, yes in p.subscriptions.items()
        )
        return {
            "customers": len(self.people),
            "phones confirmed": sum(person.phone_confirmed for person in people),
            "e-mails confirmed": sum(person.email_confirmed for person in people),
            "cards": dict(Counter((card.type, card.status) for card in self.cards.values())),
            "bound": dict(
                Counter(card.type for card in self.cards.values() if card.owner is not None)
            ),
            "subscriptions": dict(stands),
        }
