"""Cards as their program wants them to look."""

from collections.abc import Sequence
from dataclasses import replace

from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.context import Context
from backend.platform.database import among, rows
from backend.platform.dialect import parsed
from backend.segments.members import members_of
from catalog.looks.card_design import CardDesignKept, design_read

# of all: the programs of the cards in hand
_DESIGNS = """
SELECT d.program_id, d.number, d.design FROM card_designs d
WHERE d.program_id {among} AND d.number = (
    SELECT MAX(n.number) FROM card_designs n WHERE n.program_id = d.program_id)
"""


async def dressed(ctx: Context, cards: Sequence[WalletCard]) -> list[WalletCard]:
    """Of one person, in their order. A program with nothing but colours has none of its own: its
    cards have those of the brand."""
    programs = {one.card.program_id for one in cards if one.card.program_id is not None}
    designs = await _designs(programs) if programs else {}
    return [
        await _dressed(ctx, one, designs[one.card.program_id or 0])
        if one.card.program_id in designs
        else one
        for one in cards
    ]


async def _designs(programs: set[int]) -> dict[int, CardDesignKept]:
    """By program, of those that have any."""
    found = await rows(_DESIGNS.format(among=among(1)), [list(programs)])
    return {row["program_id"]: design_read(row["number"], parsed(row["design"])) for row in found}


async def _dressed(ctx: Context, shown: WalletCard, design: CardDesignKept) -> WalletCard:
    """Only what differs by segment asks about its owner."""
    card, inside = shown.card, frozenset[str]()
    if card.brand_id is not None:
        found = await members_of(design.segments(), card.brand_id, [card.customer_id], ctx.clock())
        inside = frozenset(key for key, people in found.items() if people)
    return replace(shown, bare=design.look, look=design.look_for(card.tier, inside))
