"""Tell an account's own system what stands of one person: cards, profile, consents; or that they
have left. Each step is written down before the next, and asks with a key of its own: a process
that dies in between repeats one question."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Protocol, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from backend.cards.steer.replace_card import Number, replace_card
from backend.connections.adopt import adopt_balance
from backend.connections.told import Told, ToldCard
from backend.customers.contacts.as_member import agrees, member_of, subscriptions_of
from backend.partners.member import CardNumber, Member
from backend.partners.processor import Ability, Processor
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.failures import GiveUp
from catalog.tenant import Scope
from models.card import Card
from models.connection import Connection, PartnerMember, TellingState
from models.customer import Customer
from models.program import Program
from models.refusal import Refusal

T = TypeVar("T")
# A balance that is older is asked for anew, when somebody is looked at at all.
STALE = timedelta(seconds=45)


class Ask(Protocol):
    async def __call__(self, ask: Callable[[], Awaitable[T]], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """`ask` waits for the connection's turn and bounds how long an answer may take."""

    ctx: Context
    connection: Connection
    processor: Processor
    ask: Ask
    row: PartnerMember
    told: Told

    def can(self, ability: Ability) -> bool:
        return ability in self.processor.abilities

    def key(self, what: str, card_id: int, digest: str) -> UUID:
        """The same for the same attempt: of what happens later there is another."""
        name = f"karman:{self.row.id}:{card_id}:{what}:{self.row.wanted}:{digest}"
        return uuid5(NAMESPACE_URL, name)

    def digest(self, value: object) -> str:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str).decode()
        return self.ctx.vault.blind_index("told", text)


async def tell_member(telling: Telling) -> None:
    """Raises TryLater, GiveUp and NeedsSettings."""
    customer = await Customer.get(id=telling.row.customer_id)
    if customer.deleted_at is not None:
        await _left(telling)
        return
    allowed = await agrees(customer.id, telling.connection.account_id)
    cards = Card.filter(customer_id=customer.id, program__connection_id=telling.connection.id)
    for card in await cards.order_by("id").select_related("program"):
        try:
            await _tell_card(telling, customer, card, allowed=allowed)
        except Refusal as refusal:
            raise GiveUp(f"refused: {refusal.code.value}") from refusal
    await _done(telling)


async def _tell_card(telling: Telling, customer: Customer, card: Card, *, allowed: bool) -> None:
    program = card.program
    assert program is not None
    member = Member(str(customer.id), _theirs_of(telling, card))
    if allowed:
        member = await member_of(telling.ctx, customer, [program], theirs=member.theirs)
        await _bind(telling, program, card, member)
        member = replace(member, theirs=_theirs_of(telling, card))
        await _profile(telling, program, card, member)
    member = replace(member, theirs=_theirs_of(telling, card))
    await _consents(telling, program, card, member)
    if allowed and telling.can(Ability.BALANCE) and _is_stale(telling, card):
        number = _number(card)
        found = await telling.ask(lambda: telling.processor.balance(program, member, number))
        if found is not None:
            await adopt_balance(telling.ctx, card, found)


def _theirs_of(telling: Telling, card: Card) -> str:
    told = telling.told.cards.get(card.id)
    return told.theirs if told is not None else ""


def _number(card: Card) -> CardNumber:
    return CardNumber(card.printed_number, card.barcode_value, card.barcode_format)


def _is_stale(telling: Telling, card: Card) -> bool:
    return card.balance_at is None or telling.ctx.clock() - card.balance_at > STALE


async def _bind(telling: Telling, program: Program, card: Card, member: Member) -> None:
    """Their system knows the person by this very number. Whoever had another card there already
    goes on with that one."""
    known, number = telling.told.cards.get(card.id), _number(card)
    if known is not None and known.number.barcode == number.barcode:
        return
    known_as = member.theirs
    if telling.can(Ability.BIND):
        key = uuid5(
            NAMESPACE_URL, f"karman:bind:{telling.connection.id}:{card.id}:{number.barcode}"
        )
        theirs = await telling.ask(lambda: telling.processor.issue(program, member, number, key))
        known_as = theirs.theirs or known_as
        if theirs.number.barcode != number.barcode:
            await _adopt_number(telling, card, theirs.number)
            number = _number(card)
        if theirs.balance is not None:
            await adopt_balance(telling.ctx, card, theirs.balance)
    telling.told.cards[card.id] = ToldCard(program.id, number, known_as)
    await _keep(telling)


async def _adopt_number(telling: Telling, card: Card, number: CardNumber) -> None:
    """Refuses with number_taken what somebody else carries."""
    scope = Scope.of([telling.connection.account_id])
    wanted = Number(number.printed, number.barcode)
    changed = await replace_card(telling.ctx, scope, card.id, wanted)
    card.printed_number, card.barcode_value = changed.printed_number, changed.barcode_value


async def _profile(telling: Telling, program: Program, card: Card, member: Member) -> None:
    told = telling.told.cards[card.id]
    digest = telling.digest({**asdict(member), "theirs": ""})
    if not telling.can(Ability.PROFILE) or told.profile == digest:
        return
    key = telling.key("profile", card.id, digest)
    theirs = await telling.ask(lambda: telling.processor.update_profile(program, member, key))
    told.theirs = theirs or told.theirs
    told.profile = digest
    await _keep(telling)


async def _consents(telling: Telling, program: Program, card: Card, member: Member) -> None:
    told = telling.told.cards.get(card.id)
    if told is None or not telling.can(Ability.CONSENTS):
        # Nobody was told of them: there is nothing to take back.
        return
    said = await subscriptions_of(telling.row.customer_id, [program.id])
    digest = telling.digest([asdict(each) for each in said])
    if told.consents == digest or not said:
        return
    key = telling.key("consents", card.id, digest)
    await telling.ask(lambda: telling.processor.tell_consents(program, member, said, key))
    told.consents = digest
    await _keep(telling)


async def _left(telling: Telling) -> None:
    """Their numbers are told to be nobody's; then nothing of them is kept here."""
    told = telling.told
    for card_id, card in list(told.cards.items()):
        member = Member(str(telling.row.customer_id), card.theirs)
        program = await Program.get(id=card.program_id)
        if telling.can(Ability.RELEASE):
            key = telling.key("release", card_id, card.number.barcode)
            await _release(telling, program, member, card.number, key)
        del told.cards[card_id]
        await _keep(telling)
    async with transaction():
        await PartnerMember.filter(id=telling.row.id, wanted=telling.row.wanted).delete()


async def _release(
    telling: Telling, program: Program, member: Member, number: CardNumber, key: UUID
) -> None:
    await telling.ask(lambda: telling.processor.release(program, member, number, key))


async def _keep(telling: Telling) -> None:
    sealed = telling.told.sealed(telling.ctx.vault)
    async with transaction():
        row = PartnerMember.filter(id=telling.row.id)
        await row.update(told=sealed, told_at=telling.ctx.clock())


async def _done(telling: Telling) -> None:
    """Unless more has happened meanwhile."""
    row = telling.row
    async with transaction():
        await PartnerMember.filter(id=row.id).update(done=row.wanted, attempts=0, error="")
        same = PartnerMember.filter(id=row.id, wanted=row.wanted)
        await same.update(state=TellingState.DONE)
