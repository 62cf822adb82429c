"""Somebody follows the link of an assigned card: what comes next. Nothing is told to whoever is not
the one whom the brand has named, not even that the link is good."""

from dataclasses import dataclass
from enum import StrEnum

from backend.cards.assign.find_assignment import by_token, is_waiting
from backend.cards.assign.named import is_meant, proven_contacts, wanted_kinds
from backend.cards.assign.settle_assignment import bind_standing, hinder
from backend.cards.assign.token import Purpose
from backend.platform.context import Context
from catalog.shelves.browse import first_offer_of
from models.assignment import Assignment, AssignmentState, Hindrance
from models.card import Card
from models.contact import ContactKind
from models.customer import Customer
from models.offer import Offer
from models.refusal import Code, Refusal


class Next(StrEnum):
    """The person has the card; proves one of `kinds`; applies for the card by `offer`."""

    CARD = "card"
    PROVE = "prove"
    APPLY = "apply"


@dataclass(frozen=True, slots=True)
class Opened:
    id: int
    next: Next
    offer: Offer | None = None
    card_id: int = 0
    kinds: tuple[ContactKind, ...] = ()


async def follow_link(ctx: Context, customer: Customer, token: str) -> Opened:
    """Refuses with assignment_not_found, assignment_not_yours, assignment_other_card and
    offer_not_found."""
    return await _opened(ctx, customer, await by_token(ctx.vault, Purpose.CLAIM, token))


async def go_on_with(ctx: Context, customer: Customer, assignment_id: int) -> Opened:
    """After a contact was confirmed. Refuses like follow_link."""
    # of all: the one whose link this person has followed
    return await _opened(ctx, customer, await Assignment.get_or_none(id=assignment_id))


async def _opened(ctx: Context, customer: Customer, row: Assignment | None) -> Opened:
    if row is None:
        raise Refusal(Code.ASSIGNMENT_NOT_FOUND)
    if row.state is AssignmentState.CLAIMED and row.customer_id == customer.id:
        assert row.card_id is not None
        return Opened(row.id, Next.CARD, card_id=row.card_id)
    if not is_waiting(ctx, row):
        raise Refusal(Code.ASSIGNMENT_NOT_FOUND)
    proven = await proven_contacts(customer.id)
    if not is_meant(row, proven):
        have = {contact.kind for contact in proven}
        left = tuple(kind for kind in wanted_kinds(row) if kind not in have)
        if not left:
            raise Refusal(Code.ASSIGNMENT_NOT_YOURS)
        return Opened(row.id, Next.PROVE, await _offer(ctx, row), kinds=left)
    return await _theirs(ctx, customer, row)


async def _theirs(ctx: Context, customer: Customer, row: Assignment) -> Opened:
    card = await Card.get_or_none(customer_id=customer.id, program_id=row.program_id)
    if card is not None and card.barcode_value != row.barcode_value:
        await hinder(ctx, row.id, Hindrance.OTHER_CARD)
        about = card.id if card.removed_at is None else None
        raise Refusal(Code.ASSIGNMENT_OTHER_CARD, about=about)
    if card is not None and card.removed_at is None:
        await bind_standing(ctx, customer, row.id, card)
        return Opened(row.id, Next.CARD, card_id=card.id)
    return Opened(row.id, Next.APPLY, await _offer(ctx, row))


async def _offer(ctx: Context, row: Assignment) -> Offer:
    offer = await first_offer_of(ctx.clock(), row.program_id, 0)
    if offer is None:
        raise Refusal(Code.OFFER_NOT_FOUND)
    return offer
