"""The link that puts a card into Google Wallet."""

from backend.passes.google.rest import GoogleApi
from backend.passes.google.settings import Google
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings
from backend.wallets.google.card import GoogleCard, google_card
from backend.wallets.google.classes import GoogleClasses
from models.wallet_pass import WalletPass


async def google_link(
    ctx: Context, google: Google, classes: GoogleClasses, held: WalletPass, base_url: str
) -> str:
    """The card is in the link, or is sent to Google before; one that Google has is kept up to date
    by whoever tells it, and by nobody else. Outside any transaction. Raises TryLater, NeedsSettings
    and GiveUp."""
    issuer, api = google.passes.of_id(held.issuer), google.api(held.issuer)
    if issuer is None or api is None:
        raise NeedsSettings(f"no issuer {held.issuer} in KARMAN_GOOGLE_PASSES")
    card = await google_card(ctx, held, base_url)
    if card.face.voided:
        raise GiveUp("the card is its owner's no more")
    await classes.have(api, held.issuer, card.face)
    now = ctx.clock()
    if held.sent:
        await _say_again(held)
    elif (whole := issuer.link(card.made, now)) is not None:
        await _note(held, "", card.seen)
        return whole
    else:
        await _add(api, held, card)
    return issuer.named(card.made["id"], now)


async def _say_again(held: WalletPass) -> None:
    """Since it was removed from the phone nobody has told Google of it."""
    if held.removed_at is not None:
        # of all: the pass in hand
        await WalletPass.filter(id=held.id).update(told=0, sent="")


async def _add(api: GoogleApi, held: WalletPass, card: GoogleCard) -> None:
    await api.add_object(card.made)
    await _note(held, card.digest, card.seen)


async def _note(held: WalletPass, sent: str, seen: str) -> None:
    """Whoever tells Google may have said more by now."""
    # of all: the pass in hand
    await WalletPass.filter(id=held.id, sent="").update(sent=sent, seen=seen)
