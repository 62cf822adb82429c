"""Where a wallet takes a card, for whoever has chosen it."""

from aiohttp import web

from backend.platform.context import Context
from backend.platform.failures import Failure
from backend.platform.watch.log import get_log
from backend.wallets.address import file_address
from backend.wallets.give_pass import give_pass
from backend.wallets.phone_page import OnPage
from backend.web.keys import SETTINGS
from backend.web.wallet.google import CLASSES, GOOGLE
from backend.web.wallet.opened import APPLE
from models.wallet_pass import WalletKind

log = get_log(__name__)


async def way_into(request: web.Request, ctx: Context, found: OnPage, wallet: WalletKind) -> str:
    """ "" while there is none: what signs it is over, or the wallet wants to hear of it first."""
    return await _WAYS[wallet](request, ctx, found)


async def _apple(request: web.Request, ctx: Context, found: OnPage) -> str:
    passes = request.app[APPLE]
    signs = passes.of_account(found.account, ctx.clock()) if passes is not None else None
    if signs is None:
        return ""
    held = await give_pass(ctx, found.card, WalletKind.APPLE, signs.type)
    return file_address(ctx.vault, request.app[SETTINGS].base_url, held.serial)


async def _google(request: web.Request, ctx: Context, found: OnPage) -> str:
    if GOOGLE not in request.app:
        return ""
    from backend.wallets.google.link import google_link  # noqa: PLC0415  not for everybody

    google, classes = request.app[GOOGLE], request.app[CLASSES]
    issuer = google.passes.of_account(found.account)
    if issuer is None:
        return ""
    held = await give_pass(ctx, found.card, WalletKind.GOOGLE, issuer.id)
    try:
        return await google_link(ctx, google, classes, held, request.app[SETTINGS].base_url)
    except Failure as failure:
        log.warning("no way into Google Wallet", issuer=issuer.id, reason=failure.reason)
        return ""


_WAYS = {WalletKind.APPLE: _apple, WalletKind.GOOGLE: _google}
