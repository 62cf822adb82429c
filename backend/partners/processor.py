"""A loyalty processor: the system that owns card numbers and balances.

One Protocol for all of them: the built-in pool and ledger, Mindbox, hosts of the Loyalty Online
API, registries in a folder. What a processor cannot do stands not among its abilities, and is not
asked of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from backend.partners.member import (
    Balance,
    CardNumber,
    Given,
    Member,
    Operation,
    Promotion,
    Subscription,
    TheirCard,
)
from backend.platform.context import Context
from models.program import Program

# A person's screen waits no longer for somebody else's system, whatever is configured.
LONGEST_PATIENCE = 3.0


class Ability(StrEnum):
    """What a processor can do, beside telling of a number."""

    FIND_BY_CONTACT = "find_by_contact"
    # It gives numbers itself.
    NUMBERS = "numbers"
    # A number that Karman gives is bound to a person there.
    BIND = "bind"
    PROFILE = "profile"
    CONSENTS = "consents"
    BALANCE = "balance"
    HISTORY = "history"
    PROMOTIONS = "promotions"
    RELEASE = "release"
    # Takes promo codes that people type, and what the QR codes of receipts hold.
    PROMO_CODE = "promo_code"
    RECEIPT = "receipt"


class NumberState(StrEnum):
    UNKNOWN = "unknown"  # nobody has heard of it
    NOT_ISSUED = "not_issued"  # waits in the pool: nobody can hold it
    FREE = "free"  # issued, and bound to nobody
    BOUND = "bound"  # to whoever has the phone or the e-mail


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """`holders` are the blind indexes of the holder's contacts by kind ("phone", "email");
    `customer_id` is set when the card is in somebody's pocket here. `listed`: the processor
    knows its plastic, so an unknown number is a wrong one."""

    state: NumberState
    holders: dict[str, str]
    customer_id: int | None = None
    listed: bool = False


class Processor(Protocol):
    """Each method raises TryLater, GiveUp or NeedsSettings when the other side cannot answer, and
    a Refusal when the answer concerns the person. None is called inside a transaction, and what
    asks goes through backend.partners.answered.

    `patience`: how many seconds a person waits for it. What writes takes a `key`: the same key
    again changes nothing more and answers the same.
    """

    @property
    def patience(self) -> float: ...

    @property
    def abilities(self) -> frozenset[Ability]: ...

    async def knows_plastic(self, program: Program) -> bool:
        """Whether it can tell the program's cards from made-up numbers."""
        ...

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        """`numbers` are the spellings of one number."""
        ...

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        """The card that this person has there already. Refuses with card_blocked what must not be
        brought in."""
        ...

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        """The person is registered there, and `number` (of the pool, or of their plastic) is bound
        to them; with None the processor gives one. Whoever holds another card there already gets
        that one back."""
        ...

    async def update_profile(self, program: Program, member: Member, key: UUID) -> str:
        """Their id of the person, empty where they have none."""
        ...

    async def tell_consents(
        self, program: Program, member: Member, subscriptions: Sequence[Subscription], key: UUID
    ) -> None:
        """All that stands for the program's brands, not only what has changed. Of somebody who has
        withdrawn their personal data only `id` and `theirs` are known, and everything is a no."""
        ...

    async def balance(
        self, program: Program, member: Member, number: CardNumber
    ) -> Balance | None: ...

    async def history(
        self, program: Program, member: Member, number: CardNumber, most: int
    ) -> Sequence[Operation]:
        """The newest first, `most` at most."""
        ...

    async def promotions(
        self, program: Program, member: Member, number: CardNumber
    ) -> Sequence[Promotion]: ...

    async def redeem(
        self,
        program: Program,
        member: Member,
        number: CardNumber,
        kind: Given,
        text: str,
        key: UUID,
    ) -> None:
        """Refuses with promo_refused what they do not take."""
        ...

    async def release(
        self, program: Program, member: Member, number: CardNumber, key: UUID
    ) -> None:
        """The person has left: the number is nobody's there. Of `member` only `id` and `theirs`
        may be known."""
        ...
