"""answerCallbackQuery."""

import re
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.errors import bad_request

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_callback_query(box: Box, params: Params) -> Any:
    text, alert = params.text("text") or "", params.flag("show_alert")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url")
    if url:
        _check_url(box, url)
    cache_time = params.integer("cache_time")
    if cache_time is not None and cache_time < 0:
        raise bad_request("cache_time must be non-negative")
    query_id = params.text("callback_query_id")
    _take_query(box, query_id)
    event: dict[str, Any] = {
        "type": "callback_answer",
        "callback_query_id": query_id,
        "show_alert": alert,
    }
    if text:
        event["text"] = text
    if url:
        event["url"] = url
    person = box.store.number("SELECT person_id FROM callback_queries WHERE id = ?", query_id)
    box.hub.tell(person, event)
    return True


def _take_query(box: Box, query_id: str | None) -> None:
    """A tap is answered once, and in time."""
    oldest = box.clock() - box.limits.callback_seconds
    taken = box.store.run(
        "UPDATE callback_queries SET answered = 1 WHERE id = ? AND NOT answered AND date >= ?",
        query_id,
        oldest,
    )
    if not taken:
        raise bad_request(TOO_OLD)


def _check_url(box: Box, url: str) -> None:
    """A callback may open this very bot with a start parameter, and nothing else."""
    name = re.escape(box.bot["username"])
    if not re.fullmatch(
        rf"(?:https?://)?(?:t|telegram)\.me/{name}\?start=[A-Za-z0-9_-]{{1,64}}", url, re.IGNORECASE
    ):
        raise bad_request("URL_INVALID")
