"""The operator's privacy policy, and the controllers behind the cards."""

from aiohttp import web

from backend.platform.policy import read_policy
from backend.web.keys import SETTINGS
from backend.web.pages.render import page
from models.account import Account

ROUTES = web.RouteTableDef()


@ROUTES.get("/privacy")
async def privacy(request: web.Request) -> web.Response:
    accounts = await Account.all().order_by("legal_name_ru")
    policy = read_policy(request.app[SETTINGS])
    return page(request, "privacy.html", accounts=accounts, policy=policy)
