"""answerInlineQuery."""

import contextlib
import re
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.content.inline_results import check_results
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.callbacks import TOO_OLD
from bot.sandbox.store import dump


async def answer_inline_query(box: Box, params: Params) -> Any:
    results = check_results(box, params.array("results"))
    answer: Json = {"results": results, "next_offset": params.text("next_offset") or ""}
    if len(answer["next_offset"].encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _button(params)
    if button:
        answer["button"] = button
    cache_time = params.integer("cache_time")
    seconds = 300 if cache_time is None else max(0, cache_time)
    query_id = params.text("inline_query_id") or ""
    now = box.clock()
    taken = box.store.run(
        "UPDATE inline_queries SET answer = ?, cached_until = ?, personal = ?"
        " WHERE id = ? AND answer IS NULL AND date >= ?",
        dump(answer),
        now + seconds,
        int(params.flag("is_personal")),
        query_id,
        now - box.limits.inline_seconds,
    )
    if not taken:
        raise bad_request(TOO_OLD)
    waiting = box.inline_waits.get(query_id)
    if waiting and not waiting.done():
        with contextlib.suppress(RuntimeError):  # the page's request may be gone
            waiting.set_result(answer)
    person = box.store.number("SELECT person_id FROM inline_queries WHERE id = ?", query_id)
    box.hub.tell(person, {"type": "inline_answer", "inline_query_id": query_id, **answer})
    return True


def _button(params: Params) -> Json | None:
    button = params.object("button")
    if not button:
        return None
    text, start = button.get("text"), button.get("start_parameter")
    if not isinstance(text, str) or not text:
        raise bad_request("can't parse inline query results button: text is empty")
    if button.get("web_app"):
        raise bad_request("inline results button field web_app is not offered by the sandbox")
    if not isinstance(start, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
        raise bad_request("START_PARAM_INVALID")
    return {"text": text, "start_parameter": start}
