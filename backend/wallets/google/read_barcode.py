"""A till has read the barcode of a card whose barcode changes by time."""

from datetime import datetime

from backend.cards.steer.numbered import ids_numbered
from backend.passes.google.rotating import is_of_now, value_in
from backend.platform.context import Context
from backend.platform.secrets.vault import Vault
from catalog.tenant import Scope
from models.wallet_pass import WalletKind, WalletPass

_KEY_BYTES = 20


async def cards_scanned(ctx: Context, scope: Scope, scanned: str) -> list[int]:
    """Ids of the scope's cards with what was scanned, or typed, as their number: as it stands on
    them, or as a phone shows it now. One that was shown minutes ago is nobody's."""
    found = await ids_numbered(scope, scanned)
    value = value_in(scanned)
    if value is None or found:
        return found
    held = await WalletPass.filter(
        card_id__in=await ids_numbered(scope, value) or [0],
        wallet=WalletKind.GOOGLE,
        voided_at__isnull=True,
    )
    now = ctx.clock()
    return sorted(each.card_id for each in held if _shows(ctx.vault, each, scanned, now))


def rotating_key(vault: Vault, serial: str) -> bytes:
    """Of one card alone, kept nowhere: what its barcode of the moment is made with."""
    return bytes.fromhex(vault.sign(f"google barcode {serial}"))[:_KEY_BYTES]


def _shows(vault: Vault, held: WalletPass, scanned: str, now: datetime) -> bool:
    return is_of_now(scanned, rotating_key(vault, held.serial), now)
