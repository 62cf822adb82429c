"""A processor that can do nothing: each vendor's inherits from it, and writes what it can."""

from collections.abc import Collection, Sequence
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
from backend.partners.processor import Ability, KnownNumber, NumberState
from backend.platform.context import Context
from models.program import Program


class Unable:
    """Asking for what is not among the abilities is a bug of whoever asks (AssertionError)."""

    abilities: frozenset[Ability] = frozenset()
    patience: float = 2.5

    def _cannot(self, ability: Ability) -> AssertionError:
        return AssertionError(f"{type(self).__name__} was asked for {ability.value}")

    async def knows_plastic(self, program: Program) -> bool:
        return False

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        return KnownNumber(NumberState.UNKNOWN, {})

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        raise self._cannot(Ability.FIND_BY_CONTACT)

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        raise self._cannot(Ability.BIND if number else Ability.NUMBERS)

    async def update_profile(self, program: Program, member: Member, key: UUID) -> str:
        raise self._cannot(Ability.PROFILE)

    async def tell_consents(
        self, program: Program, member: Member, subscriptions: Sequence[Subscription], key: UUID
    ) -> None:
        raise self._cannot(Ability.CONSENTS)

    async def balance(self, program: Program, member: Member, number: CardNumber) -> Balance | None:
        raise self._cannot(Ability.BALANCE)

    async def history(
        self, program: Program, member: Member, number: CardNumber, most: int
    ) -> Sequence[Operation]:
        raise self._cannot(Ability.HISTORY)

    async def promotions(
        self, program: Program, member: Member, number: CardNumber
    ) -> Sequence[Promotion]:
        raise self._cannot(Ability.PROMOTIONS)

    async def redeem(
        self,
        program: Program,
        member: Member,
        number: CardNumber,
        kind: Given,
        text: str,
        key: UUID,
    ) -> None:
        raise self._cannot(Ability.RECEIPT if kind is Given.RECEIPT else Ability.PROMO_CODE)

    async def release(
        self, program: Program, member: Member, number: CardNumber, key: UUID
    ) -> None:
        raise self._cannot(Ability.RELEASE)
