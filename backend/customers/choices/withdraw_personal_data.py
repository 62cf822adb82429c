"""Withdraw the personal-data consent of one controller: everything that rests on it goes."""

from collections.abc import Iterable
from datetime import datetime

from backend.cards.pocket.end_shares import revoke_shares
from backend.consents.record import write_answers
from backend.consents.standing_answers import StandingAnswer, standing_answers
from backend.consents.withdrawal import after, withdrawals
from backend.customers.person.traits import forget_told
from backend.events.cards import CardRemoved
from backend.events.people import ConsentWithdrawn
from backend.outbox.announce import announce
from backend.platform.context import ActorKind, Context
from backend.platform.database import transaction
from catalog.scope import wallet_of
from models.card import Card
from models.consent_document import ConsentPurpose
from models.customer import Customer
from models.refusal import Code, Refusal


async def cards_under(customer: Customer, account_id: int) -> list[Card]:
    """The cards that would go, with `brand` and `program` loaded."""
    query = wallet_of(customer.id).filter(program__account_id=account_id)
    return await query.order_by("id").select_related("brand", "program")


async def withdraw_personal_data(ctx: Context, customer: Customer, account_id: int) -> list[Card]:
    """Program terms and advertising end with it, and the cards are removed; returns them.

    The numbers stay this person's: agreeing again brings the same cards back. Refuses with
    consent_required when there is nothing to withdraw.
    """
    async with transaction():
        everything = await standing_answers(customer.id, locked=True)
        given = [each for each in everything if each.account_id == account_id and each.granted]
        if not any(each.purpose is ConsentPurpose.PERSONAL_DATA for each in given):
            raise Refusal(Code.CONSENT_REQUIRED)
        now = after(ctx.clock(), given)
        await write_answers(await withdrawals(ctx, customer.id, given), customer.id, now)
        cards = await cards_under(customer, account_id)
        await (
            wallet_of(customer.id).filter(id__in=[card.id for card in cards]).update(removed_at=now)
        )
        await forget_told(customer.id, account_id)
        for card in cards:
            await revoke_shares(now, card.id)
        for_them = ctx.actor.kind is ActorKind.KEY
        await _announce(now, customer.id, account_id, given, cards, for_them=for_them)
    ctx.wake.set()
    return cards


async def _announce(
    now: datetime,
    customer_id: int,
    account_id: int,
    given: Iterable[StandingAnswer],
    cards: list[Card],
    *,
    for_them: bool,
) -> None:
    """The person is told of the whole, not of each part."""
    for card in cards:
        await announce(now, CardRemoved(card_id=card.id, customer_id=customer_id))
    brands: dict[int | None, list[str]] = {}
    for each in given:
        if each.purpose is ConsentPurpose.ADVERTISING:
            brands.setdefault(each.subject_id, []).append(each.channel)
    for brand_id, channels in brands.items():
        ads = ConsentPurpose.ADVERTISING.value
        told = ConsentWithdrawn(customer_id, account_id, ads, brand_id, ",".join(channels))
        await announce(now, told)
    whole = ConsentPurpose.PERSONAL_DATA.value
    await announce(now, ConsentWithdrawn(customer_id, account_id, whole, for_them=for_them))
