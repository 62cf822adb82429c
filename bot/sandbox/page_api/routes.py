"""The addresses of the page API, and the page itself."""

from pathlib import Path

from aiohttp import web

from bot.sandbox.page_api import (
    events,
    files,
    groups,
    outside,
    partner,
    people,
    phone,
    talking,
    taps,
)

# Where the partner is told.
WEBHOOKS = "/sandbox/partner/told"
PAGE = Path(__file__).parent.parent / "page"


async def index(_request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


def add_routes(router: web.UrlDispatcher) -> None:
    one = "/sandbox/people/{person}"
    router.add_get("/", index)
    router.add_get("/phone", phone.phone)
    router.add_static("/static/", PAGE, append_version=False)
    router.add_get("/sandbox/bot", people.bot)
    router.add_get("/sandbox/people", people.people)
    router.add_post("/sandbox/people", people.new_person)
    router.add_get(f"{one}/chats", people.chats)
    router.add_get(one + "/chats/{chat}", people.chat)
    router.add_get(f"{one}/events", events.events)
    router.add_post(f"{one}/send", talking.send)
    router.add_post(f"{one}/start", talking.press_start)
    router.add_post(f"{one}/edit", talking.edit)
    router.add_post(f"{one}/forward", talking.forward)
    router.add_post(f"{one}/contact", talking.contact)
    router.add_post(f"{one}/location", talking.location)
    router.add_post(f"{one}/upload", files.upload)
    router.add_post(f"{one}/tap", taps.tap)
    router.add_post(f"{one}/inline", taps.inline)
    router.add_post(f"{one}/choose", taps.choose)
    router.add_post(f"{one}/block", people.block_bot)
    router.add_post(f"{one}/unblock", people.unblock_bot)
    router.add_post(f"{one}/clear", people.clear)
    router.add_post("/sandbox/groups", groups.new_group)
    router.add_get("/sandbox/files/{file_id}", files.download)
    _add_outside(router)


def _add_outside(router: web.UrlDispatcher) -> None:
    """The world beside the chats."""
    router.add_post("/sandbox/outside/mail", outside.mail)
    router.add_post("/sandbox/outside/sms", outside.sms)
    router.add_get("/sandbox/outside", outside.outside)
    router.add_get("/sandbox/partner", partner.partner)
    router.add_post("/sandbox/partner/ask", partner.ask)
    router.add_get("/sandbox/partner/webhooks", partner.webhooks)
    router.add_post(WEBHOOKS, partner.webhook)
