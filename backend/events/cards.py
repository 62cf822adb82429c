"""What has happened to cards."""

from dataclasses import dataclass

from backend.events.event import Event


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
class CardBlocked(Event):
    """Its program has said that it is no longer good. `of_many`: of how many lines the file had
    that said so, 0 for one card alone."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    of_many: int = 0


@dataclass(frozen=True, slots=True)
class CardUnblocked(Event):
    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    of_many: int = 0


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
class CardFoundDamaged(Event):
    """What the owner keeps with the card cannot be read: a schedule went on without it."""

    card_id: int
    customer_id: int


@dataclass(frozen=True, slots=True)
class CardInstalled(Event):
    """It is in a phone's wallet: `wallet` is a value of models.wallet_pass.WalletKind."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    wallet: str


@dataclass(frozen=True, slots=True)
class CardUninstalled(Event):
    """It is in no phone's wallet of that kind any more."""

    card_id: int
    customer_id: int
    program_id: int
    account_id: int
    wallet: str


@dataclass(frozen=True, slots=True)
class CardFieldsChanged(Event):
    """Something else stands on cards that are in phones' wallets, which no other event tells."""

    card_ids: list[int]
