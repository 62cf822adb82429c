"""Taps are answered once and in time; inline results are offered, chosen and edited."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.limits import Limits
from tests.support.chat.telegram import Telegram

OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
YES = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}


def article(result_id: str, text: str = "Кофе", **more: Any) -> dict[str, Any]:
    content = {"message_text": text}
    return {
        "type": "article", "id": result_id, "title": text, "input_message_content": content, **more,
    }  # fmt: skip


async def test_a_tap_is_answered_once(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await telegram.call("sendMessage", chat_id=anna.id, text="Берём?", reply_markup=YES)
    tapped = await anna.tap("Да")
    query = (await telegram.call("getUpdates", offset=-1))[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["text"]) == (tapped, "yes", "Берём?")
    assert query["from"]["id"] == anna.id

    await telegram.call(
        "answerCallbackQuery", callback_query_id=tapped, text="Готово", show_alert=True
    )
    answer = await anna.answered(tapped)
    assert (answer["text"], answer["show_alert"]) == ("Готово", True)
    assert await telegram.refusal("answerCallbackQuery", callback_query_id=tapped) == OLD
    assert await telegram.refusal("answerCallbackQuery", callback_query_id="5") == OLD


async def test_answers_have_their_limits(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    async with Telegram(tmp_path, clock=lambda: now[0]) as telegram:
        anna = telegram.person("Анна")
        await anna.start()
        await telegram.call("sendMessage", chat_id=anna.id, text="Берём?", reply_markup=YES)
        query = {"callback_query_id": await anna.tap("Да")}
        refused = await telegram.refusal("answerCallbackQuery", **query, text="я" * 201)
        assert refused == "400 Bad Request: MESSAGE_TOO_LONG"
        refused = await telegram.refusal("answerCallbackQuery", **query, url="https://a.ru")
        assert refused == "400 Bad Request: URL_INVALID"
        now[0] += 31
        assert await telegram.refusal("answerCallbackQuery", **query) == OLD


async def test_a_button_that_is_gone_cannot_be_tapped(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    sent = await telegram.call("sendMessage", chat_id=anna.id, text="Раз", reply_markup=YES)
    where = {"message_id": sent["message_id"], "data": "no"}
    await telegram.page("POST", f"/sandbox/people/{anna.id}/tap", json=where, status=409)


async def answer_next(telegram: Telegram, results: list[dict[str, Any]], **more: Any) -> str:
    """Be the bot: wait for an inline query and answer it; returns what was asked."""
    while True:
        for update in await telegram.call("getUpdates", timeout=5):
            await telegram.call("getUpdates", offset=update["update_id"] + 1)
            query = update.get("inline_query")
            if query:
                await telegram.call(
                    "answerInlineQuery", inline_query_id=query["id"], results=results, **more
                )
                return str(query["query"])


async def test_a_result_is_shared_and_edited(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    bot = asyncio.create_task(
        answer_next(telegram, [article("1", "Кофе", reply_markup=YES)], cache_time=0)
    )
    found = await anna.inline("кофе", location={"latitude": 55.0, "longitude": 37.0})
    assert await bot == "кофе"
    sent = await anna.choose(found["results"][0])
    assert (sent["text"], sent["via_bot"]["id"]) == ("Кофе", telegram.bot_id)

    told = await telegram.call("getUpdates")
    chosen = next(u["chosen_inline_result"] for u in told if "chosen_inline_result" in u)
    assert (chosen["result_id"], chosen["query"]) == ("1", "кофе")
    inline_id = chosen["inline_message_id"]
    edited = await telegram.call("editMessageText", inline_message_id=inline_id, text="Чай")
    assert edited is True
    assert anna.messages[-1]["text"] == "Чай"
    refused = await telegram.refusal("editMessageText", inline_message_id="no", text="x")
    assert refused == "400 Bad Request: MESSAGE_ID_INVALID"


async def test_a_tap_on_a_shared_result_names_the_inline_message(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    bot = asyncio.create_task(answer_next(telegram, [article("1", reply_markup=YES)]))
    await anna.inline("кофе")
    await bot
    await anna.choose({"id": "1"})
    await anna.tap("Да")
    query = (await telegram.call("getUpdates", offset=-1))[0]["callback_query"]
    assert "inline_message_id" in query
    assert "message" not in query


async def test_answers_are_cached_for_their_time(telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    bot = asyncio.create_task(answer_next(telegram, [article("1")], cache_time=60))
    first = await anna.inline("кофе")
    await bot
    assert await boris.inline("кофе") == first


async def test_personal_answers_are_cached_for_one(tmp_path: Path) -> None:
    limits = Limits(inline_seconds=0.1).without_rates()
    async with Telegram(tmp_path, limits=limits) as telegram:
        anna, boris = telegram.person("Анна"), telegram.person("Борис")
        bot = asyncio.create_task(answer_next(telegram, [article("1")], is_personal=True))
        first = await anna.inline("кофе")
        await bot
        assert await anna.inline("кофе") == first
        path, body = f"/sandbox/people/{boris.id}/inline", {"query": "кофе"}
        await telegram.page("POST", path, json=body, status=504)


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("я" * 33)], "RESULT_ID_INVALID"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([{"type": "article", "id": "1", "title": "x"}], "MESSAGE_EMPTY"),
        ([article("1", text="")], "ARTICLE_TITLE_EMPTY"),
        ([article("1") | {"input_message_content": {"message_text": ""}}], "text is empty"),
        ([article("1") | {"input_message_content": {"latitude": "x"}}], "wrong latitude"),
        ([article("1") | {"input_message_content": {"phone_number": 7}}], "name is empty"),
        ([article("1") | {"input_message_content": 5}], "expected an Object"),
        ([{"type": "game", "id": "1"}], "type game is not offered"),
        ([{"type": "photo", "id": "1", "photo_url": "https://a.ru/1.jpg"}], "does not fetch URLs"),
        ([article("1", reply_markup={"inline_keyboard": [[{"text": "x"}]]})], "Text buttons"),
    ],
)
async def test_wrong_results(
    telegram: Telegram, results: list[dict[str, Any]], reason: str
) -> None:
    refused = await telegram.refusal("answerInlineQuery", inline_query_id="1", results=results)
    assert reason in refused


async def test_the_button_above_the_results(telegram: Telegram) -> None:
    wrong = {"text": "Город", "start_parameter": "a b"}
    refused = await telegram.refusal(
        "answerInlineQuery", inline_query_id="1", results=[], button=wrong
    )
    assert refused == "400 Bad Request: START_PARAM_INVALID"
    anna = telegram.person("Анна")
    button = {"text": "Выберите город", "start_parameter": "city"}
    bot = asyncio.create_task(answer_next(telegram, [], button=button))
    assert (await anna.inline(""))["button"] == button
    await bot
