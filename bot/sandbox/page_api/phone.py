"""An address of this machine, opened on the phone beside the chat: a card for its wallet is shown,
front and back; everything else is the browser's."""

from aiohttp import web

from bot.sandbox.errors import PageError
from bot.sandbox.phone.asked import is_here, pass_at
from bot.sandbox.phone.drawn import back, front
from bot.sandbox.phone.opened import open_pass

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/static/css/phone.css"></head>
<body><main><h1>{title}</h1><section class="front">{front}</section>
<section class="back">{back}</section></main></body></html>
"""
_TITLES = {"ru": "Карта в телефоне", "en": "The card in the phone"}


async def phone(request: web.Request) -> web.Response:
    link = request.query.get("link", "")
    if not is_here(link):
        raise PageError(400, "expected an address of this machine")
    language = "en" if request.query.get("lang") == "en" else "ru"
    content = await pass_at(link, language)
    if content is None:
        return web.Response(status=302, headers={"Location": link})
    card = open_pass(content, language)
    shown = _PAGE.format(
        language=language, title=_TITLES[language], front=front(card), back=back(card)
    )
    return web.Response(text=shown, content_type="text/html", headers={"Cache-Control": "no-store"})
