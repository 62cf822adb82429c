"""Many cards of a program are good or no longer good, as a file tells it."""

from collections.abc import Sequence

from backend.cards.steer.block_card import block_card, unblock_card
from backend.cards.steer.change_cards import Told
from backend.cards.steer.numbered import cards_numbered
from backend.platform.context import Context
from catalog.tenant import Scope
from models.card import CardStatus
from models.program import Program


async def block_cards(ctx: Context, program: Program, given: Sequence[Told], of_many: int) -> None:
    """Inside a transaction. `of_many`: lines of the file. Of lines about one card the last holds;
    what is so already costs one look at the card."""
    told = [each for each in given if each.state is not None]
    if not told:
        return
    found = await cards_numbered(program.id, [each.number for each in told])
    wanted = {found[place].id: (found[place], told[place].state) for place in sorted(found)}
    scope = Scope.of([program.account_id])
    for card_id, (card, state) in sorted(wanted.items()):
        if card.status != state:
            does = block_card if state is CardStatus.BLOCKED else unblock_card
            await does(ctx, scope, card_id, of_many)
