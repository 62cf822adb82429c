"""What has happened to a card, or to its owner → the card's passes are settled."""

from collections.abc import Sequence
from typing import Any

from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.database import among, rows
from backend.wallets.settle import settle

# Of so many events at a time.
BATCH = 50
# of all: the cards that something has happened to
_OF_CARDS = "SELECT id, card_id FROM wallet_passes WHERE card_id {among}"
# of all: the people that something has happened to
_OF_PEOPLE = """
SELECT w.id, c.customer_id FROM wallet_passes w JOIN cards c ON c.id = w.card_id
WHERE c.customer_id {among}
"""


async def in_wallets(events: Sequence[Any]) -> Sequence[Any]:
    """Those whose card is in a wallet."""
    found = await rows(_OF_CARDS.format(among=among(1)), [[each.card_id for each in events]])
    cards = {row["card_id"] for row in found}
    return [each for each in events if each.card_id in cards]


async def having_passes(events: Sequence[Any]) -> Sequence[Any]:
    """Those whose person has a card in a wallet."""
    found = await rows(_OF_PEOPLE.format(among=among(1)), [[each.customer_id for each in events]])
    people = {row["customer_id"] for row in found}
    return [each for each in events if each.customer_id in people]


async def settle_cards(ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
    return await _settle(ctx, _OF_CARDS, [each.event.card_id for each in happened])


async def settle_people(ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
    """All that they have: a name stands on each."""
    return await _settle(ctx, _OF_PEOPLE, [each.event.customer_id for each in happened])


async def settle_named(ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
    named = [card_id for each in happened for card_id in each.event.card_ids]
    return await _settle(ctx, _OF_CARDS, named)


async def _settle(ctx: Context, which: str, ids: list[int]) -> Failed:
    await settle(ctx, [row["id"] for row in await rows(which.format(among=among(1)), [ids])])
    return {}
