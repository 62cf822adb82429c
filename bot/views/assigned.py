"""A card that a brand has assigned: from its link to the card, by way of the contact that the brand
knows and of the consents."""

from aiogram.types import User

from backend.cards.assign.open_assignment import Next, Opened, follow_link, go_on_with
from backend.cards.issue.apply import apply_for_assigned
from backend.platform.context import Context
from bot.screens.issue.assigned import prove
from bot.screens.screen import Reply, Screen
from bot.views.issue import resumed_screen
from bot.views.pocket import card_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal


async def assigned_screen(
    visitor: Visitor, ctx: Context, person: User | None, token: str
) -> Reply | Screen:
    """The link was followed. Refuses as follow_link does."""
    visitor.chat.came_for = None
    return await _next(visitor, ctx, person, await follow_link(ctx, visitor.customer, token))


async def assigned_on(visitor: Visitor, ctx: Context, person: User | None) -> Reply | Screen | None:
    """After a contact was confirmed; None when the person came for no assigned card. Whoever has
    confirmed another one than the brand knows may do so with one more."""
    waiting = visitor.chat.came_for
    if waiting is None:
        return None
    try:
        opened = await go_on_with(ctx, visitor.customer, waiting)
    except Refusal as refusal:
        if refusal.code is not Code.ASSIGNMENT_NOT_YOURS:
            visitor.chat.came_for = None
        raise
    return await _next(visitor, ctx, person, opened)


async def _next(
    visitor: Visitor, ctx: Context, person: User | None, opened: Opened
) -> Reply | Screen:
    visitor.chat.came_for = opened.id if opened.next is Next.PROVE else None
    if opened.next is Next.CARD:
        return await card_screen(visitor, ctx, opened.card_id)
    assert opened.offer is not None
    if opened.next is Next.PROVE:
        return prove(visitor.words, opened.offer.brand, opened.kinds)
    await apply_for_assigned(ctx, visitor.customer, opened.offer, opened.id)
    return await resumed_screen(visitor, ctx, person)
