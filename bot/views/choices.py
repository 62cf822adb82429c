"""Documents that changed since they were agreed to."""

from backend.consents.due import DueView, accounts_due, due_view
from backend.platform.context import Context
from bot.screens.choices.consent_again import Ticks, consent_again
from bot.screens.screen import Screen
from bot.visitor import Visitor


async def first_due(visitor: Visitor, ctx: Context, card: int) -> Screen | None:
    accounts = await accounts_due(visitor.customer.id, ctx.clock())
    for account_id in accounts:
        view = await view_of(visitor, ctx, account_id)
        if view is not None:
            return consent_again(visitor.words, view, Ticks(card=card), len(accounts))
    return None


async def view_of(visitor: Visitor, ctx: Context, account_id: int) -> DueView | None:
    return await due_view(visitor.customer.id, visitor.language, account_id, ctx.clock())
