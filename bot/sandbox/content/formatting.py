"""From `text` + `parse_mode` or `entities` of a call to a checked, formatted text."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.content.html_entities import parse_html
from bot.sandbox.content.text import CAPTION_LIMIT, TEXT_LIMIT, Formatted, Json, trim, utf16_length
from bot.sandbox.errors import bad_request

_PLAIN = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre",
}  # fmt: skip
_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}


def read_text(params: Params, name: str = "text", entities: str = "entities") -> Formatted:
    """The text of a message: 1–4096 UTF-16 units after parsing."""
    made = _format(params.text(name) or "", params.text("parse_mode"), params.array(entities))
    return check_text(made)


def check_text(made: Formatted) -> Formatted:
    if not made.text:
        raise bad_request("message text is empty")
    if made.length > TEXT_LIMIT:
        raise bad_request("message is too long")
    return made


def read_caption(params: Params) -> Formatted:
    """The caption of a message: up to 1024 UTF-16 units after parsing, perhaps empty."""
    return make_caption(
        params.text("caption") or "", params.text("parse_mode"), params.array("caption_entities")
    )


def make_caption(source: str, parse_mode: Any, entities: Any) -> Formatted:
    """As `read_caption`, for a caption that is nested in another object."""
    made = _format(source, parse_mode, entities)
    if made.length > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return made


def format_text(source: str, parse_mode: Any, entities: Any) -> Formatted:
    """As `read_text`, for a text that is nested in another object."""
    return check_text(_format(source, parse_mode, entities))


def _format(source: str, parse_mode: Any, entities: Any) -> Formatted:
    mode = str(parse_mode or "").lower()
    if entities is not None and not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array")
    if mode == "html":
        clean, found = parse_html(source)
        return trim(clean, found)
    if mode in {"markdown", "markdownv2"}:
        raise bad_request(f"parse_mode {parse_mode} is not offered by the sandbox, use HTML")
    if mode:
        raise bad_request("unsupported parse_mode")
    return trim(source, [_check_entity(entity, source) for entity in entities or []])


def _check_entity(entity: Any, text: str) -> Json:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if kind not in _PLAIN and kind not in _NEEDS:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request("can't parse MessageEntity: offset and length must be Integer")
    if offset < 0 or length <= 0 or offset + length > utf16_length(text):
        raise bad_request("ENTITY_BOUNDS_INVALID")
    needed = _NEEDS.get(str(kind))
    if needed and not entity.get(needed):
        raise bad_request(f'can\'t parse MessageEntity: field "{needed}" must be present')
    return entity
