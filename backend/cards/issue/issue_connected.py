"""A card of a program with a system of its own, while its owner looks on."""

import asyncio

from backend.cards.issue.claim import Claim
from backend.cards.issue.fulfil_request import STILL_WAITS, fulfil, pending_of
from backend.cards.issue.request_card import request_card
from backend.cards.issue.still_possible import check_still_possible, standing_card
from backend.platform.context import Context
from backend.restored.unsettled import refuse_while_unsettled
from models.card import Card
from models.program import Program
from models.refusal import Code, Refusal


async def issue_connected(
    ctx: Context, claim: Claim, program: Program, until: float
) -> tuple[Card, bool]:
    """The card, and whether it is new. `until`: the moment of the loop's clock up to which their
    system is waited for; then refuses with card_awaited: it comes by itself, with a message.
    Refuses like check_still_possible and fulfil."""
    await check_still_possible(claim)
    standing = await standing_card(claim)
    if standing is not None:
        return standing, False
    await refuse_while_unsettled()
    asked = await request_card(claim, program)
    left = max(until - asyncio.get_running_loop().time(), 0.0)
    pending = await pending_of(ctx, asked.request, left, shown=claim.shown)
    try:
        return await fulfil(ctx, pending)
    except Refusal as refusal:
        if refusal.code in STILL_WAITS:
            raise Refusal(Code.CARD_AWAITED) from refusal
        raise
