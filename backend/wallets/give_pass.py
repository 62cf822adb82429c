"""A card in a wallet of its owner's phone: the pass is a row, made once, whatever becomes of it."""

from datetime import timedelta

from backend.customers.person.lock import lock_person
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.ids import new_base62
from backend.wallets.settle import settle_held
from catalog.scope import wallet_of
from models.card import Card
from models.refusal import Code, Refusal
from models.wallet_pass import WalletKind, WalletPass

SERIAL_LENGTH = 24
# Before the first version, so that its own time is the moment it is made.
_BEFORE = timedelta(seconds=1)


async def give_pass(ctx: Context, card: Card, wallet: WalletKind, issuer: str) -> WalletPass:
    """The same pass each time. `issuer`: Apple's pass type identifier or Google's issuer id; it
    changes as long as the pass was in no phone. Refuses with card_not_found a card that is not its
    owner's to show, and one of no program."""
    async with transaction():
        owner = await lock_person(card.customer_id)
        if owner is None or owner.deleted_at is not None:
            raise Refusal(Code.CARD_NOT_FOUND)
        found = wallet_of(owner.id).filter(id=card.id, program_id__isnull=False)
        if not await found.exists():
            raise Refusal(Code.CARD_NOT_FOUND)
        held = await WalletPass.filter(card_id=card.id, wallet=wallet).first()
        if held is None:
            return await _made(ctx, card.id, wallet, issuer)
        if held.installed_at is None and held.issuer != issuer:
            await WalletPass.filter(id=held.id).update(issuer=issuer)
        await settle_held(ctx, [held.id])
        return await WalletPass.get(id=held.id)


async def _made(ctx: Context, card_id: int, wallet: WalletKind, issuer: str) -> WalletPass:
    """Nobody holds it yet, so there is nothing to tell."""
    now = ctx.clock()
    made = await WalletPass.create(
        card_id=card_id,
        wallet=wallet,
        serial=new_base62(SERIAL_LENGTH),
        issuer=issuer,
        made_at=now,
        changed_at=now - _BEFORE,
    )
    await settle_held(ctx, [made.id])
    held = await WalletPass.get(id=made.id)
    await WalletPass.filter(id=held.id).update(told=held.version)
    held.told = held.version
    return held


async def find_pass(serial: str) -> WalletPass | None:
    # of all: by what its holder shows
    return await WalletPass.filter(serial=serial).first()
