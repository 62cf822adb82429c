"""A till has read the barcode of a card whose barcode changes by time."""

from datetime import datetime

from tortoise.queryset import QuerySet

from backend.passes.google.rotating import is_of_now, value_in
from backend.platform.context import Context
from backend.platform.secrets.vault import Vault
from catalog.tenant import Scope, cards_numbered
from models.card import Card
from models.wallet_pass import WalletKind, WalletPass

_KEY_BYTES = 20


async def cards_scanned(ctx: Context, scope: Scope, scanned: str) -> QuerySet[Card]:
    """The scope's cards with what was scanned, or typed, as their number: as it stands on them, or
    as a phone shows it now. One that was shown minutes ago is nobody's."""
    found = await cards_numbered(scope, scanned)
    value = value_in(scanned)
    if value is None or await found.exists():
        return found
    cards = await cards_numbered(scope, value)
    ids = [card.id for card in await cards]
    held = await WalletPass.filter(
        card_id__in=ids, wallet=WalletKind.GOOGLE, voided_at__isnull=True
    )
    now = ctx.clock()
    shown = [each.card_id for each in held if _shows(ctx.vault, each, scanned, now)]
    return scope.cards().filter(id__in=shown or [0])


def rotating_key(vault: Vault, serial: str) -> bytes:
    """Of one card alone, kept nowhere: what its barcode of the moment is made with."""
    return bytes.fromhex(vault.sign(f"google barcode {serial}"))[:_KEY_BYTES]


def _shows(vault: Vault, held: WalletPass, scanned: str, now: datetime) -> bool:
    return is_of_now(scanned, rotating_key(vault, held.serial), now)
