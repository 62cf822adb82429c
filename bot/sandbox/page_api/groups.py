"""New groups with the bot in them."""

from aiohttp import web

from bot.sandbox.chats import find_place
from bot.sandbox.errors import PageError
from bot.sandbox.membership import tell_membership
from bot.sandbox.messages import add_message
from bot.sandbox.page_api.asking import answer, body_of, box_of, words
from bot.sandbox.people import add_group, find_person


async def new_group(request: web.Request) -> web.Response:
    """The first member makes the group and adds the bot."""
    box = box_of(request)
    body = await body_of(request)
    title, members = words(body, "title").strip()[:128], body.get("members")
    if not isinstance(members, list) or not members:
        raise PageError(400, "members must be a list of people's ids")
    people = [find_person(box, number) for number in members if isinstance(number, int)]
    found = [person for person in people if person]
    if len(found) != len(members):
        raise PageError(404, "no such person")
    with box.store.write():
        group = add_group(box, title, [person.id for person in found])
        place = find_place(box, group.id)
        assert place is not None
        tell_membership(box, place.chat, found[0].user, "left", "member")
        added = {"new_chat_members": [box.bot_user]}
        message = add_message(box, place, found[0].user, added)
        box.updates.add("message", message)
    return answer(place.chat)
