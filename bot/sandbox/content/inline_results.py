"""Inline results: checked when the bot answers, turned into a message when one is chosen."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.box import Box
from bot.sandbox.content.formatting import format_text, make_caption
from bot.sandbox.content.keyboards import check_inline
from bot.sandbox.content.media import find_media
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.places import check_point

_CACHED = {"photo": "photo_file_id", "document": "document_file_id"}


def check_results(box: Box, results: list[Any] | None) -> list[Json]:
    """At most 50 results with unique ids of 1–64 bytes, each able to become a message."""
    if results is None:
        raise bad_request("results are not specified")
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        if not isinstance(result, dict):
            raise bad_request("can't parse inline query result: expected an Object")
        result_id = result.get("id")
        if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= 64:
            raise bad_request("RESULT_ID_INVALID")
        if result_id in seen:
            raise bad_request("RESULT_ID_DUPLICATE")
        seen.add(result_id)
        become_message(box, result)
    return results


def become_message(box: Box, result: Json) -> Json:
    """The content of the message that the result stands for; raises ApiError."""
    kind = result.get("type")
    maker = _MAKERS.get(str(kind))
    if maker is None:
        raise bad_request(f"inline query result type {kind} is not offered by the sandbox")
    content = result.get("input_message_content")
    if content is not None:
        maker(box, result)
        made = _input_content(box, content)
    else:
        made = maker(box, result)
        if not made:
            raise bad_request("MESSAGE_EMPTY: input_message_content is not specified")
    markup = check_inline(result["reply_markup"]) if result.get("reply_markup") else None
    return made | ({"reply_markup": markup} if markup else {})


def _input_content(box: Box, content: Any) -> Json:
    if not isinstance(content, dict):
        raise bad_request("can't parse input message content: expected an Object")
    if "message_text" in content:
        made = format_text(
            str(content["message_text"]), content.get("parse_mode"), content.get("entities")
        )
        preview = content.get("link_preview_options")
        return made.as_text() | ({"link_preview_options": preview} if preview else {})
    if "phone_number" in content:
        return _contact(box, content)
    if "latitude" in content:
        return _location(box, content | {"type": "venue" if "title" in content else "location"})
    raise bad_request("can't parse input message content: unknown kind")


def _article(_box: Box, result: Json) -> Json:
    if not str(result.get("title") or "").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    return {}


def _cached(kind: str) -> Callable[[Box, Json], Json]:
    def make(box: Box, result: Json) -> Json:
        file_id = result.get(_CACHED[kind])
        if not file_id:
            raise bad_request(
                f"inline {kind} results by URL are not offered by the sandbox: "
                f"it does not fetch URLs, use {_CACHED[kind]}"
            )
        caption = make_caption(
            str(result.get("caption") or ""),
            result.get("parse_mode"),
            result.get("caption_entities"),
        )
        return find_media(box, str(file_id), kind).body | caption.as_caption()

    return make


def _location(_box: Box, result: Json) -> Json:
    try:
        point = check_point(float(result["latitude"]), float(result["longitude"]))
    except (KeyError, TypeError, ValueError):
        raise bad_request("wrong latitude or longitude specified") from None
    if result["type"] == "location":
        return {"location": point}
    names = {name: str(result.get(name) or "") for name in ("title", "address")}
    return {"location": point, "venue": {"location": point, **names}}


def _contact(_box: Box, result: Json) -> Json:
    if not result.get("phone_number") or not result.get("first_name"):
        raise bad_request("contact phone number or first name is empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    return {"contact": {name: result[name] for name in names if result.get(name)}}


_MAKERS: dict[str, Callable[[Box, Json], Json]] = {
    "article": _article,
    "photo": _cached("photo"),
    "document": _cached("document"),
    "location": _location,
    "venue": _location,
    "contact": _contact,
}
