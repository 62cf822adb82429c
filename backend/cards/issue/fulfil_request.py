"""A card that was asked for is made: with the number that the account's own system has for the
person, or gives them, or with one of the pool that it is told of afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tortoise.exceptions import IntegrityError

from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_card import add_card
from backend.cards.issue.claim_from_pool import claim_from_pool
from backend.cards.issue.still_possible import standing_card
from backend.consents.record import take_turn
from backend.customers.contacts.as_member import agrees, member_of
from backend.events.partners import CardRequestRefused
from backend.outbox.announce import announce
from backend.partners.answered import answered
from backend.partners.member import CardState, Member, TheirCard
from backend.partners.processor import Ability, Processor
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.failures import NeedsSettings
from backend.restored.unsettled import refuse_while_unsettled
from catalog.scope import any_offers
from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.card import Card, CardOrigin
from models.connection import CardRequest, RequestState
from models.customer import Customer
from models.program import FROM_POOL, Program
from models.refusal import Code, Refusal

T = TypeVar("T")
# The request stands, and is looked at again.
STILL_WAITS = frozenset({Code.TRY_LATER, Code.POOL_EMPTY, Code.ISSUING_PAUSED})


@dataclass(frozen=True, slots=True)
class Pending:
    """A request with all that it takes. `until`: the moment of the loop's clock after which
    nobody waits any longer; `looked_on`: somebody does."""

    request: CardRequest
    customer: Customer
    program: Program
    claim: Claim
    until: float
    looked_on: bool = True

    @property
    def left(self) -> float:
        return max(self.until - asyncio.get_running_loop().time(), 0.0)


async def pending_of(
    ctx: Context, request: CardRequest, seconds: float, *, shown: bool, looked_on: bool = True
) -> Pending:
    """`shown`: see CardIssued."""
    found = any_offers().filter(id=request.offer_id).select_related("brand__program")
    offer = await found.get()
    program = offer.brand.program
    claim = Claim(
        customer_id=request.customer_id,
        program_id=program.id,
        account_id=program.account_id,
        brand_id=offer.brand_id,
        offer_id=offer.id,
        barcode_format=program.barcode_format.value,
        source=request.source,
        at=ctx.clock(),
        documents=[],
        shown=shown,
    )
    customer = await Customer.get(id=request.customer_id)
    until = asyncio.get_running_loop().time() + seconds
    return Pending(request, customer, program, claim, until, looked_on)


async def fulfil(ctx: Context, pending: Pending) -> tuple[Card, bool]:
    """The card, and whether it is new; again gives the same. Refuses with try_later while their
    system does not answer (the request waits on), and for good with what stands in the way."""
    try:
        card, new = await _fulfilled(ctx, pending)
    except Refusal as refusal:
        if refusal.code not in STILL_WAITS:
            await _refused(pending, ctx.clock(), refusal.code)
        raise
    async with transaction():
        await _end(pending.request, RequestState.MADE, ctx.clock())
    return card, new


async def _fulfilled(ctx: Context, pending: Pending) -> tuple[Card, bool]:
    claim = pending.claim
    standing = await standing_card(claim)
    if standing is not None:
        return standing, False
    await refuse_while_unsettled()
    if pending.customer.deleted_at is not None:
        raise Refusal(Code.APPLICATION_CLOSED)
    if not await agrees(claim.customer_id, claim.account_id):
        raise Refusal(Code.CONSENT_REQUIRED)
    theirs = await _theirs(ctx, pending)
    return await (claim_from_pool(claim) if theirs is None else _brought_in(claim, *theirs))


async def _theirs(ctx: Context, pending: Pending) -> tuple[TheirCard, CardOrigin] | None:
    """The card that they have or give; None when one of the pool is to be given."""
    program, gives = pending.program, pending.program.processor not in FROM_POOL
    member = await member_of(ctx, pending.customer, [program])
    asked = False
    try:
        found = await _ask(ctx, pending, lambda partner: _found(partner, program, member))
        if found is not None:
            return found, CardOrigin.DUPLICATED
        if not gives:
            return None
        asked, key = True, pending.request.key
        given = await _ask(ctx, pending, lambda p: _given(p, program, member, key))
    except Refusal as refusal:
        # Once a card was asked for there, nobody here knows whether it is there.
        pool = not gives or (program.local_pool and not asked)
        if refusal.code is Code.TRY_LATER and pool:
            return None
        raise
    return given, CardOrigin.ISSUED


async def _ask(ctx: Context, pending: Pending, ask: Callable[[Processor], Awaitable[T]]) -> T:
    return await answered(ctx, pending.program, ask, pending.left, looked_on=pending.looked_on)


async def _found(partner: Processor, program: Program, member: Member) -> TheirCard | None:
    if Ability.FIND_BY_CONTACT not in partner.abilities or not (member.phone or member.email):
        return None
    found = await partner.find_by_contact(program, member)
    return _fit(program, found) if found is not None else None


async def _given(partner: Processor, program: Program, member: Member, key: UUID) -> TheirCard:
    if Ability.NUMBERS not in partner.abilities:
        raise NeedsSettings("it gives no numbers: the program needs a pool")
    return _fit(program, await partner.issue(program, member, None, key))


def _fit(program: Program, card: TheirCard) -> TheirCard:
    """Raises NeedsSettings for what no barcode of the program can carry, and refuses with
    card_blocked."""
    if card.state is CardState.BLOCKED:
        raise Refusal(Code.CARD_BLOCKED)
    form = card.number.format or program.barcode_format
    try:
        check_symbol(form, card.number.barcode)
    except SymbolRefused as wrong:
        raise NeedsSettings(f"a number of theirs is no {form.value}: {wrong.what}") from None
    return card


async def _brought_in(claim: Claim, theirs: TheirCard, origin: CardOrigin) -> tuple[Card, bool]:
    """Refuses with number_taken what somebody else carries."""
    number = theirs.number
    form = number.format.value if number.format is not None else claim.barcode_format
    claim = replace(claim, barcode_format=form)
    try:
        async with transaction():
            if not await take_turn(claim.customer_id):
                raise Refusal(Code.APPLICATION_CLOSED)
            made = await add_card(claim, number.printed, number.barcode, origin)
    except IntegrityError as taken:
        raise Refusal(Code.NUMBER_TAKEN) from taken
    if made is not None:
        return made, True
    return await Card.get(customer_id=claim.customer_id, program_id=claim.program_id), False


async def _refused(pending: Pending, now: datetime, code: Code) -> None:
    """Whoever does not look on hears of it."""
    request = pending.request
    async with transaction():
        ended = await _end(request, RequestState.REFUSED, now, code.value)
        if ended and not pending.claim.shown:
            ids = (request.id, request.customer_id, request.program_id)
            await announce(now, CardRequestRefused(*ids, code.value))


async def _end(request: CardRequest, state: RequestState, now: datetime, reason: str = "") -> int:
    """Inside a transaction: how many rows it was."""
    waiting = CardRequest.filter(id=request.id, state=RequestState.WAITING)
    return await waiting.update(state=state, reason=reason, ended_at=now, error="")
