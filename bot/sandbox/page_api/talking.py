"""Sending, starting, editing, forwarding, sharing a contact or a place."""

from aiohttp import web

from bot.sandbox.box import Box
from bot.sandbox.chats import Place, find_place, place_of
from bot.sandbox.content.text import Json
from bot.sandbox.errors import ApiError, PageError
from bot.sandbox.messages import change_message, find_message, seen_by, without_reply
from bot.sandbox.methods.copies import content_of, origin
from bot.sandbox.methods.places import check_point
from bot.sandbox.page_api.asking import (
    answer,
    body_of,
    maybe_number,
    maybe_words,
    number,
    whose,
    words,
)
from bot.sandbox.people import Person, find_phone
from bot.sandbox.speech import heard, say, start, written


def _own(box: Box, person: Person) -> Place:
    place = find_place(box, person.id)
    assert place is not None
    return place


async def send(request: web.Request) -> web.Response:
    box, person = whose(request)
    body = await body_of(request)
    place = place_of(box, person, maybe_number(body, "chat_id"))
    content = written(words(body, "text")).as_text()
    reply_to = maybe_number(body, "reply_to_message_id")
    if reply_to is not None:
        found = find_message(box, place.id, reply_to)
        if found is None:
            raise PageError(404, "no message to reply to")
        content["reply_to_message"] = without_reply(found.body)
    return answer(seen_by(person.id, say(box, person, place, content)))


async def press_start(request: web.Request) -> web.Response:
    box, person = whose(request)
    payload = maybe_words(await body_of(request), "payload")
    return answer(seen_by(person.id, start(box, person, _own(box, person), payload)))


async def edit(request: web.Request) -> web.Response:
    box, person = whose(request)
    body = await body_of(request)
    place = place_of(box, person, maybe_number(body, "chat_id"))
    found = find_message(box, place.id, number(body, "message_id"))
    if found is None or found.sender_id != person.id or "text" not in found.body:
        raise PageError(404, "no text of yours with that number")
    kept = {k: v for k, v in found.body.items() if k not in {"text", "entities"}}
    changed = kept | written(words(body, "text")).as_text() | {"edit_date": box.now}
    with box.store.write():
        message = change_message(box, found, changed)
        if heard(box, place, message):
            box.updates.add("edited_message", message)
    return answer(seen_by(person.id, message))


async def forward(request: web.Request) -> web.Response:
    """Forward a message of this chat to the bot."""
    box, person = whose(request)
    body = await body_of(request)
    source = place_of(box, person, maybe_number(body, "chat_id"))
    found = find_message(box, source.id, number(body, "message_id"))
    if found is None or not content_of(found.body):
        raise PageError(404, "no message to forward")
    if found.body.get("has_protected_content"):
        raise PageError(409, "the message is protected from forwarding")
    content = content_of(found.body) | {"forward_origin": origin(box, found)}
    return answer(seen_by(person.id, say(box, person, _own(box, person), content)))


async def contact(request: web.Request) -> web.Response:
    """The person's own number, or a card of somebody else, perhaps forwarded."""
    box, person = whose(request)
    body = await body_of(request)
    if body.get("own") is True:
        content = _card(person)
    else:
        phone, name = words(body, "phone_number"), words(body, "first_name")
        content = _card_of(box, phone, name)
        if body.get("forwarded") is True:
            content["forward_origin"] = {
                "type": "hidden_user", "sender_user_name": name, "date": box.now,
            }  # fmt: skip
    return answer(seen_by(person.id, say(box, person, _own(box, person), content)))


def _card(person: Person) -> Json:
    """Many clients leave the plus sign out, so this one does."""
    names = {"first_name": person.first_name}
    if person.last_name:
        names["last_name"] = person.last_name
    phone = person.phone_number.removeprefix("+")
    return {"contact": {"phone_number": phone, **names, "user_id": person.id}}


def _card_of(box: Box, phone: str, name: str) -> Json:
    owner = find_phone(box, phone)
    known = {"user_id": owner.id} if owner else {}
    return {"contact": {"phone_number": phone, "first_name": name, **known}}


async def location(request: web.Request) -> web.Response:
    box, person = whose(request)
    body = await body_of(request)
    try:
        point = check_point(float(body["latitude"]), float(body["longitude"]))
    except (KeyError, TypeError, ValueError, ApiError):
        raise PageError(400, "latitude and longitude must be degrees") from None
    content = {"location": point}
    return answer(seen_by(person.id, say(box, person, _own(box, person), content)))
