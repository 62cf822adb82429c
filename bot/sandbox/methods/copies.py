"""copyMessage and forwardMessage."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import known_place
from bot.sandbox.content.formatting import read_caption
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.messages import StoredMessage, find_message
from bot.sandbox.people import find_person
from bot.sandbox.sending import address

# What a copy carries over. The keyboard and the reply stay behind.
CONTENT = (
    "text", "entities", "link_preview_options", "photo", "document", "voice", "sticker", "video",
    "animation", "contact", "location", "venue", "caption", "caption_entities",
    "show_caption_above_media", "has_media_spoiler",
)  # fmt: skip
_CAPTIONED = ("photo", "document", "voice", "video", "animation")


def content_of(body: Json) -> Json:
    return {name: body[name] for name in CONTENT if name in body}


def _source(box: Box, params: Params, verb: str) -> StoredMessage:
    place = known_place(box, params.text("from_chat_id"))
    found = find_message(box, place.id, params.required_integer("message_id"))
    if found is None:
        raise bad_request(f"message to {verb} not found")
    if not content_of(found.body) or found.body.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return found


async def copy_message(box: Box, params: Params) -> Any:
    letter = address(box, params)
    content = content_of(_source(box, params, "copy").body)
    if params.given("caption") and any(kind in content for kind in _CAPTIONED):
        content = {k: v for k, v in content.items() if not k.startswith("caption")}
        content |= read_caption(params).as_caption()
    if params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    letter.admit()
    return {"message_id": letter.send(content)["message_id"]}


async def forward_message(box: Box, params: Params) -> Any:
    letter = address(box, params)
    found = _source(box, params, "forward")
    letter.admit()
    return letter.send(content_of(found.body) | {"forward_origin": origin(box, found)})


def origin(box: Box, found: StoredMessage) -> Json:
    """Who said it first."""
    if "forward_origin" in found.body:
        return dict(found.body["forward_origin"])
    person = find_person(box, found.sender_id)
    sender = person.user if person else box.bot_user
    return {"type": "user", "sender_user": sender, "date": found.date}
