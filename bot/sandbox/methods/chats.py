"""getChat, getChatMember, pins, reactions, invite links, leaveChat."""

import secrets
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import Place, known_place
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import tell_membership
from bot.sandbox.messages import StoredMessage, add_message, find_message, without_reply
from bot.sandbox.people import find_person
from bot.sandbox.store import dump

_REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)
_GIFTS = {
    "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False,
    "premium_subscription": False, "gifts_from_channels": False,
}  # fmt: skip


async def get_chat(box: Box, params: Params) -> Any:
    place = known_place(box, params.text("chat_id"))
    if place.person and not place.person.started:
        raise bad_request("chat not found")
    full = place.chat | {
        "accent_color_id": abs(place.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }
    if place.person and place.person.username:
        full["active_usernames"] = [place.person.username]
    pinned = box.store.number("SELECT max(message_id) FROM pins WHERE chat_id = ?", place.id)
    found = find_message(box, place.id, pinned) if pinned else None
    if found:
        full["pinned_message"] = without_reply(found.body)
    link = box.store.get(f"invite {place.id}")
    return full | ({"invite_link": link} if link else {})


async def get_chat_member(box: Box, params: Params) -> Any:
    place = known_place(box, params.text("chat_id"))
    user_id = params.required_integer("user_id")
    if user_id == box.bot_id:
        return {"user": box.bot_user, "status": "member"}
    person = find_person(box, user_id)
    if person is None:
        raise bad_request("user not found")
    if user_id not in place.readers:
        return {"user": person.user, "status": "left"}
    return {"user": person.user, "status": "member"}


def _message(box: Box, place: Place, params: Params, name: str) -> StoredMessage:
    found = find_message(box, place.id, params.required_integer("message_id"))
    if found is None:
        raise bad_request(f"message to {name} not found")
    return found


async def pin_chat_message(box: Box, params: Params) -> Any:
    place = known_place(box, params.text("chat_id"))
    found = _message(box, place, params, "pin")
    with box.store.write():
        box.store.run("INSERT OR IGNORE INTO pins VALUES (?, ?)", place.id, found.id)
        note = {"pinned_message": without_reply(found.body)}
        add_message(box, place, box.bot_user, note)
    return True


async def unpin_chat_message(box: Box, params: Params) -> Any:
    """Without a number: the message pinned last."""
    place = known_place(box, params.text("chat_id"))
    number = params.integer("message_id") or box.store.number(
        "SELECT max(message_id) FROM pins WHERE chat_id = ?", place.id
    )
    gone = box.store.run("DELETE FROM pins WHERE chat_id = ? AND message_id = ?", place.id, number)
    if not gone:
        raise bad_request("message to unpin not found")
    return True


async def unpin_all_chat_messages(box: Box, params: Params) -> Any:
    place = known_place(box, params.text("chat_id"))
    box.store.run("DELETE FROM pins WHERE chat_id = ?", place.id)
    return True


async def set_message_reaction(box: Box, params: Params) -> Any:
    place = known_place(box, params.text("chat_id"))
    found = _message(box, place, params, "react")
    reactions = params.array("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        _check_reaction(reaction)
    box.store.run(
        "UPDATE messages SET reaction = ? WHERE message_id = ?", dump(reactions), found.id
    )
    return True


def _check_reaction(reaction: Any) -> None:
    kind = reaction.get("type") if isinstance(reaction, dict) else None
    if kind != "emoji":
        raise bad_request("can't parse reaction: only type emoji is offered by the sandbox")
    if str(reaction.get("emoji") or "").rstrip("\ufe0f") not in _REACTIONS:
        raise bad_request("REACTION_INVALID")


def _group(box: Box, params: Params, reason: str) -> Place:
    place = known_place(box, params.text("chat_id"))
    if place.group is None:
        raise bad_request(reason)
    return place


async def leave_chat(box: Box, params: Params) -> Any:
    place = _group(box, params, "chat member status can't be changed in private chats")
    with box.store.write():
        box.store.run("UPDATE groups SET bot_present = 0 WHERE id = ?", place.id)
        note = {"left_chat_member": box.bot_user}
        add_message(box, place, box.bot_user, note)
        tell_membership(box, place.chat, box.bot_user, "member", "left")
    return True


async def create_chat_invite_link(box: Box, params: Params) -> Any:
    place = _group(box, params, "can't create an invite link for a private chat")
    members = params.integer("member_limit")
    joins = params.flag("creates_join_request")
    if members is not None and not 1 <= members <= 99999:
        raise bad_request("member_limit must be between 1 and 99999")
    if members is not None and joins:
        raise bad_request("member_limit can't be specified for links with join requests")
    name = params.text("name") or ""
    if len(name) > 32:
        raise bad_request("invite link name is too long")
    optional = {
        "name": name, "expire_date": params.integer("expire_date"), "member_limit": members,
    }  # fmt: skip
    link: Json = {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": box.bot_user,
        "creates_join_request": joins,
        "is_primary": False,
        "is_revoked": False,
    }
    box.store.put(f"invite {place.id}", link["invite_link"])
    return link | {key: value for key, value in optional.items() if value}
