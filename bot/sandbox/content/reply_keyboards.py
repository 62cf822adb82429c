"""The keyboard below the input field, one for each person and chat."""

import orjson

from bot.sandbox.box import Box
from bot.sandbox.chats import Place
from bot.sandbox.content.text import Json
from bot.sandbox.store import dump


def apply_markup(box: Box, place: Place, markup: Json | None) -> None:
    """What a message of the bot does to the keyboards of those who read it."""
    if markup is None or "inline_keyboard" in markup:
        return
    for person_id in place.readers:
        if "remove_keyboard" in markup:
            drop_keyboard(box, place.id, person_id)
        else:
            box.store.run(
                "INSERT OR REPLACE INTO keyboards VALUES (?, ?, ?)",
                place.id,
                person_id,
                dump(markup),
            )
            _tell(box, place.id, person_id, markup)


def drop_keyboard(box: Box, chat_id: int, person_id: int) -> None:
    gone = box.store.run(
        "DELETE FROM keyboards WHERE chat_id = ? AND person_id = ?", chat_id, person_id
    )
    if gone:
        _tell(box, chat_id, person_id, None)


def after_speaking(box: Box, chat_id: int, person_id: int) -> None:
    """A one-time keyboard folds away once the person has said something."""
    markup = _read(box, chat_id, person_id)
    if markup and (markup.get("one_time_keyboard") or markup.get("force_reply")):
        drop_keyboard(box, chat_id, person_id)


def current_keyboard(box: Box, chat_id: int, person_id: int) -> tuple[Json | None, str | None]:
    """The ReplyKeyboardMarkup or ForceReply, if any, and the words in the empty input field."""
    markup = _read(box, chat_id, person_id)
    return markup, markup.get("input_field_placeholder") if markup else None


def _read(box: Box, chat_id: int, person_id: int) -> Json | None:
    row = box.store.row(
        "SELECT markup FROM keyboards WHERE chat_id = ? AND person_id = ?", chat_id, person_id
    )
    return dict(orjson.loads(row["markup"])) if row else None


def _tell(box: Box, chat_id: int, person_id: int, markup: Json | None) -> None:
    box.hub.tell(person_id, {"type": "keyboard", "chat_id": chat_id, "reply_keyboard": markup})
