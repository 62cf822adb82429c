"""The page that puts a card into the wallet of the phone on which it is opened.

Looking changes nothing: a pass is made when a wallet is chosen. On a computer the page shows its
own address as a QR. The address is its owner's alone, and opens nothing once the card is not
theirs to show.
"""

from aiohttp import web

from backend.pictures.qr_link import qr_svg
from backend.platform.context import Context
from backend.wallets.phone_page import OnPage, card_on_page
from backend.web.keys import CTX, SETTINGS
from backend.web.pages.render import page
from backend.web.wallet.ways import way_into
from models.wallet_pass import WalletKind

ROUTES = web.RouteTableDef()
_TOKEN = "{token:[0-9]{1,18}-[0-9a-f]{32}}"  # noqa: S105  a pattern
_OF_APPLE = ("iPhone", "iPad", "iPod")


@ROUTES.get(f"/w/{_TOKEN}")
async def look(request: web.Request) -> web.Response:
    return _shown(request, await _found(request))


@ROUTES.get(f"/w/{_TOKEN}.svg")
async def code(request: web.Request) -> web.Response:
    if await _found(request) is None:
        raise web.HTTPNotFound
    link = f"{request.app[SETTINGS].base_url}/w/{request.match_info['token']}"
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return web.Response(body=qr_svg(link), content_type="image/svg+xml", headers=headers)


@ROUTES.get(f"/w/{_TOKEN}/{{wallet:apple|google}}")
async def choose(request: web.Request) -> web.Response:
    """To where the wallet takes the card; a phone that has another one is shown the page, and so is
    everybody while the wallet is away."""
    found, wallet = await _found(request), WalletKind(request.match_info["wallet"])
    if found is None or wallet not in found.phones.offered or _other(request) is wallet:
        return _shown(request, found)
    way = await way_into(request, _ctx(request), found, wallet)
    if not way:
        return _shown(request, found, away=True)
    headers = {"Location": way, "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return web.Response(status=303, headers=headers)


def _ctx(request: web.Request) -> Context:
    return request.app[CTX]


async def _found(request: web.Request) -> OnPage | None:
    return await card_on_page(_ctx(request), request.match_info["token"])


def _other(request: web.Request) -> WalletKind | None:
    """The wallet that this phone does not have; None of a computer."""
    agent = request.headers.get("User-Agent", "")
    if any(name in agent for name in _OF_APPLE):
        return WalletKind.GOOGLE
    return WalletKind.APPLE if "Android" in agent else None


def _shown(request: web.Request, found: OnPage | None, *, away: bool = False) -> web.Response:
    other = _other(request)
    offered = [each for each in found.phones.offered if each is not other] if found else []
    shown = page(
        request,
        "phone.html",
        brand=found.brand if found else None,
        offered=offered,
        phone=other is not None,
        away=away,
        token=request.match_info["token"],
    )
    shown.set_status(404 if found is None else 503 if away else 200)
    shown.headers["Cache-Control"] = "no-store"
    shown.headers["X-Robots-Tag"] = "noindex"
    return shown
