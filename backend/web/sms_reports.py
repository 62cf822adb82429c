"""Where the SMS gateway calls when a message has arrived, or will not."""

from urllib.parse import parse_qsl

from aiohttp import web

from backend.cascades.door import PATH, is_report_token
from backend.cascades.report import Word, take_reports
from backend.messaging.reports import NotTheirs
from backend.messaging.sms.reports import sms_reports
from backend.platform.context import SOMEBODY
from backend.platform.door import HOOKS
from backend.web.keys import CTX, REQUEST_ID, SETTINGS
from backend.web.unpacked import unpacked
from models.channel import ChannelName

LARGEST = 64 * 1024
MOST_FIELDS = 300


async def called(request: web.Request) -> web.Response:
    ctx = request.app[CTX].acting(SOMEBODY, HOOKS, request.get(REQUEST_ID, ""))
    gateway = sms_reports(request.app[SETTINGS])
    if gateway is None or not is_report_token(ctx.vault, request.match_info["token"]):
        raise web.HTTPNotFound
    given = [*request.query.items(), *await _form(request)]
    try:
        told = gateway.heard(given)
    except NotTheirs:
        raise web.HTTPForbidden from None
    await take_reports(ctx, ChannelName.SMS.value, [Word(report) for report in told])
    return web.Response(text=gateway.answer, headers={"Cache-Control": "no-store"})


async def _form(request: web.Request) -> list[tuple[str, str]]:
    """Bounded; the application's own bound holds for parts."""
    if request.content_type == "multipart/form-data":
        parts = await request.post()
        return [(name, value) for name, value in parts.items() if isinstance(value, str)]
    held = bytearray()
    async for chunk in unpacked(request):
        held += chunk
        if len(held) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(held))
    try:
        text = held.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise web.HTTPUnprocessableEntity from None


_ADDRESS = PATH + "{token:[0-9a-f]{1,100}}"
ROUTES = [web.post(_ADDRESS, called), web.get(_ADDRESS, called)]
