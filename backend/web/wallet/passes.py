"""Cards to be added: one file, or several in one. The address is its owner's: it opens while the
card is theirs to show."""

from aiohttp import web

from backend.platform.context import SOMEBODY, Context
from backend.platform.door import WALLET
from backend.wallets.address import parse_address
from backend.wallets.apple.latest import handed, latest
from backend.wallets.give_pass import find_pass
from backend.wallets.token import opens
from backend.web.keys import CTX, REQUEST_ID, SETTINGS
from backend.web.wallet.drawn import answer_with, signed
from models.wallet_pass import WalletKind, WalletPass

MOST_TOGETHER = 10
_TYPE = "application/vnd.apple.pkpasses"


async def one(request: web.Request) -> web.Response:
    ctx = _acting(request)
    held = await _held(ctx, request.match_info["named"])
    answer = await answer_with(request, ctx, held)
    answer.headers["Content-Disposition"] = 'attachment; filename="card.pkpass"'
    return answer


async def several(request: web.Request) -> web.Response:
    """`?card=` for each."""
    ctx = _acting(request)
    named = list(dict.fromkeys(request.query.getall("card", [])))
    if not 0 < len(named) <= MOST_TOGETHER:
        raise web.HTTPNotFound
    found = [await latest(ctx, await _held(ctx, each), _base(request)) for each in named]
    files = [await signed(request.app, ctx, each) for each in found]
    whole = [each for each in files if each is not None]
    if len(whole) < len(found):
        raise web.HTTPServiceUnavailable
    from backend.passes.apple.maker import bundle  # noqa: PLC0415

    for each in found:
        await handed(each.held)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'attachment; filename="cards.pkpasses"',
    }
    return web.Response(body=bundle(whole), content_type=_TYPE, headers=headers)


def _acting(request: web.Request) -> Context:
    return request.app[CTX].acting(SOMEBODY, WALLET, request.get(REQUEST_ID, ""))


def _base(request: web.Request) -> str:
    return request.app[SETTINGS].base_url


async def _held(ctx: Context, named: str) -> WalletPass:
    """Refuses with 404 what is not there, not theirs, or void."""
    asked = parse_address(named)
    if asked is None or not opens(ctx.vault, *asked):
        raise web.HTTPNotFound
    held = await find_pass(asked[0])
    if held is None or held.wallet is not WalletKind.APPLE or held.voided_at is not None:
        raise web.HTTPNotFound
    return held


ROUTES = [
    web.get("/wallet/pass/{named:[0-9A-Za-z]{1,32}-[0-9a-f]{64}}.pkpass", one, allow_head=False),
    web.get("/wallet/passes.pkpasses", several, allow_head=False),
]
