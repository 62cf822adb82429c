"""The webhook: Telegram gets its 200 when the update is committed, not before."""

import hmac

from aiohttp import web

from backend.platform.watch.log import get_log
from bot.intake.store import Inbox
from bot.intake.trouble import label
from bot.intake.update import Malformed, parse

log = get_log(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
LARGEST_BODY = 1024 * 1024


def webhook_app(inbox: Inbox, *, path: str, secret: str) -> web.Application:
    """Answers 401 without the secret, 413 beyond 1 MiB, 400 to what is no update, 503 when it
    cannot be stored (Telegram repeats it), else 200."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
            return web.Response(status=401)
        try:
            update = parse(await request.read())
        except Malformed as wrong:
            return web.Response(status=400, text=str(wrong))
        try:
            await inbox.store([update])
        except Exception as error:  # noqa: BLE001  Telegram keeps it and tries again
            log.error("an update could not be stored", error=label(error))
            return web.Response(status=503)
        return web.Response()

    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post(path, receive)
    return app
