"""The link behind the button of a letter: on into the bot, which shows what it is about."""

from aiohttp import web

from backend.messaging.action import START, ActionKind, parse_action
from backend.web.keys import BOT

ROUTES = web.RouteTableDef()


@ROUTES.get(r"/do/{slug:[a-z_]{1,32}(-\d{1,18})?}")
async def do(request: web.Request) -> web.Response:
    """404 for what is no action, or none that a link may do; 503 while the bot's name is not
    known."""
    action = parse_action(request.match_info["slug"])
    if action is None or action.kind is ActionKind.STOP_ADS:
        raise web.HTTPNotFound
    link = request.app[BOT].start(f"{START}{action.slug}")
    if not link:
        raise web.HTTPServiceUnavailable
    raise web.HTTPFound(link)
