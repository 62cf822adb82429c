"""What Telegram refuses, the sandbox refuses: one row for each rule."""

from typing import Any

import pytest

from tests.support.chat.telegram import Telegram


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**fields: Any) -> dict[str, Any]:
    return inline([{"text": "Кнопка", **fields}])


TEXTS = [
    ({"text": ""}, "message text is empty"),
    ({"text": "   \n "}, "message text is empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "я" * 4097}, "message is too long"),
    ({"text": "<b>x", "parse_mode": "HTML"},
     'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
    ({"text": "яя<p>x</p>", "parse_mode": "HTML"},
     'can\'t parse entities: Unsupported start tag "p" at byte offset 4'),
    ({"text": "a < b", "parse_mode": "HTML"},
     'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
    ({"text": "<b>x</i>", "parse_mode": "HTML"},
     'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ({"text": "x</b>", "parse_mode": "HTML"},
     "can't parse entities: Unexpected end tag at byte offset 1"),
    ({"text": "x <b", "parse_mode": "HTML"},
     "can't parse entities: Unclosed start tag at byte offset 2"),
    ({"text": "<span>x</span>", "parse_mode": "HTML"},
     'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ({"text": "x", "parse_mode": "MarkdownV2"},
     "parse_mode MarkdownV2 is not offered by the sandbox, use HTML"),
    ({"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
     "ENTITY_BOUNDS_INVALID"),
    ({"text": "x", "entities": [{"type": "huge", "offset": 0, "length": 1}]},
     "can't parse MessageEntity: unsupported type specified"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "message_thread_id": 5},
     "parameter message_thread_id is not offered by the sandbox"),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ({"text": "x", "reply_markup": {"what": 1}}, "object expected as reply markup"),
]  # fmt: skip

KEYBOARDS = [
    (button(callback_data="я" * 33), "BUTTON_DATA_INVALID"),
    (button(callback_data=""), "BUTTON_DATA_INVALID"),
    (button(), "Text buttons are unallowed in the inline keyboard"),
    (button(callback_data="a", url="https://a.ru"), "exactly one field must be used"),
    (button(url="http://localhost:8080"), "Wrong HTTP URL"),
    (button(url="javascript:alert(1)"), "Wrong HTTP URL"),
    (button(url="ftp://a.ru"), "Unsupported URL protocol"),
    (button(copy_text={"text": "9" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (button(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
    (button(callback_data="a", style="pink"), "invalid button style specified"),
    (button(pay=True), "field pay is not offered by the sandbox"),
    (inline([{"text": " ", "callback_data": "a"}]), "text is empty"),
    (inline([{"text": "x", "callback_data": "a"}] * 9), "more than 8 buttons in a row"),
    (inline(*[[{"text": "x", "callback_data": "a"}]] * 101), "more than 100 buttons"),
    ({"inline_keyboard": "x"}, "must be an Array of Array"),
    ({"keyboard": [[{"text": ""}]]}, "text is empty"),
    ({"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]},
     "at most one field"),
    ({"keyboard": [["x"]], "input_field_placeholder": "я" * 65}, "1-64 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("params", "reason"), TEXTS)
async def test_wrong_texts(telegram: Telegram, params: dict[str, Any], reason: str) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    refused = await telegram.refusal("sendMessage", chat_id=anna.id, **params)
    assert refused == f"400 Bad Request: {reason}"
    assert anna.screen == {}


@pytest.mark.parametrize(("markup", "reason"), KEYBOARDS)
async def test_wrong_keyboards(telegram: Telegram, markup: dict[str, Any], reason: str) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    refused = await telegram.refusal("sendMessage", chat_id=anna.id, text="x", reply_markup=markup)
    assert reason in refused
    assert anna.screen == {}


async def test_limits_are_inclusive(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    markup = inline(
        [{"text": "x", "callback_data": "я" * 32}] * 8,
        [{"text": "Номер", "copy_text": {"text": "9" * 256}}],
        [{"text": "Сайт", "url": "http://127.0.0.1:8080/x"}],
    )
    sent = await telegram.call(
        "sendMessage", chat_id=anna.id, text="<b>" + "я" * 4096 + "</b>", parse_mode="HTML",
        reply_markup=markup,
    )  # fmt: skip
    assert len(sent["text"]) == 4096


async def test_whom_the_bot_may_write_to(telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    await anna.start()
    await anna.block()
    assert await telegram.refusal("sendMessage", chat_id=anna.id, text="x") == (
        "403 Forbidden: bot was blocked by the user"
    )
    assert await telegram.refusal("sendMessage", chat_id=boris.id, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    for nobody in (12345, "@nobody", "anna"):
        refused = await telegram.refusal("sendMessage", chat_id=nobody, text="x")
        assert refused == "400 Bad Request: chat not found"
    assert await telegram.refusal("sendMessage", text="x") == "400 Bad Request: chat_id is empty"


async def test_blocking_and_coming_back_is_told(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start("promo-7")
    await anna.block()
    await anna.start()
    updates = await telegram.call("getUpdates")
    told = [
        (u["my_chat_member"]["old_chat_member"]["status"],
         u["my_chat_member"]["new_chat_member"]["status"])
        if "my_chat_member" in u else u["message"]["text"]
        for u in updates
    ]  # fmt: skip
    assert told == ["/start promo-7", ("member", "kicked"), ("kicked", "member"), "/start"]
    await telegram.call("sendMessage", chat_id=anna.id, text="снова здесь")


async def test_a_contact_is_asked_for_in_private_chats_only(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    group = await telegram.group("Семья", anna)
    keyboard = {"keyboard": [[{"text": "Телефон", "request_contact": True}]]}
    refused = await telegram.refusal("sendMessage", chat_id=group, text="x", reply_markup=keyboard)
    assert refused == "400 Bad Request: phone number can be requested in private chats only"


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "start", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands(
    telegram: Telegram, commands: list[dict[str, str]], reason: str
) -> None:
    assert reason in await telegram.refusal("setMyCommands", commands=commands)
