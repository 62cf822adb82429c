"""A card as Google is given it, and how what was given before is known again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.passes.face import PassFace
from backend.passes.google.loyalty_object import digest_of, loyalty_object, told_of
from backend.platform.context import Context
from backend.wallets.face_of import face_of
from backend.wallets.google.read_barcode import rotating_key
from models.wallet_pass import WalletPass

# Google lets a card light up its phone so often in a day, news and changes together.
MOST_LIT = 3
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GoogleCard:
    """`digest` of all that stands there, `seen` of what a phone can light up for ("" for nothing);
    both keyed, for a balance can be guessed."""

    face: PassFace
    made: dict[str, Any]
    digest: str
    seen: str


async def google_card(ctx: Context, held: WalletPass, base_url: str) -> GoogleCard:
    face = await face_of(ctx, held, base_url)
    made = loyalty_object(held.issuer, face, rotating_key(ctx.vault, held.serial))
    told = told_of(face)
    return GoogleCard(
        face,
        made,
        ctx.vault.sign(f"google card {digest_of(made)}"),
        ctx.vault.sign(f"google seen {told}") if told else "",
    )


def lit_lately(held: WalletPass, now: datetime) -> list[int]:
    """When the card lit up its phone within a day, in seconds."""
    since = int((now - DAY).timestamp())
    return [each for each in held.lit_at if each > since]
