"""The HTTP application."""

from pathlib import Path

from aiohttp import web

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.keys import CTX, PAGES, SETTINGS, WORDS
from backend.web.middlewares import account_for, explain_errors, harden, limit_rate
from backend.web.pages import confirm_email, health, home, offers, privacy, withdraw
from backend.web.pages.render import page_environment, page_words
from backend.web.rate_limit import RateLimit

BODY_BYTES = 1024 * 1024
STATIC = Path(__file__).parent / "static"


def make_app(settings: Settings, ctx: Context, limit: RateLimit | None = None) -> web.Application:
    """Everything Karman serves over HTTP."""
    app = web.Application(
        middlewares=[account_for, limit_rate(limit or RateLimit()), explain_errors],
        client_max_size=BODY_BYTES,
    )
    app[SETTINGS] = settings
    app[CTX] = ctx
    app[PAGES] = page_environment()
    app[WORDS] = page_words()
    app.on_response_prepare.append(harden)
    for page in (home, privacy, offers, confirm_email, withdraw, health):
        app.add_routes(page.ROUTES)
    app.router.add_static("/static/", STATIC, append_version=False)
    return app
