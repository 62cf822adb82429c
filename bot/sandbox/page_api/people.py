"""The bot's profile, the people, their chats, blocking and clearing."""

from aiohttp import web

from bot.sandbox.box import Box
from bot.sandbox.chats import find_place, place_of
from bot.sandbox.content.reply_keyboards import current_keyboard, drop_keyboard
from bot.sandbox.content.text import Json
from bot.sandbox.messages import newest_messages, seen_by
from bot.sandbox.methods.commands import commands_for
from bot.sandbox.methods.me import text_for
from bot.sandbox.page_api.asking import (
    answer,
    body_of,
    box_of,
    maybe_words,
    path_number,
    whose,
    words,
)
from bot.sandbox.people import Person, add_person, all_people, groups_of
from bot.sandbox.speech import block, mark_read, unblock

SHOWN_MESSAGES = 200


async def bot(request: web.Request) -> web.Response:
    box = box_of(request)
    code = request.query.get("lang", "")
    return answer(
        {
            "id": box.bot_id,
            "username": box.bot["username"],
            "first_name": text_for(box, "name", code) or box.bot["first_name"],
            "description": text_for(box, "description", code),
            "short_description": text_for(box, "short_description", code),
            "commands": commands_for(box, code),
        }
    )


def _shown(box: Box, person: Person) -> Json:
    fields: Json = {
        **person.user,
        "phone_number": person.phone_number,
        "color": person.color,
        "started": person.started,
        "blocked": person.blocked,
        "unread": box.store.number(
            "SELECT count(*) FROM messages WHERE chat_id = ? AND message_id > ?"
            " AND sender_id = ? AND NOT hidden",
            person.id,
            person.last_read,
            box.bot_id,
        ),
    }
    return fields


async def people(request: web.Request) -> web.Response:
    box = box_of(request)
    return answer([_shown(box, person) for person in all_people(box)])


async def new_person(request: web.Request) -> web.Response:
    box = box_of(request)
    body = await body_of(request)
    person = add_person(
        box,
        words(body, "first_name").strip()[:64],
        maybe_words(body, "last_name"),
        maybe_words(body, "language_code") or "ru",
        maybe_words(body, "phone_number"),
    )
    return answer(_shown(box, person))


async def chats(request: web.Request) -> web.Response:
    box, person = whose(request)
    listed = []
    for chat_id in (person.id, *(group.id for group in groups_of(box, person.id))):
        place = find_place(box, chat_id)
        assert place is not None
        last = newest_messages(box, chat_id, 1)
        shown = {"last": seen_by(person.id, last[0].body)} if last else {}
        listed.append({"chat": place.chat, **shown})
    return answer(listed)


async def chat(request: web.Request) -> web.Response:
    box, person = whose(request)
    place = place_of(box, person, path_number(request, "chat"))
    if place.private:
        mark_read(box, person)
    keyboard, placeholder = current_keyboard(box, place.id, person.id)
    messages = newest_messages(box, place.id, SHOWN_MESSAGES)
    return answer(
        {
            "messages": [seen_by(person.id, kept.body) for kept in messages],
            "reply_keyboard": keyboard,
            "input_placeholder": placeholder,
            "blocked": person.blocked,
        }
    )


async def block_bot(request: web.Request) -> web.Response:
    box, person = whose(request)
    block(box, person)
    return answer({"blocked": True})


async def unblock_bot(request: web.Request) -> web.Response:
    box, person = whose(request)
    unblock(box, person)
    return answer({"blocked": False})


async def clear(request: web.Request) -> web.Response:
    """Clear the history at the person's side; the bot can still edit its messages."""
    box, person = whose(request)
    gone = newest_messages(box, person.id, 10**6)
    with box.store.write():
        box.store.run("UPDATE messages SET hidden = 1 WHERE chat_id = ?", person.id)
        drop_keyboard(box, person.id, person.id)
    for kept in gone:
        event = {"type": "deleted", "chat_id": person.id, "message_id": kept.id}
        box.hub.tell(person.id, event)
    return answer({"cleared": len(gone)})
