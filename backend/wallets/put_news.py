"""Something is told on a card in its owner's phones."""

from dataclasses import dataclass
from datetime import timedelta

from backend.customers.person.lock import lock_person
from backend.messaging.channel import Handed, Unreachable
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.failures import GiveUp
from backend.wallets.face_of import NEWS
from backend.wallets.settle import settle_held
from backend.wallets.standing import MOST_NEWS
from models.customer import Customer
from models.wallet_pass import WalletKind, WalletNews, WalletPass

# As often as Google lights up a card; Apple knows no number, and people have no other patience.
MOST_A_DAY = 3
DAY = timedelta(days=1)
LONGEST = 1000
# of all: of the person in hand
_CARD = """
SELECT k.id FROM cards k WHERE k.customer_id = $1 AND k.removed_at IS NULL AND k.status = 'active'
    AND (k.id = $2 OR $2 IS NULL AND k.program_id = (SELECT program_id FROM brands WHERE id = $3))
    AND EXISTS (SELECT 1 FROM wallet_passes w WHERE w.card_id = k.id AND {installed})
ORDER BY k.id LIMIT 1
"""
# What stands on the back no more.
# of all: of the card in hand
_FORGET = """
DELETE FROM wallet_news WHERE card_id = $1 AND id NOT IN (
    SELECT id FROM wallet_news WHERE card_id = $1 ORDER BY id DESC LIMIT $2)
"""
# Of a pass `w`: whether it is in a phone.
INSTALLED = "w.installed_at IS NOT NULL AND w.removed_at IS NULL AND w.voided_at IS NULL"


@dataclass(frozen=True, slots=True)
class PuttingNews:
    """See backend.messaging.wallet.send.PutNews."""

    ctx: Context

    async def __call__(
        self,
        message_id: int,
        customer_id: int,
        brand_id: int | None,
        card_id: int | None,
        text: str,
    ) -> Handed:
        async with transaction():
            owner = await lock_person(customer_id)
            # of all: the person's own
            told = await WalletNews.filter(message_id=message_id).first()
            if told is None:
                told = await self._put(owner, message_id, brand_id, card_id, text)
        self.ctx.wake.set()
        return Handed(f"news:{told.id}")

    async def _put(
        self,
        owner: Customer | None,
        message_id: int,
        brand_id: int | None,
        card_id: int | None,
        text: str,
    ) -> WalletNews:
        card = None if owner is None else await _in_a_phone(owner.id, brand_id, card_id)
        if card is None or owner is None or owner.deleted_at is not None:
            raise Unreachable("the card is in no phone", gone=False)
        now = self.ctx.clock()
        if await WalletNews.filter(card_id=card, at__gt=now - DAY).count() >= MOST_A_DAY:
            raise GiveUp(f"the card has told {MOST_A_DAY} things in a day")
        sealed = NEWS.seal(self.ctx, owner, text[:LONGEST])
        told = await WalletNews.create(card_id=card, message_id=message_id, sealed=sealed, at=now)
        await rows(_FORGET, [card, MOST_NEWS])
        await self._number(told)
        return told

    async def _number(self, told: WalletNews) -> None:
        """The versions that tell it, so that it is known when a phone has it."""
        passes = WalletPass.filter(card_id=told.card_id).order_by("id")
        await settle_held(self.ctx, [row.id for row in await passes])
        for row in await passes:
            apple = row.wallet is WalletKind.APPLE
            column = "apple_version" if apple else "google_version"
            if row.installed_at is not None and row.removed_at is None:
                await WalletNews.filter(id=told.id).update(**{column: row.version})


async def _in_a_phone(customer_id: int, brand_id: int | None, card_id: int | None) -> int | None:
    found = await rows(_CARD.format(installed=INSTALLED), [customer_id, card_id, brand_id])
    return int(found[0]["id"]) if found else None
