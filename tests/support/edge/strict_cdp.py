"""The account's own system in the tests: it keeps members, cards and consents, and refuses what a
real one refuses. `trouble` is raised once for each in it: before the work, or after it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar, cast
from uuid import UUID

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.connection import get_connection

from backend.partners.breaker import Breaker
from backend.partners.common_settings import CommonSettings, NoSecrets
from backend.partners.finding import Finding
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
from backend.partners.opened import Connections, Opened
from backend.partners.processor import Ability, KnownNumber, NumberState
from backend.partners.rate import Rate
from backend.partners.registry import Behind
from backend.partners.vendors import Vendor
from backend.partners.way import Way
from backend.platform.context import Context
from models.connection import Connection
from models.program import Program
from models.refusal import Code, Refusal

EVERYTHING = frozenset(Ability)
T = TypeVar("T")


class Refused(AssertionError):
    """What a real one would never be asked."""


@dataclass
class StrictCdp:
    """`bound`: barcode → member id; `members` by id. `before` and `after` are troubles."""

    abilities: frozenset[Ability] = EVERYTHING
    patience: float = 0.3
    members: dict[str, Member] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, CardNumber] = field(default_factory=dict)
    consents: dict[str, dict[tuple[str, str], bool]] = field(default_factory=dict)
    balances: dict[str, Balance] = field(default_factory=dict)
    released: list[str] = field(default_factory=list)
    before: list[Exception] = field(default_factory=list)
    after: list[Exception] = field(default_factory=list)
    silent: bool = False
    # Seconds that it takes for each answer.
    slow: float = 0.0
    asked: list[str] = field(default_factory=list)
    keys: dict[UUID, TheirCard] = field(default_factory=dict)
    given: int = 0
    codes: set[str] = field(default_factory=set)
    taken: dict[str, UUID] = field(default_factory=dict)
    # Somebody waits for an answer that does not come.
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def knows_plastic(self, program: Program) -> bool:
        return True

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        await self._reach("find_card")
        known = {each.printed for each in self.numbers.values()} & set(numbers)
        return KnownNumber(NumberState.FREE if known else NumberState.UNKNOWN, {}, listed=True)

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        await self._reach("find_by_contact")
        for barcode, owner in self.bound.items():
            if member.phone and self.members[owner].phone == member.phone:
                return self._answered(TheirCard(self.numbers[barcode], theirs=f"t{owner}"))
        return self._answered(None)

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        await self._reach("issue")
        if key in self.keys:
            return self._answered(self.keys[key])
        self.members.setdefault(member.id, member)
        held = next((b for b, owner in self.bound.items() if owner == member.id), None)
        if number is not None and self.bound.get(number.barcode, member.id) != member.id:
            raise Refused("a number that somebody else has there")
        if held is None:
            if number is None:
                self.given += 1
                number = CardNumber(f"G{self.given:05d}", f"G{self.given:05d}")
            self.bound[number.barcode] = member.id
            self.numbers[number.barcode] = number
            held = number.barcode
        self.keys[key] = TheirCard(self.numbers[held], theirs=f"t{member.id}")
        return self._answered(self.keys[key])

    async def update_profile(self, program: Program, member: Member, key: UUID) -> str:
        await self._reach("update_profile")
        if member.id not in self.members:
            raise Refused("a profile of nobody")
        self.members[member.id] = member
        return self._answered(f"t{member.id}")

    async def tell_consents(
        self, program: Program, member: Member, subscriptions: Sequence[Subscription], key: UUID
    ) -> None:
        await self._reach("tell_consents")
        if member.id not in self.bound.values():
            raise Refused("consents of somebody without a card")
        said = {(each.brand, each.channel): each.granted for each in subscriptions}
        self.consents[member.id] = said
        self._answered(None)

    async def balance(self, program: Program, member: Member, number: CardNumber) -> Balance | None:
        await self._reach("balance")
        return self.balances.get(number.barcode, Balance(Decimal(0)))

    async def history(
        self, program: Program, member: Member, number: CardNumber, most: int
    ) -> Sequence[Operation]:
        await self._reach("history")
        return []

    async def promotions(
        self, program: Program, member: Member, number: CardNumber
    ) -> Sequence[Promotion]:
        await self._reach("promotions")
        return []

    async def redeem(
        self,
        program: Program,
        member: Member,
        number: CardNumber,
        kind: Given,
        text: str,
        key: UUID,
    ) -> None:
        await self._reach("redeem")
        if text not in self.codes:
            raise Refusal(Code.PROMO_REFUSED)
        if self.taken.setdefault(text, key) != key:
            raise Refusal(Code.PROMO_REFUSED)
        self._answered(None)

    async def release(
        self, program: Program, member: Member, number: CardNumber, key: UUID
    ) -> None:
        await self._reach("release")
        if self.bound.pop(number.barcode, None) is not None:
            self.released.append(number.barcode)
        self._answered(None)

    async def _reach(self, what: str) -> None:
        if isinstance(get_connection("default"), TransactionalDBClient):
            raise Refused("asked inside a transaction")
        self.asked.append(what)
        if self.before:
            raise self.before.pop(0)
        if self.slow:
            await asyncio.sleep(self.slow)
        if self.silent:
            self.reached.set()
            await asyncio.Event().wait()

    def _answered(self, said: T) -> T:
        """The work is done; the answer may be lost."""
        if self.after:
            raise self.after.pop(0)
        return said


async def no_check(_settings: Any, _secrets: Any, _way: Way) -> AsyncIterator[Finding]:
    yield Finding(True, "it is there")


class OpenedCdp(Connections):
    """Every connection leads to the one system. In place of what a process keeps, too."""

    def __init__(self, ctx: Context, cdp: StrictCdp) -> None:
        super().__init__(ctx.vault, ctx.clock)
        self.cdp = cdp
        kind = Vendor("strict", CommonSettings, NoSecrets, no_check)
        way, settings = cast("Way", None), CommonSettings(at_once=4)
        self.opened = Opened(1, kind, settings, NoSecrets(), way, cdp, Rate(60_000))

    async def open(self, connection: Connection) -> Opened:
        return replace(self.opened, version=connection.version)

    async def of(self, program: Program) -> Behind:
        return Behind(self.cdp, self.opened.breaker)


def well_again(cdp: StrictCdp, opened: OpenedCdp) -> None:
    """The other side is back, and everybody knows."""
    cdp.silent = False
    opened.opened.breaker = Breaker()
