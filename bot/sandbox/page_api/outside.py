"""E-mails and SMS that would have left for the world: shown on the page instead."""

from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.box import Box
from bot.sandbox.content.text import Json
from bot.sandbox.page_api.asking import answer, body_of, box_of, maybe_words, words
from bot.sandbox.people import all_people, find_phone
from bot.sandbox.store import dump

_SHOWN = 200


def keep(box: Box, kind: str, item: Json) -> Json:
    item = {"date": box.now, **item}
    number = box.store.insert("INSERT INTO outside (kind, body) VALUES (?, ?)", kind, dump(item))
    return {"id": number, **item}


async def mail(request: web.Request) -> web.Response:
    box = box_of(request)
    body = await body_of(request)
    headers = body.get("headers")
    item: Json = {
        "to": words(body, "to"),
        "subject": maybe_words(body, "subject") or "",
        "text": maybe_words(body, "text") or "",
    }
    if body.get("html"):
        item["html"] = words(body, "html")
    if isinstance(headers, dict):
        item["headers"] = {str(name): str(value) for name, value in headers.items()}
    item = keep(box, "mail", item)
    everyone = [person.id for person in all_people(box)]
    box.hub.tell_all(everyone, {"type": "mail", "item": item})
    return answer(item)


async def sms(request: web.Request) -> web.Response:
    """Shown to whom the number belongs; to everybody when it is nobody's."""
    box = box_of(request)
    body = await body_of(request)
    item = keep(box, "sms", {"to": words(body, "to"), "text": words(body, "text")})
    owner = find_phone(box, item["to"])
    readers = [owner.id] if owner else [person.id for person in all_people(box)]
    box.hub.tell_all(readers, {"type": "sms", "item": item})
    return answer(item)


async def outside(request: web.Request) -> web.Response:
    box = box_of(request)
    return answer({kind: newest(box, kind) for kind in ("mail", "sms")})


def newest(box: Box, kind: str) -> list[Any]:
    rows = box.store.rows(
        "SELECT * FROM outside WHERE kind = ? ORDER BY id DESC LIMIT ?", kind, _SHOWN
    )
    return [{"id": row["id"], **orjson.loads(row["body"])} for row in rows]
