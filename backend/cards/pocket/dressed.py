"""Cards as their program wants them to look."""

from collections.abc import Sequence
from dataclasses import replace

from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.context import Context
from backend.segments.members import members_of
from catalog.card_design import CardDesignKept, design_read
from catalog.designs import newest_designs


async def dressed(ctx: Context, cards: Sequence[WalletCard]) -> list[WalletCard]:
    """Of one person, in their order. A program with nothing but colours has none of its own: its
    cards have those of the brand."""
    programs = {one.card.program_id for one in cards if one.card.program_id is not None}
    rows = await newest_designs(programs) if programs else {}
    designs = {id_: design_read(row.number, row.design) for id_, row in rows.items()}
    return [
        await _dressed(ctx, one, designs[one.card.program_id or 0])
        if one.card.program_id in designs
        else one
        for one in cards
    ]


async def _dressed(ctx: Context, shown: WalletCard, design: CardDesignKept) -> WalletCard:
    """Only what differs by segment asks about its owner."""
    card, inside = shown.card, frozenset[str]()
    if card.brand_id is not None:
        found = await members_of(design.segments(), card.brand_id, [card.customer_id], ctx.clock())
        inside = frozenset(key for key, people in found.items() if people)
    return replace(shown, bare=design.look, look=design.look_for(card.tier, inside))
