"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.chats import writable_place
from bot.sandbox.content.formatting import read_caption, read_text
from bot.sandbox.content.keyboards import read_inline_markup
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.messages import StoredMessage, change_message, find_inline_message, find_message
from bot.sandbox.methods.copies import CONTENT
from bot.sandbox.methods.files import read_input_media
from bot.sandbox.methods.texts import read_preview

_CAPTIONED = ("photo", "document", "voice", "video", "animation")
_MEDIA = {"photo", "document", "video", "animation"}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _target(box: Box, params: Params) -> StoredMessage:
    """The message to edit, by chat and number or by its inline identifier."""
    inline_id = params.text("inline_message_id")
    if inline_id:
        found = find_inline_message(box, inline_id)
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return found
    if not params.given("chat_id") or not params.given("message_id"):
        raise bad_request("message identifier is not specified")
    place = writable_place(box, params.text("chat_id"))
    found = find_message(box, place.id, params.required_integer("message_id"))
    if found is None:
        raise bad_request("message to edit not found")
    if found.sender_id != box.bot_id or found.reply_keyboard or "forward_origin" in found.body:
        raise bad_request("message can't be edited")
    return found


def _edited(
    box: Box, params: Params, found: StoredMessage, content: Json, drop: tuple[str, ...]
) -> Any:
    """Put `content` in the place of the fields `drop`; the markup is always replaced."""
    markup = read_inline_markup(params)
    old = found.body
    new = {name: value for name, value in old.items() if name not in (*drop, "reply_markup")}
    new |= content | ({"reply_markup": markup} if markup else {})
    if new == old:
        raise bad_request(_NOT_MODIFIED)
    box.gate.admit(None if params.text("inline_message_id") else found.chat_id, new=False)
    if content:
        new["edit_date"] = box.now
    message = change_message(box, found, new)
    return True if params.text("inline_message_id") else message


async def edit_message_text(box: Box, params: Params) -> Any:
    found = _target(box, params)
    content = read_text(params).as_text() | read_preview(params)
    if "text" not in found.body:
        raise bad_request("there is no text in the message to edit")
    return _edited(box, params, found, content, ("text", "entities", "link_preview_options"))


async def edit_message_caption(box: Box, params: Params) -> Any:
    found = _target(box, params)
    caption = read_caption(params).as_caption()
    if not any(kind in found.body for kind in _CAPTIONED):
        raise bad_request("there is no caption in the message to edit")
    if params.flag("show_caption_above_media"):
        caption["show_caption_above_media"] = True
    drop = ("caption", "caption_entities", "show_caption_above_media")
    return _edited(box, params, found, caption, drop)


async def edit_message_media(box: Box, params: Params) -> Any:
    found = _target(box, params)
    if not any(kind in found.body for kind in ("text", *_CAPTIONED)):
        raise bad_request("message can't be edited")
    if params.text("inline_message_id") and params.uploads:
        raise bad_request("can't upload a file for an inline message, use a file_id")
    if "media_group_id" in found.body:
        _check_album(found, params.object("media"))
    content = await read_input_media(box, params, params.object("media"), _MEDIA)
    return _edited(box, params, found, content, CONTENT)


def _check_album(found: StoredMessage, media: Json | None) -> None:
    kind = (media or {}).get("type")
    if ("document" in found.body) != (kind == "document"):
        raise bad_request("message can't be edited: another kind of media in an album")


async def edit_message_reply_markup(box: Box, params: Params) -> Any:
    return _edited(box, params, _target(box, params), {}, ())
