"""What a person says in a chat: kept, shown, and told to the bot when it may hear it."""

import re
from dataclasses import replace

from bot.sandbox.box import Box
from bot.sandbox.chats import Place
from bot.sandbox.content.reply_keyboards import after_speaking
from bot.sandbox.content.text import TEXT_LIMIT, Formatted, Json, find_entities, utf16_length
from bot.sandbox.errors import PageError
from bot.sandbox.membership import tell_membership
from bot.sandbox.messages import add_message
from bot.sandbox.people import Person

START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def written(text: str) -> Formatted:
    """A text as typed, with the entities that Telegram finds by itself."""
    clean = text.strip()
    if not clean:
        raise PageError(400, "the text is empty")
    if utf16_length(clean) > TEXT_LIMIT:
        raise PageError(400, f"the text is longer than {TEXT_LIMIT} characters")
    return Formatted(clean, find_entities(clean))


def say(
    box: Box,
    person: Person,
    place: Place,
    content: Json,
    *,
    inline_message_id: str | None = None,
) -> Json:
    """Keep the message and queue the update; returns the Message. 409 when the bot is blocked."""
    if place.person and person.blocked:
        raise PageError(409, "the bot is blocked: unblock it first")
    with box.store.write():
        if place.person and not person.started:
            box.store.run("UPDATE people SET started = 1 WHERE id = ?", person.id)
        message = add_message(box, place, person.user, content, inline_message_id=inline_message_id)
        if place.private:
            mark_read(box, person)
        after_speaking(box, place.id, person.id)
        if heard(box, place, message):
            box.updates.add("message", message)
    return message


def mark_read(box: Box, person: Person) -> None:
    """Everything in the private chat up to now has been seen."""
    box.store.run(
        "UPDATE people SET last_read = (SELECT coalesce(max(message_id), 0) FROM messages"
        " WHERE chat_id = ?) WHERE id = ?",
        person.id,
        person.id,
    )


def heard(box: Box, place: Place, message: Json) -> bool:
    """Privacy mode: in a group the bot hears commands, replies, mentions and service notes."""
    if place.group is None:
        return True
    if not place.group.bot_present:
        return False
    text = str(message.get("text") or message.get("caption") or "")
    name = str(box.bot["username"]).lower()
    reply = message.get("reply_to_message") or {}
    command = re.match(r"/[A-Za-z0-9_]+(?:@(\w+))?(?!\w)", text)
    if command and (command.group(1) or name).lower() == name:
        return True
    return (
        reply.get("from", {}).get("id") == box.bot_id
        or re.search(rf"@{re.escape(name)}\b", text.lower()) is not None
        or message.get("via_bot", {}).get("id") == box.bot_id
    )


def start(box: Box, person: Person, place: Place, payload: str | None) -> Json:
    """The Start button or a deep link; also takes a blocked bot back."""
    if payload and not START_PAYLOAD.fullmatch(payload):
        raise PageError(400, "a start payload is 1-64 characters of A-Z a-z 0-9 _ -")
    with box.store.write():
        unblock(box, person)
        fresh = replace(person, blocked=False)
        content = written(f"/start {payload}" if payload else "/start").as_text()
        return say(box, fresh, place, content)


def block(box: Box, person: Person) -> None:
    if not person.blocked:
        _set_blocked(box, person, blocked=True)


def unblock(box: Box, person: Person) -> None:
    if person.blocked:
        _set_blocked(box, person, blocked=False)


def _set_blocked(box: Box, person: Person, *, blocked: bool) -> None:
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    with box.store.write():
        box.store.run("UPDATE people SET blocked = ? WHERE id = ?", int(blocked), person.id)
        tell_membership(box, person.chat, person.user, old, new)
    box.hub.tell(person.id, {"type": "blocked", "blocked": blocked})
