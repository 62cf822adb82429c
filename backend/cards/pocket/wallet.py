"""A customer's wallet: its cards, one card, and what the owner does to it."""

from backend.cards.pocket.end_shares import revoke_shares
from backend.cards.pocket.read_card import read_card
from backend.cards.pocket.wallet_card import WalletCard, wallet_card, wallet_cards
from backend.events.cards import CardRemoved
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from catalog.scope import wallet_of
from models.card import Card
from models.customer import Customer

_OF_PROGRAM = """
SELECT id FROM cards WHERE customer_id = $1 AND program_id = $2 AND removed_at IS NULL
"""
RELATED = ("brand__program", "brand__category", "program")


async def cards_in_wallet(customer: Customer, *, hidden: bool = False) -> list[Card]:
    """Newest last, with `brand` and `program` loaded; without the archive, or it alone."""
    query = wallet_of(customer.id).filter(hidden=hidden)
    return await query.order_by("id").select_related(*RELATED)


async def cards_carried(customer: Customer) -> int:
    """How many there are, with the archive."""
    return await wallet_of(customer.id).count()


async def open_card(customer: Customer, card_id: int) -> Card:
    """Refuses with card_not_found, also for somebody else's card."""
    return (await read_card(customer, card_id)).card


async def card_of_program(customer: Customer, program_id: int) -> Card | None:
    """The card that this person carries of a program, if any."""
    return await wallet_of(customer.id).filter(program_id=program_id).first()


async def card_id_of_program(customer: Customer, program_id: int) -> int | None:
    """Its id alone."""
    found = await rows(_OF_PROGRAM, [customer.id, program_id])
    return int(found[0]["id"]) if found else None


async def programs_in_wallet(customer: Customer) -> set[int]:
    found = await wallet_of(customer.id).filter(program_id__isnull=False)
    return {card.program_id for card in found if card.program_id is not None}


async def open_wallet_card(ctx: Context, customer: Customer, card_id: int) -> WalletCard:
    """The same with what its owner keeps about it."""
    read = await read_card(customer, card_id)
    return wallet_card(ctx, customer, read.card, read.entry, read.photos)


async def wallet_in_order(
    ctx: Context, customer: Customer, *, archived: bool = False, sort: str = ""
) -> list[WalletCard]:
    """`sort`: used (most used first), new (last added first), own; empty is own once there is
    an order, else used. What has a star comes first, but not in the owner's own order."""
    cards = await cards_in_wallet(customer, hidden=archived)
    found = await wallet_cards(ctx, customer, cards)
    ordered = any(kept.position is not None for kept in found)
    if sort == "own" or (not sort and ordered):
        return sorted(found, key=lambda k: (k.position is None, k.position or 0, k.id))
    if sort == "new":
        return sorted(found, key=lambda k: (not k.starred, -k.id))
    return sorted(found, key=lambda k: (not k.starred, -k.uses, k.id))


async def remove_card(ctx: Context, customer: Customer, card_id: int) -> Card:
    """Out of the wallet; the number stays this person's, and issuing again brings it back."""
    card = await open_card(customer, card_id)
    async with transaction():
        changed = await wallet_of(customer.id).filter(id=card.id).update(removed_at=ctx.clock())
        if changed:
            await revoke_shares(ctx.clock(), card.id)
            await announce(ctx.clock(), CardRemoved(card_id=card.id, customer_id=customer.id))
    ctx.wake.set()
    return card
