"""Where Google tells that a card was saved or removed."""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from aiohttp import web

from backend.platform.context import SOMEBODY
from backend.platform.door import WALLET
from backend.platform.failures import TryLater
from backend.platform.settings import Settings
from backend.web.keys import CTX, REQUEST_ID
from backend.web.unpacked import unpacked

if TYPE_CHECKING:
    from backend.passes.google.settings import Google
    from backend.wallets.google.classes import GoogleClasses

GOOGLE: web.AppKey["Google"] = web.AppKey("google")
CLASSES: web.AppKey["GoogleClasses"] = web.AppKey("google_classes")
LARGEST = 16 * 1024


async def called(request: web.Request) -> web.Response:
    if GOOGLE not in request.app:
        raise web.HTTPNotFound
    from backend.passes.google.callback import NotGoogles  # noqa: PLC0415
    from backend.wallets.google.heard import take_callback  # noqa: PLC0415

    ctx = request.app[CTX].acting(SOMEBODY, WALLET, request.get(REQUEST_ID, ""))
    try:
        await take_callback(ctx, request.app[GOOGLE], await _body(request))
    except NotGoogles:
        raise web.HTTPForbidden from None
    except TryLater:
        raise web.HTTPServiceUnavailable from None
    return web.Response(headers={"Cache-Control": "no-store"})


async def _body(request: web.Request) -> bytes:
    held = bytearray()
    async for chunk in unpacked(request):
        held += chunk
        if len(held) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(held))
    return bytes(held)


def asks_google(settings: Settings) -> Callable[[web.Application], AsyncIterator[None]]:
    """Opened with the application, where it is set up: what it needs is otherwise not read into
    memory either. Raises SettingsRefused."""
    if settings.has_google_wallet:
        from backend.passes.google.settings import google_passes  # noqa: PLC0415

        google_passes(settings)

    async def opened(app: web.Application) -> AsyncIterator[None]:
        if not settings.has_google_wallet:
            yield
            return
        from backend.passes.google.settings import open_google  # noqa: PLC0415
        from backend.wallets.google.classes import GoogleClasses  # noqa: PLC0415

        async with open_google(settings, app[CTX].clock) as google:
            app[GOOGLE], app[CLASSES] = google, GoogleClasses(google.passes.callback)
            yield

    return opened


ROUTES = [web.post("/wallet/google/callback", called)]
