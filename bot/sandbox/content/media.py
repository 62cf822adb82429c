"""Files: photos in several sizes, documents, and the identifiers that last for ever."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

import orjson

from bot.sandbox.bodies import Upload
from bot.sandbox.box import Box
from bot.sandbox.content.photo_sizes import draw_sizes
from bot.sandbox.content.text import Json
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.store import dump

PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
_FOLDERS = {
    "photo": ("photos", ".jpg"), "document": ("documents", ""), "voice": ("voice", ".oga"),
    "sticker": ("stickers", ".webp"), "video": ("videos", ".mp4"),
    "animation": ("animations", ".mp4"),
}  # fmt: skip
_MIME = {
    "photo": "image/jpeg", "voice": "audio/ogg", "sticker": "image/webp", "video": "video/mp4",
    "animation": "video/mp4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Media:
    """Something that can be sent again by any of its file identifiers; `body` is what a
    Message carries for it (`{"photo": […]}`, `{"document": {…}}`)."""

    id: int
    kind: str
    body: Json


async def keep_photo(box: Box, upload: Upload) -> Media:
    """Check a picture as Telegram does and keep it in sizes as JPEG."""
    if len(upload.content) > PHOTO_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    pictures = await asyncio.to_thread(draw_sizes, upload.content)
    with box.store.write():
        media_id = box.store.insert("INSERT INTO media (kind, body) VALUES ('photo', '{}')")
        sizes = []
        for picture in pictures:
            kept = _keep_file(box, media_id, "photo", picture.content, "image/jpeg", ".jpg")
            sizes.append(kept | {"width": picture.width, "height": picture.height})
        return _finish(box, media_id, "photo", {"photo": sizes})


def keep_file(box: Box, kind: str, upload: Upload) -> Media:
    """Keep a document, voice, sticker, video or animation as it is."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    name = Path(upload.name).name or "file"
    mime = _MIME.get(kind, upload.content_type)
    with box.store.write():
        media_id = box.store.insert("INSERT INTO media (kind, body) VALUES (?, '{}')", kind)
        suffix = _FOLDERS[kind][1] or Path(name).suffix[:16]
        kept = _keep_file(box, media_id, kind, upload.content, mime, suffix)
        return _finish(box, media_id, kind, _describe(kind, kept, name, mime))


def _describe(kind: str, kept: Json, name: str, mime: str) -> Json:
    if kind == "document":
        return {"document": kept | {"file_name": name, "mime_type": mime}}
    if kind == "voice":
        return {"voice": kept | {"duration": 3, "mime_type": mime}}
    if kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512}
        return {"sticker": kept | shape | {"is_animated": False, "is_video": False}}
    moving = kept | {
        "width": 640, "height": 360, "duration": 3, "file_name": name, "mime_type": mime,
    }  # fmt: skip
    if kind == "animation":
        document = kept | {"file_name": name, "mime_type": mime}
        return {"animation": moving, "document": document}
    return {"video": moving}


def _keep_file(box: Box, media_id: int, kind: str, content: bytes, mime: str, suffix: str) -> Json:
    folder = _FOLDERS[kind][0]
    file_id = f"{kind[:2].upper()}{secrets.token_urlsafe(36)}"
    unique_id = "AQAD" + hashlib.sha256(content).hexdigest()[:12]
    number = box.store.number("SELECT count(*) FROM files")
    path = f"{folder}/file_{number}{suffix}"
    _write(box.folder / path, content)
    box.store.run(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)",
        file_id,
        unique_id,
        media_id,
        path,
        len(content),
        mime,
    )
    return {"file_id": file_id, "file_unique_id": unique_id, "file_size": len(content)}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)


def _finish(box: Box, media_id: int, kind: str, body: Json) -> Media:
    box.store.run("UPDATE media SET body = ? WHERE media_id = ?", dump(body), media_id)
    return Media(media_id, kind, body)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One row of `files`."""

    file_id: str
    file_unique_id: str
    path: str
    size: int
    mime_type: str


def find_file(box: Box, *, file_id: str = "", path: str = "") -> StoredFile | None:
    row = box.store.row("SELECT * FROM files WHERE file_id = ? OR file_path = ?", file_id, path)
    if row is None:
        return None
    return StoredFile(
        row["file_id"], row["file_unique_id"], row["file_path"], row["file_size"], row["mime_type"]
    )


def find_media(box: Box, file_id: str, kind: str) -> Media:
    """What was sent under that identifier; raises ApiError for another kind, a URL, a typo."""
    if file_id.startswith(("http://", "https://")):
        raise bad_request(
            "wrong file identifier/HTTP URL specified: the sandbox does not fetch URLs"
        )
    row = box.store.row(
        "SELECT media.* FROM files JOIN media USING (media_id) WHERE file_id = ?", file_id
    )
    if row is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if row["kind"] != kind:
        raise bad_request(f"can't use file of type {row['kind'].title()} as {kind.title()}")
    return Media(row["media_id"], row["kind"], orjson.loads(row["body"]))


async def take_media(box: Box, kind: str, source: Upload | str | None) -> Media:
    """An upload is kept, an identifier is found again."""
    if source is None:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(source, str):
        return find_media(box, source, kind)
    if kind == "photo":
        return await keep_photo(box, source)
    return keep_file(box, kind, source)
