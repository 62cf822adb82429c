"""Taps on inline buttons, inline queries and the choice of a result."""

import asyncio
import secrets

import orjson
from aiohttp import web

from bot.sandbox.box import Box
from bot.sandbox.chats import Place, place_of
from bot.sandbox.content.inline_results import become_message
from bot.sandbox.content.text import Json
from bot.sandbox.errors import PageError
from bot.sandbox.messages import StoredMessage, find_inline_message, find_message, seen_by
from bot.sandbox.page_api.asking import (
    answer,
    body_of,
    maybe_number,
    maybe_words,
    number,
    whose,
    words,
)
from bot.sandbox.people import Person
from bot.sandbox.speech import say


def _new_id() -> str:
    """Query ids are numbers too large for a float, as Telegram's are."""
    return str(secrets.randbelow(9 * 10**18) + 10**18)


def _tapped(box: Box, person: Person, body: Json) -> StoredMessage:
    inline_id = maybe_words(body, "inline_message_id")
    if inline_id:
        found = find_inline_message(box, inline_id)
        if found is not None:
            place_of(box, person, found.chat_id)
    else:
        place = place_of(box, person, maybe_number(body, "chat_id"))
        found = find_message(box, place.id, number(body, "message_id"))
    if found is None:
        raise PageError(404, "the message is gone")
    return found


async def tap(request: web.Request) -> web.Response:
    box, person = whose(request)
    body = await body_of(request)
    found, data = _tapped(box, person, body), words(body, "data")
    rows = found.body.get("reply_markup", {}).get("inline_keyboard", [])
    if not any(button.get("callback_data") == data for row in rows for button in row):
        raise PageError(409, "the message has no such button any more")
    if person.blocked and found.chat_id == person.id:
        raise PageError(409, "the bot is blocked: unblock it first")
    query: Json = {
        "id": _new_id(),
        "from": person.user,
        "chat_instance": str(10**17 + abs(found.chat_id)),
        "data": data,
    }
    if found.inline_message_id:
        query["inline_message_id"] = found.inline_message_id
    else:
        query["message"] = found.body
    with box.store.write():
        box.store.run(
            "INSERT INTO callback_queries (id, person_id, date) VALUES (?, ?, ?)",
            query["id"],
            person.id,
            box.clock(),
        )
        box.updates.add("callback_query", query)
    return answer({"callback_query_id": query["id"]})


async def inline(request: web.Request) -> web.Response:
    """Ask the bot, or the cache of what it answered before."""
    box, person = whose(request)
    body = await body_of(request)
    query = maybe_words(body, "query") or ""
    if len(query) > 256:
        raise PageError(400, "an inline query has at most 256 characters")
    offset = maybe_words(body, "offset") or ""
    cached = _cached(box, person, query, offset)
    if cached:
        return answer(cached)
    update: Json = {
        "id": _new_id(), "from": person.user, "query": query, "offset": offset,
        "chat_type": "sender",
    }  # fmt: skip
    if isinstance(body.get("location"), dict):
        update["location"] = body["location"]
    return answer(await _asked(box, person, update))


async def _asked(box: Box, person: Person, update: Json) -> Json:
    """What the bot answers to the inline query that `update` carries."""
    query_id = update["id"]
    waiting = box.inline_waits[query_id] = asyncio.get_running_loop().create_future()
    with box.store.write():
        box.store.run(
            'INSERT INTO inline_queries (id, person_id, query, "offset", date)'
            " VALUES (?, ?, ?, ?, ?)",
            query_id,
            person.id,
            update["query"],
            update["offset"],
            box.clock(),
        )
        box.updates.add("inline_query", update)
    try:
        async with asyncio.timeout(box.limits.inline_seconds):
            found = await waiting
    except TimeoutError:
        raise PageError(504, "the bot did not answer the inline query") from None
    finally:
        del box.inline_waits[query_id]
    return {"inline_query_id": query_id, **found}


def _cached(box: Box, person: Person, query: str, offset: str) -> Json | None:
    row = box.store.row(
        'SELECT * FROM inline_queries WHERE query = ? AND "offset" = ? AND cached_until > ?'
        " AND (NOT personal OR person_id = ?) ORDER BY date DESC LIMIT 1",
        query,
        offset,
        box.clock(),
        person.id,
    )
    return {"inline_query_id": row["id"], **orjson.loads(row["answer"])} if row else None


async def choose(request: web.Request) -> web.Response:
    """Send a result to a chat; the bot hears which one was chosen."""
    box, person = whose(request)
    body = await body_of(request)
    row = box.store.row("SELECT * FROM inline_queries WHERE id = ?", words(body, "inline_query_id"))
    results = orjson.loads(row["answer"])["results"] if row and row["answer"] else []
    result_id = words(body, "result_id")
    result = next((found for found in results if found["id"] == result_id), None)
    if row is None or result is None:
        raise PageError(404, "no such result")
    place = place_of(box, person, maybe_number(body, "chat_id"))
    message = _send_result(box, person, place, result, row["query"])
    return answer(seen_by(person.id, message))


def _send_result(box: Box, person: Person, place: Place, result: Json, query: str) -> Json:
    content = become_message(box, result) | {"via_bot": box.bot_user}
    inline_id = f"AAAA{secrets.token_urlsafe(18)}" if "reply_markup" in content else None
    chosen: Json = {"result_id": result["id"], "from": person.user, "query": query}
    with box.store.write():
        message = say(box, person, place, content, inline_message_id=inline_id)
        if inline_id:
            chosen["inline_message_id"] = inline_id
        box.updates.add("chosen_inline_result", chosen)
    return message
