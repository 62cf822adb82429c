"""Reading what the page sent, and answering it."""

import contextlib
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.bot_api import json_answer
from bot.sandbox.box import Box
from bot.sandbox.content.text import Json
from bot.sandbox.errors import PageError
from bot.sandbox.people import Person, get_person

BOX = web.AppKey("box", Box)


def box_of(request: web.Request) -> Box:
    return request.app[BOX]


def whose(request: web.Request) -> tuple[Box, Person]:
    """The box and the person named in the path."""
    box = box_of(request)
    return box, get_person(box, path_number(request, "person"))


def path_number(request: web.Request, name: str) -> int:
    with contextlib.suppress(ValueError):
        return int(request.match_info[name])
    raise PageError(404, f"{name} must be a number")


async def body_of(request: web.Request) -> Json:
    """The JSON object of the request; an empty body is an empty object."""
    raw = await request.read()
    try:
        body = orjson.loads(raw or b"{}")
    except orjson.JSONDecodeError:
        raise PageError(400, "the body must be JSON") from None
    if not isinstance(body, dict):
        raise PageError(400, "the body must be a JSON object")
    return body


def words(body: Json, name: str) -> str:
    """A text that must be there."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise PageError(400, f"{name} must be a text")
    return value


def maybe_words(body: Json, name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise PageError(400, f"{name} must be a text")
    return value or None


def number(body: Json, name: str) -> int:
    value = maybe_number(body, name)
    if value is None:
        raise PageError(400, f"{name} must be a whole number")
    return value


def maybe_number(body: Json, name: str) -> int | None:
    value: Any = body.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PageError(400, f"{name} must be a whole number")
    return value


def answer(value: Any, status: int = 200) -> web.Response:
    return json_answer(status, value)
