"""What this is, and the way to the bot."""

from aiohttp import web

from backend.web.keys import FINISHED
from backend.web.pages.render import page_text, reader_language

ROUTES = web.RouteTableDef()


@ROUTES.get("/")
async def home(request: web.Request) -> web.Response:
    async def make() -> str:
        return page_text(request, "home.html")

    key = (reader_language(request), "home")
    return await request.app[FINISHED].answer(request, key, make)
