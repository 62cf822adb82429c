"""Where a wallet takes a card, for whoever has chosen it."""

from aiohttp import web

from backend.platform.context import Context
from backend.wallets.address import file_address
from backend.wallets.face_of import face_of
from backend.wallets.give_pass import give_pass
from backend.wallets.phone_page import OnPage
from backend.web.keys import SETTINGS
from backend.web.wallet.opened import APPLE
from models.wallet_pass import WalletKind


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
    from backend.passes.google.loyalty_object import loyalty_object  # noqa: PLC0415
    from backend.passes.google.settings import google_passes  # noqa: PLC0415  not for everybody

    settings = request.app[SETTINGS]
    issuer = google_passes(settings).of_account(found.account)
    if issuer is None:
        return ""
    held = await give_pass(ctx, found.card, WalletKind.GOOGLE, issuer.id)
    face = await face_of(ctx, held, settings.base_url)
    return issuer.link(loyalty_object(issuer.id, face), ctx.clock()) or ""


_WAYS = {WalletKind.APPLE: _apple, WalletKind.GOOGLE: _google}
