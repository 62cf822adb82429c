"""What an account tries out: whether somebody wants to see it."""

from backend.customers.choices.samples import hears_samples, invites_of, inviting
from backend.platform.context import Context
from bot.screens.choices.samples import samples
from bot.screens.screen import Screen
from bot.visitor import Visitor


async def invited_to_samples(visitor: Visitor, ctx: Context, token: str) -> Screen:
    """Refuses with invitation_ended."""
    account = await inviting(invites_of(ctx, token))
    wanted = await hears_samples(visitor.customer, account)
    return samples(visitor.words, account, wanted=wanted, token=token)


async def samples_of(visitor: Visitor, account_id: int) -> Screen:
    """By which they see it, where they do. Refuses with invitation_ended."""
    account = await inviting(account_id)
    wanted = await hears_samples(visitor.customer, account)
    return samples(visitor.words, account, wanted=wanted)
