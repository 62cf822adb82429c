"""A card and the wallets of its owner's phones: which there are for it, in which it is, and the
page by which it comes there.

The page's address is signed and kept nowhere: a stolen database gives none, and it opens as long
as the card is its owner's to show.
"""

import hmac
import re
from dataclasses import dataclass

from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.secrets.vault import Vault
from models.card import Card
from models.wallet_pass import WalletKind

PAGE = "/w"
_SIGNED_DIGITS = 32
_TOKEN = re.compile(r"(?P<card>[0-9]{1,18})-(?P<signed>[0-9a-f]{32})")
# of all: of the card in hand
_ASKED = """
SELECT a.key, w.wallet, w.installed_at, w.removed_at, w.voided_at
FROM programs p JOIN accounts a ON a.id = p.account_id
LEFT JOIN wallet_passes w ON w.card_id = $2 WHERE p.id = $1
"""


@dataclass(frozen=True, slots=True)
class InPhones:
    """`offered` and `installed` in the order in which they are shown; `page`: the address."""

    offered: tuple[WalletKind, ...] = ()
    installed: tuple[WalletKind, ...] = ()
    page: str = ""


NOWHERE = InPhones()


async def in_phones(ctx: Context, card: Card) -> InPhones:
    """Nothing is asked where there is no wallet for anybody."""
    if not ctx.phones.offered or card.program_id is None:
        return NOWHERE
    found = await rows(_ASKED, [card.program_id, card.id])
    inside = {
        row["wallet"]
        for row in found
        if row["installed_at"] and not row["removed_at"] and not row["voided_at"]
    }
    return InPhones(
        ctx.phones.of_account(found[0]["key"]),
        tuple(wallet for wallet in WalletKind if wallet.value in inside),
        f"{ctx.phones.base_url}{PAGE}/{page_token(ctx.vault, card.id)}",
    )


def page_token(vault: Vault, card_id: int) -> str:
    return f"{card_id}-{vault.sign(f'wallet page {card_id}')[:_SIGNED_DIGITS]}"


def card_in(vault: Vault, token: str) -> int | None:
    """None for what we have not signed; compared in constant time."""
    found = _TOKEN.fullmatch(token)
    if found is None or not hmac.compare_digest(page_token(vault, int(found["card"])), token):
        return None
    return int(found["card"])
