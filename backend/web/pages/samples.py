"""The link by which an account invites to see its messages before others do: on into the bot."""

from aiohttp import web

from backend.customers.choices.samples import TOKEN, invites_of
from backend.web.keys import BOT, CTX
from models.refusal import Refusal

ROUTES = web.RouteTableDef()
# Before the token, in the payload of a start link of the bot.
START = "t"


@ROUTES.get(f"/t/{{token:{TOKEN.pattern}}}")
async def invited(request: web.Request) -> web.Response:
    """404 for an invitation that has ended, and for what is none; 503 while the bot's name is not
    known."""
    token = request.match_info["token"]
    try:
        invites_of(request.app[CTX], token)
    except Refusal:
        raise web.HTTPNotFound from None
    link = request.app[BOT].start(f"{START}{token}")
    if not link:
        raise web.HTTPServiceUnavailable
    raise web.HTTPFound(link)
