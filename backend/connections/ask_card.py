"""What the account's own system tells of a card while its owner looks at it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from backend.connections.mark import mark_people
from backend.connections.told import Told
from backend.customers.contacts.as_member import agrees, member_of
from backend.partners.answered import answered
from backend.partners.member import CardNumber, Given, Member, Operation, Promotion
from backend.partners.processor import Ability, Processor
from backend.partners.registry import is_connected
from backend.platform.context import Context
from models.card import Card
from models.connection import PartnerMember
from models.customer import Customer
from models.program import Program

ABILITIES = {Given.PROMO_CODE: Ability.PROMO_CODE, Given.RECEIPT: Ability.RECEIPT}
# Both questions together.
PATIENCE_SECONDS = 2.8
MOST_OPERATIONS = 10
MOST_PROMOTIONS = 5
# A balance that was asked for so long ago is asked for again when somebody looks.
STALE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CardNews:
    """None: they tell nothing of that. `takes`: what may be handed in for the card."""

    operations: Sequence[Operation] | None
    promotions: Sequence[Promotion] | None
    takes: frozenset[Given] = frozenset()


async def news_of_card(ctx: Context, customer: Customer, card: Card) -> CardNews:
    """The newest first. `card` with its program. Refuses with try_later."""
    program = card.program
    assert program is not None
    if not await agrees(customer.id, program.account_id):
        return CardNews(None, None)
    member = await known_there(ctx, customer, card, program)
    number = CardNumber(card.printed_number, card.barcode_value, card.barcode_format)
    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS

    takes: set[Given] = set()

    async def operations(partner: Processor) -> Sequence[Operation] | None:
        takes.update(kind for kind, able in ABILITIES.items() if able in partner.abilities)
        if Ability.HISTORY not in partner.abilities:
            return None
        return await partner.history(program, member, number, MOST_OPERATIONS)

    async def promotions(partner: Processor) -> Sequence[Promotion] | None:
        if Ability.PROMOTIONS not in partner.abilities:
            return None
        return (await partner.promotions(program, member, number))[:MOST_PROMOTIONS]

    moved = await answered(ctx, program, operations, _left(until))
    offered = await answered(ctx, program, promotions, _left(until))
    return CardNews(moved, offered, frozenset(takes))


def _left(until: float) -> float:
    return max(until - asyncio.get_running_loop().time(), 0.0)


async def known_there(ctx: Context, customer: Customer, card: Card, program: Program) -> Member:
    row = await PartnerMember.get_or_none(
        customer_id=customer.id, connection_id=program.connection_id
    )
    told = Told.read(ctx.vault, row.told if row is not None else None).cards.get(card.id)
    theirs = told.theirs if told is not None else ""
    return await member_of(ctx, customer, [program], theirs=theirs)


async def look_again(ctx: Context, card: Card) -> None:
    """Somebody looks at the card: its balance is asked for, unless it is fresh."""
    program = card.program
    if program is None or not is_connected(program) or program.connection_id is None:
        return
    if card.balance_at is not None and ctx.clock() - card.balance_at < STALE:
        return
    await mark_people(ctx.clock(), [card.customer_id])
