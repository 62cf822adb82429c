"""Mindbox as the loyalty processor of a program: CDP and loyalty module in one."""

from collections.abc import Collection, Sequence
from uuid import UUID

from backend.partners.member import (
    Balance,
    CardNumber,
    CardState,
    Member,
    Operation,
    Promotion,
    Subscription,
    TheirCard,
)
from backend.partners.mindbox import binding, consents, people, plastic, reading
from backend.partners.mindbox.asking import Askings
from backend.partners.mindbox.operations import Operations
from backend.partners.mindbox.settings import Secrets, Settings
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.statuses import CardStatus
from backend.partners.processor import Ability, KnownNumber, NumberState
from backend.partners.unable import Unable
from backend.partners.way import Way
from backend.platform.context import Context
from backend.platform.failures import TryLater
from models.program import Program
from models.refusal import Code, Refusal


def open_processor(settings: Settings, secrets: Secrets, way: Way) -> "MindboxProcessor":
    return MindboxProcessor(settings, Askings(settings, secrets, way))


def abilities_of(names: Operations) -> frozenset[Ability]:
    """What the operations that have names are good for."""
    needs = {
        Ability.FIND_BY_CONTACT: (names.find, names.cards),
        Ability.NUMBERS: (names.find, names.register_customer, names.bind_from_pool),
        Ability.BIND: (names.find, names.cards, names.register_customer, names.bind),
        Ability.PROFILE: (names.find, names.register_customer, names.edit),
        Ability.CONSENTS: (names.find, names.subscribe),
        Ability.BALANCE: (names.balance,),
        Ability.HISTORY: (names.balance_history or names.orders,),
        Ability.PROMOTIONS: (names.promotions,),
        Ability.RELEASE: (names.find, names.cards, names.unbind),
    }
    return frozenset(ability for ability, needed in needs.items() if all(needed))


class MindboxProcessor(Unable):
    """What each method does over there: docs/partners-mindbox.md."""

    def __init__(self, settings: Settings, askings: Askings) -> None:
        self.patience = settings.patience
        self.abilities = abilities_of(settings.operations)
        self._askings = askings

    async def knows_plastic(self, program: Program) -> bool:
        return bool(self._askings.of(program).operations.card)

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        asking = self._askings.of(program)
        if not asking.operations.card:
            return KnownNumber(NumberState.UNKNOWN, {})
        card = await plastic.card_named(asking, numbers)
        if card is None:
            return KnownNumber(NumberState.UNKNOWN, {}, listed=True)
        if asking.settings.state_of(card.status) is CardState.BLOCKED:
            raise Refusal(Code.CARD_BLOCKED)
        if card.status == CardStatus.NOT_ISSUED:
            return KnownNumber(NumberState.NOT_ISSUED, {}, listed=True)
        holder = await plastic.holder_of(asking, card)
        if holder is None:
            return KnownNumber(NumberState.FREE, {}, listed=True)
        phone = f"+{holder.mobile_phone}" if holder.mobile_phone else ""
        contacts = {"phone": phone, "email": holder.email.lower()}
        holders = {
            kind: ctx.vault.blind_index(kind, value) for kind, value in contacts.items() if value
        }
        return KnownNumber(NumberState.BOUND, holders, listed=True)

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        asking = self._askings.of(program)
        known = await people.look(asking, member)
        cards = [] if known is None else await plastic.held(asking, known)
        return plastic.shown(asking, cards[0], known.theirs) if known and cards else None

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        asking = self._askings.of(program)
        known = await people.registered(asking, member, key)
        cards = await plastic.held(asking, known)
        if cards and not binding.gives_way(asking, member, cards, number):
            return await binding.kept(asking, known, cards, number, key)
        if cards and number is not None:
            return await binding.replaced(asking, known, cards[0], number, key)
        if number is None:
            return await binding.given(asking, known, key)
        return await binding.bind(asking, known, number, key)

    async def update_profile(self, program: Program, member: Member, key: UUID) -> str:
        return (await people.registered(self._askings.of(program), member, key)).theirs

    async def tell_consents(
        self, program: Program, member: Member, subscriptions: Sequence[Subscription], key: UUID
    ) -> None:
        asking = self._askings.of(program)
        known = await people.look(asking, member)
        if known is None:
            raise TryLater(f"{asking.operations.find}: the customer is not there yet")
        await consents.tell(asking, known, subscriptions, key)

    async def balance(self, program: Program, member: Member, number: CardNumber) -> Balance | None:
        asking = self._askings.of(program)
        who = people.spoken_of(asking, member)
        answer = await asking.read(asking.operations.balance, bodies.operation(who))
        return reading.balance_of(asking, answer)

    async def history(
        self, program: Program, member: Member, number: CardNumber, most: int
    ) -> Sequence[Operation]:
        asking = self._askings.of(program)
        return await reading.history(asking, people.spoken_of(asking, member), most)

    async def promotions(
        self, program: Program, member: Member, number: CardNumber
    ) -> Sequence[Promotion]:
        asking = self._askings.of(program)
        who = people.spoken_of(asking, member)
        answer = await asking.read(asking.operations.promotions, bodies.operation(who))
        return reading.promotions_of(answer)

    async def release(
        self, program: Program, member: Member, number: CardNumber, key: UUID
    ) -> None:
        asking = self._askings.of(program)
        known = await people.look(asking, member)
        if known is not None:
            await binding.unbind(asking, known, number, key)
