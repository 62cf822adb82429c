"""The HTTP application."""

from typing import TYPE_CHECKING

from aiohttp import web

from backend.platform.context import SOMEBODY, Context
from backend.platform.door import PAGE
from backend.platform.settings import Settings
from backend.platform.world.in_front import parse_networks
from backend.web import hooks, sms_reports, static_files
from backend.web.bot_link import BotLink
from backend.web.client_address import client_of
from backend.web.compat_api import CompatApi, add_compat_api
from backend.web.keys import BOT, CTX, FINISHED, PAGES, SETTINGS, STATIC, WORDS
from backend.web.middlewares import account_for, explain_errors, harden, limit_rate
from backend.web.onec import door as onec
from backend.web.pages import (
    assigned,
    confirm_email,
    do,
    health,
    home,
    link,
    media,
    offer,
    offers,
    phone,
    privacy,
    samples,
    withdraw,
)
from backend.web.pages.finished import FinishedPages
from backend.web.pages.render import page_environment, page_words
from backend.web.partner_api import PartnerApi, add_partner_api
from backend.web.rate_limit import RateLimit
from backend.web.wallet import apple, google, passes
from backend.web.wallet.opened import APPLE, open_apple

if TYPE_CHECKING:
    from backend.web.api.limits import Limits

BODY_BYTES = 1024 * 1024
_DOORS = (
    home, privacy, offers, offer, media, link, do, samples, assigned, confirm_email, withdraw,
    health, static_files, onec, hooks, sms_reports,
    apple, google, passes, phone,
)  # fmt: skip


def make_app(
    settings: Settings,
    ctx: Context,
    limit: RateLimit | None = None,
    *,
    bot: BotLink | None = None,
    limits: "Limits | None" = None,
) -> web.Application:
    """Everything Karman serves over HTTP. `limit` counts addresses, `limits` counts keys."""
    limit = limit or RateLimit()
    client = client_of(parse_networks(settings.trusted_proxies))
    app = web.Application(
        middlewares=[account_for(), limit_rate(limit, client), explain_errors],
        client_max_size=BODY_BYTES,
    )
    app[SETTINGS] = settings
    app[CTX] = ctx.acting(SOMEBODY, PAGE)
    app[STATIC] = static_files.read_static()
    app[PAGES] = page_environment(app[STATIC])
    app[WORDS] = page_words()
    app[BOT] = bot or BotLink()
    app[FINISHED] = FinishedPages()
    _open_wallets(app, settings)
    app.on_response_prepare.append(harden)
    for door in _DOORS:
        app.add_routes(door.ROUTES)
    add_partner_api(app, PartnerApi(settings, ctx, limit, limits))
    add_compat_api(app, CompatApi(settings, ctx, limit, limits))
    return app


def _open_wallets(app: web.Application, settings: Settings) -> None:
    app[APPLE] = open_apple(settings)
    app[apple.COMPLAINTS] = RateLimit(per_second=1.0, burst=10)
    app.cleanup_ctx.append(google.asks_google(settings))
