"""Messages of every chat: kept as the bot sees them, shown to each reader with `mine`."""

import sqlite3
from dataclasses import dataclass

import orjson

from bot.sandbox.box import Box
from bot.sandbox.chats import Place, find_place
from bot.sandbox.content.text import Json
from bot.sandbox.store import dump


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One row of `messages`; `body` is the Message object."""

    id: int
    chat_id: int
    sender_id: int
    date: int
    body: Json
    reply_keyboard: bool
    inline_message_id: str | None


def _kept(row: sqlite3.Row) -> StoredMessage:
    body = {"message_id": row["message_id"], **orjson.loads(row["body"])}
    return StoredMessage(
        row["message_id"],
        row["chat_id"],
        row["sender_id"],
        row["date"],
        body,
        bool(row["reply_keyboard"]),
        row["inline_message_id"],
    )


def add_message(
    box: Box,
    place: Place,
    sender: Json,
    content: Json,
    *,
    reply_keyboard: bool = False,
    inline_message_id: str | None = None,
) -> Json:
    """Keep a message and show it to everyone in the chat; returns the Message."""
    date = box.now
    body = {"from": sender, "chat": place.chat, "date": date, **content}
    message_id = box.store.insert(
        "INSERT INTO messages (chat_id, sender_id, date, body, reply_keyboard, inline_message_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        place.id,
        sender["id"],
        date,
        dump(body),
        int(reply_keyboard),
        inline_message_id,
    )
    message = {"message_id": message_id, **body}
    _show(box, place, "message", message)
    return message


def change_message(box: Box, kept: StoredMessage, body: Json) -> Json:
    """Replace a message's body and show the change."""
    stored = {name: value for name, value in body.items() if name != "message_id"}
    box.store.run("UPDATE messages SET body = ? WHERE message_id = ?", dump(stored), kept.id)
    place = find_place(box, kept.chat_id)
    message = {"message_id": kept.id, **stored}
    if place:
        _show(box, place, "edited", message)
    return message


def remove_message(box: Box, kept: StoredMessage) -> None:
    box.store.run("DELETE FROM messages WHERE message_id = ?", kept.id)
    box.store.run("DELETE FROM pins WHERE message_id = ?", kept.id)
    place = find_place(box, kept.chat_id)
    if place:
        event = {"type": "deleted", "chat_id": kept.chat_id, "message_id": kept.id}
        box.hub.tell_all(place.readers, event)


def find_message(box: Box, chat_id: int, message_id: int) -> StoredMessage | None:
    row = box.store.row(
        "SELECT * FROM messages WHERE chat_id = ? AND message_id = ?", chat_id, message_id
    )
    return _kept(row) if row else None


def find_inline_message(box: Box, inline_message_id: str) -> StoredMessage | None:
    row = box.store.row("SELECT * FROM messages WHERE inline_message_id = ?", inline_message_id)
    return _kept(row) if row else None


def newest_messages(box: Box, chat_id: int, limit: int) -> list[StoredMessage]:
    """The newest messages that are not cleared from the chat, oldest of them first."""
    rows = box.store.rows(
        "SELECT * FROM messages WHERE chat_id = ? AND NOT hidden ORDER BY message_id DESC LIMIT ?",
        chat_id,
        limit,
    )
    return [_kept(row) for row in reversed(rows)]


def without_reply(message: Json) -> Json:
    """A message as it is nested in another: Telegram nests once."""
    return {k: v for k, v in message.items() if k not in {"reply_to_message", "pinned_message"}}


def seen_by(person_id: int, message: Json) -> Json:
    return message | {"mine": message["from"]["id"] == person_id}


def _show(box: Box, place: Place, kind: str, message: Json) -> None:
    for reader in place.readers:
        event = {"type": kind, "chat_id": place.id, "message": seen_by(reader, message)}
        box.hub.tell(reader, event)
