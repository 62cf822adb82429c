"""What this is, and the way to the bot."""

from aiohttp import web

from backend.web.keys import SETTINGS
from backend.web.pages.render import page

ROUTES = web.RouteTableDef()


@ROUTES.get("/")
async def home(request: web.Request) -> web.Response:
    settings = request.app[SETTINGS]
    chat_page = f"http://{settings.sandbox_listen}/" if settings.sandboxed else ""
    return page(request, "home.html", chat_page=chat_page)
