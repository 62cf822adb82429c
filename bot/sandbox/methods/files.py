"""sendPhoto, sendDocument, sendMediaGroup, getFile, getUserProfilePhotos."""

import secrets
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.content.formatting import make_caption, read_caption
from bot.sandbox.content.media import DOWNLOAD_BYTES, find_file, take_media
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.people import find_person
from bot.sandbox.sending import address

_ALBUM_KINDS = {"photo", "video", "document"}


def looks(flags: Json) -> Json:
    """How a picture with a caption is shown, from the flags of a call or an InputMedia."""
    shown = {}
    if flags.get("show_caption_above_media"):
        shown["show_caption_above_media"] = True
    if flags.get("has_spoiler"):
        shown["has_media_spoiler"] = True
    return shown


async def send_photo(box: Box, params: Params) -> Any:
    letter = address(box, params)
    caption = read_caption(params)
    source = params.file("photo")
    letter.admit()
    media = await take_media(box, "photo", source)
    flags = {name: params.flag(name) for name in ("show_caption_above_media", "has_spoiler")}
    return letter.send(media.body | caption.as_caption() | looks(flags))


async def send_document(box: Box, params: Params) -> Any:
    letter = address(box, params)
    caption = read_caption(params)
    source = params.file("document")
    letter.admit()
    media = await take_media(box, "document", source)
    return letter.send(media.body | caption.as_caption())


async def read_input_media(box: Box, params: Params, item: Any, kinds: set[str]) -> Json:
    """The content that an InputMedia object describes."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in kinds:
        raise bad_request(f"media type {kind} is not offered by the sandbox here")
    caption = make_caption(
        str(item.get("caption") or ""), item.get("parse_mode"), item.get("caption_entities")
    )
    reference = item.get("media")
    if not isinstance(reference, str) or not reference:
        raise bad_request(f"there is no {kind} in the request")
    media = await take_media(box, str(kind), params.attached(reference))
    return media.body | caption.as_caption() | looks(item)


async def send_media_group(box: Box, params: Params) -> Any:
    letter = address(box, params)
    items = params.array("media")
    if not items or not 2 <= len(items) <= 10:
        raise bad_request("media group must include 2-10 items")
    kinds = {item.get("type") for item in items if isinstance(item, dict)}
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    letter.admit(len(items))
    contents = [await read_input_media(box, params, item, _ALBUM_KINDS) for item in items]
    group = {"media_group_id": new_group_id()}
    with box.store.write():
        return [letter.send(content | group) for content in contents]


def new_group_id() -> str:
    """The id that messages of one album share."""
    return str(secrets.randbelow(9 * 10**16) + 10**16)


async def get_file(box: Box, params: Params) -> Any:
    found = find_file(box, file_id=params.text("file_id") or "")
    if found is None:
        raise bad_request("invalid file_id")
    if found.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": found.file_id,
        "file_unique_id": found.file_unique_id,
        "file_size": found.size,
        "file_path": found.path,
    }


async def get_user_profile_photos(box: Box, params: Params) -> Any:
    """The invented people have no photographs."""
    if find_person(box, params.required_integer("user_id")) is None:
        raise bad_request("user not found")
    if (params.integer("offset") or 0) < 0:
        raise bad_request("offset must be non-negative")
    limit = params.integer("limit")
    if limit is not None and not 1 <= limit <= 100:
        raise bad_request("limit must be between 1 and 100")
    return {"total_count": 0, "photos": []}
