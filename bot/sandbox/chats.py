"""A chat as either side addresses it: who reads it, and whether the bot may speak there."""

from dataclasses import dataclass

from bot.sandbox.box import Box
from bot.sandbox.content.text import Json
from bot.sandbox.errors import PageError, bad_request, forbidden
from bot.sandbox.people import Group, Person, find_group, find_person, find_username


@dataclass(frozen=True, slots=True)
class Place:
    """A private chat (`person`) or a group (`group`)."""

    id: int
    chat: Json
    readers: tuple[int, ...]
    person: Person | None = None
    group: Group | None = None

    @property
    def private(self) -> bool:
        return self.person is not None


def find_place(box: Box, chat_id: int) -> Place | None:
    if chat_id < 0:
        group = find_group(box, chat_id)
        return Place(group.id, group.chat, group.members, group=group) if group else None
    person = find_person(box, chat_id)
    return Place(person.id, person.chat, (person.id,), person=person) if person else None


def known_place(box: Box, chat_id: str | None) -> Place:
    """A chat that the bot has met; raises what Telegram answers for others."""
    if not chat_id:
        raise bad_request("chat_id is empty")
    place = _by_name(box, chat_id)
    if place is None:
        raise bad_request("chat not found")
    if place.group and not place.group.bot_present:
        raise forbidden("bot is not a member of the group chat")
    return place


def _by_name(box: Box, chat_id: str) -> Place | None:
    if chat_id.startswith("@"):
        person = find_username(box, chat_id[1:])
        return find_place(box, person.id) if person else None
    try:
        return find_place(box, int(chat_id))
    except ValueError:
        return None


def writable_place(box: Box, chat_id: str | None) -> Place:
    """A chat that the bot may send to."""
    place = known_place(box, chat_id)
    if place.person and place.person.blocked:
        raise forbidden("bot was blocked by the user")
    if place.person and not place.person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return place


def place_of(box: Box, person: Person, chat_id: int | None) -> Place:
    """The chat that a person at the page means; 404 when they are not in it."""
    place = find_place(box, chat_id if chat_id is not None else person.id)
    if place is None or person.id not in place.readers:
        raise PageError(404, "no such chat")
    return place
