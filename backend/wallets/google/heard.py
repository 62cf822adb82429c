"""Google says that a card was saved, or removed: each of its words counts once."""

from datetime import timedelta

from backend.passes.google.callback import Heard, NotGoogles, Told, read_callback
from backend.passes.google.settings import Google
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.wallets.installed import installed, uninstalled
from models.wallet_pass import WalletKind, WalletPass

# Longer than any word holds: what is older is refused for its age.
LONGEST = timedelta(days=30)
# of all: whatever Google says
_ONCE = """
INSERT INTO wallet_nonces (nonce, seen_at) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING
RETURNING id
"""
# of all: whatever Google has said
_OLD = "DELETE FROM wallet_nonces WHERE seen_at < $1"


async def take_callback(ctx: Context, google: Google, body: bytes) -> bool:
    """Whether it said something new. Raises NotGoogles, and TryLater while nobody knows Google's
    keys."""
    heard = await _read(ctx, google, body)
    async with transaction():
        nonce = ctx.vault.blind_index("wallet nonce", heard.nonce)
        if not await rows(_ONCE, [nonce, ctx.clock()]):
            return False
        # of all: whoever signed it knows the card
        held = await WalletPass.filter(
            serial=heard.serial, issuer=heard.issuer, wallet=WalletKind.GOOGLE
        ).first()
        if held is None:
            return False
        return await _taken(ctx, held, heard)


async def _taken(ctx: Context, held: WalletPass, heard: Heard) -> bool:
    if heard.told is Told.REMOVED:
        return await uninstalled(ctx, held)
    # Whatever stood in the link, and whatever has changed while nobody had it: it is said anew.
    # of all: the pass in hand
    await WalletPass.filter(id=held.id).update(told=0, sent="")
    return held.voided_at is None and await installed(ctx, held)


async def _read(ctx: Context, google: Google, body: bytes) -> Heard:
    issuers = [each.id for each in google.passes.issuers]
    now = ctx.clock()
    try:
        heard = read_callback(body, await google.roots.current(), issuers, now)
    except NotGoogles:
        # Google may sign with a key that it has published since.
        heard = read_callback(body, await google.roots.current(anew=True), issuers, now)
    if heard.ends > now + LONGEST:
        raise NotGoogles("it holds for longer than it is remembered")
    return heard


async def forget_nonces(ctx: Context) -> None:
    """Those whose words are over."""
    await rows(_OLD, [ctx.clock() - LONGEST])
