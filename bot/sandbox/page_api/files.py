"""Pictures and documents for the page, and what a person uploads."""

from aiohttp import web

from bot.sandbox.bodies import Params, Upload, read_body
from bot.sandbox.box import Box
from bot.sandbox.chats import place_of
from bot.sandbox.content.media import Media, find_file, take_media
from bot.sandbox.content.text import CAPTION_LIMIT, Json, utf16_length
from bot.sandbox.errors import ApiError, PageError
from bot.sandbox.methods.files import new_group_id
from bot.sandbox.page_api.asking import answer, box_of, whose
from bot.sandbox.speech import say, written

KINDS = {"photo", "document", "voice", "sticker", "video", "animation"}
# Shown in place; anything else is offered for download, so that an uploaded page cannot run here.
_SHOWN = {
    "image/jpeg", "image/png", "image/gif", "image/webp", "audio/ogg", "video/mp4",
}  # fmt: skip


async def download(request: web.Request) -> web.StreamResponse:
    """The bytes behind a file identifier."""
    box = box_of(request)
    found = find_file(box, file_id=request.match_info["file_id"])
    if found is None:
        raise PageError(404, "no such file")
    kind = found.mime_type.split(";")[0].strip().lower()
    headers = {"Content-Type": kind, "Cache-Control": "private, max-age=86400"}
    if kind not in _SHOWN:
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Disposition": "attachment",
        }
    return web.FileResponse(box.folder / found.path, headers=headers)


async def upload(request: web.Request) -> web.Response:
    """One message for each file; several photos make one album."""
    box, person = whose(request)
    try:
        values, uploads = await read_body(request)
        params = Params(values, uploads)
        kind = params.text("kind") or "document"
        if kind not in KINDS or not uploads:
            raise PageError(400, f"kind must be one of {', '.join(sorted(KINDS))}, with a file")
        place = place_of(box, person, params.integer("chat_id"))
        caption = _caption(params.text("caption") or "")
        kept = [await _keep(box, kind, file) for file in uploads.values()]
    except ApiError as refused:
        raise PageError(refused.code, refused.description) from None
    album: Json = {"media_group_id": new_group_id()} if len(kept) > 1 else {}
    messages = []
    with box.store.write():
        for position, media in enumerate(kept):
            words = caption if position == 0 else {}
            messages.append(say(box, person, place, media.body | words | album))
    return answer(messages)


async def _keep(box: Box, kind: str, file: Upload) -> Media:
    return await take_media(box, kind, file)


def _caption(text: str) -> Json:
    if not text.strip():
        return {}
    if utf16_length(text) > CAPTION_LIMIT:
        raise PageError(400, f"the caption is longer than {CAPTION_LIMIT} characters")
    return written(text).as_caption()
