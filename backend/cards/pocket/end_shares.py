"""End what a card's owner allowed others: from this moment every opening refuses.

Messages that show the barcode are taken away afterwards, by a reaction.
"""

from datetime import datetime

from tortoise.expressions import Q

from backend.events.cards import CardShareRevoked
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from models.card_share import CardShare
from models.customer import Customer


async def revoke_share(ctx: Context, owner: Customer, share_id: int) -> bool:
    """False: it was not there, or revoked before."""
    async with transaction():
        found = await _revoke(ctx.clock(), Q(id=share_id, customer_id=owner.id))
    ctx.wake.set()
    return found > 0


async def leave_share(ctx: Context, guest: Customer, share_id: int) -> bool:
    """The guest has no more use for it."""
    async with transaction():
        found = await _revoke(ctx.clock(), Q(id=share_id, guest_id=guest.id))
    ctx.wake.set()
    return found > 0


async def revoke_shares(now: datetime, card_id: int) -> None:
    """Inside the caller's transaction: the card is leaving the wallet."""
    await _revoke(now, Q(card_id=card_id))


async def revoke_all_of(now: datetime, customer: Customer) -> None:
    """Inside the transaction of a deletion: given and taken; the guest's name is forgotten."""
    await _revoke(now, Q(customer_id=customer.id) | Q(guest_id=customer.id))
    await CardShare.filter(guest_id=customer.id).update(guest_id=None, label=None)


async def _revoke(now: datetime, which: Q) -> int:
    # of all: `which` says whose
    shares = await CardShare.filter(which, revoked_at__isnull=True).select_for_update()
    for share in shares:
        await CardShare.filter(id=share.id).update(revoked_at=now)
        await announce(now, CardShareRevoked(share_id=share.id))
    return len(shares)
