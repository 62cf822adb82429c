"""The operator's privacy policy, and the controllers behind the cards."""

from aiohttp import web

from backend.platform.policy import read_policy
from backend.web.keys import FINISHED, SETTINGS
from backend.web.pages.render import page_text, reader_language
from catalog.scope import controllers

ROUTES = web.RouteTableDef()


@ROUTES.get("/privacy")
async def privacy(request: web.Request) -> web.Response:
    async def make() -> str:
        accounts = await controllers().order_by("legal_name_ru")
        policy = read_policy(request.app[SETTINGS])
        return page_text(request, "privacy.html", accounts=accounts, policy=policy)

    key = (reader_language(request), "privacy")
    return await request.app[FINISHED].answer(request, key, make)
