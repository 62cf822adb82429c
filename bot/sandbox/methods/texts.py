"""sendMessage and sendChatAction."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import writable_place
from bot.sandbox.content.formatting import read_text
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.sending import address

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip
_PREVIEW = {
    "is_disabled": bool, "url": str, "prefer_small_media": bool, "prefer_large_media": bool,
    "show_above_text": bool,
}  # fmt: skip


def read_preview(params: Params) -> Json:
    """`link_preview_options`, checked, as a Message carries it."""
    options = params.object("link_preview_options")
    if not options:
        return {}
    for name, value in options.items():
        if name in _PREVIEW and not isinstance(value, _PREVIEW[name]):
            raise bad_request(f"can't parse link preview options: wrong {name}")
    kept = {name: value for name, value in options.items() if name in _PREVIEW}
    return {"link_preview_options": kept} if kept else {}


async def send_message(box: Box, params: Params) -> Any:
    letter = address(box, params)
    content = read_text(params).as_text() | read_preview(params)
    letter.admit()
    return letter.send(content)


async def send_chat_action(box: Box, params: Params) -> Any:
    place = writable_place(box, params.text("chat_id"))
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    event = {"type": "chat_action", "chat_id": place.id, "action": action}
    box.hub.tell_all(place.readers, event)
    return True
