"""Every parameter of every offered method is read, or passed over or refused by name.

The names come from the Bot API 10.1 description; `facts.py` carries them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.sandbox.bodies import Params
from bot.sandbox.errors import ApiError
from bot.sandbox.facts import NOT_OFFERED, OFFERED
from bot.sandbox.methods.registry import METHODS, call_method
from tests.support.chat.telegram import Telegram
from tests.support.pictures.small import picture


class Noted(dict[str, Any]):
    """Values that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)


TEXT = {"text": "да", "parse_mode": "HTML"}
CAPTION = {"caption": "да", "parse_mode": "HTML"}
POINT = {"latitude": 59.9, "longitude": 30.3}


@pytest.fixture
async def world(telegram: Telegram) -> dict[str, Any]:
    """Somebody to write to, messages to work on, a photo to send."""
    anna = telegram.person("Анна")
    await anna.start()
    photo = (await anna.send_photo(picture(80, 80)))[0]
    document = await anna.send_document("x.txt", b"x")
    text = await telegram.call("sendMessage", chat_id=anna.id, text="раз")
    shown = await telegram.call(
        "sendPhoto", chat_id=anna.id, photo=photo["photo"][0]["file_id"], caption="раз"
    )
    await telegram.call("pinChatMessage", chat_id=anna.id, message_id=text["message_id"])
    return {
        "chat_id": anna.id,
        "from_chat_id": anna.id,
        "user_id": anna.id,
        "message_id": text["message_id"],
        "message_ids": [text["message_id"]],
        "captioned": shown["message_id"],
        "photo": photo["photo"][0]["file_id"],
        "document": document["document"]["file_id"],
        "group": await telegram.group("Семья", anna),
    }


def example(method: str, world: dict[str, Any]) -> dict[str, Any]:
    """Parameters that the method accepts."""
    kept = {name: world[name] for name in ("chat_id", "from_chat_id", "user_id", "message_id")}
    file = world["photo"]
    media = {"type": "photo", "media": file}
    special: dict[str, dict[str, Any]] = {
        "sendMessage": TEXT,
        "sendPhoto": {**CAPTION, "photo": file},
        "sendDocument": {**CAPTION, "document": world["document"]},
        "sendMediaGroup": {"media": [media, media]},
        "sendLocation": POINT,
        "sendVenue": {**POINT, "title": "Магазин", "address": "Невский, 1"},
        "sendContact": {"phone_number": "+79161234502", "first_name": "Борис"},
        "sendChatAction": {"action": "typing"},
        "copyMessage": {**CAPTION, "message_id": world["captioned"]},
        "editMessageText": TEXT,
        "editMessageCaption": {**CAPTION, "message_id": world["captioned"]},
        "editMessageMedia": {"media": media},
        "editMessageReplyMarkup": {
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
        },
        "deleteMessages": {"message_ids": world["message_ids"]},
        "getFile": {"file_id": file},
        "setMyCommands": {"commands": [{"command": "a", "description": "b"}]},
        "setWebhook": {"url": "https://karman.example/", "ip_address": "10.0.0.1"},
        "leaveChat": {"chat_id": world["group"]},
        "createChatInviteLink": {"chat_id": world["group"]},
        "answerCallbackQuery": {"callback_query_id": "1"},
        "answerInlineQuery": {"inline_query_id": "1", "results": []},
        "getUserProfilePhotos": {},
    }
    return {**kept, **special.get(method, {})}


@pytest.mark.parametrize("method", sorted(OFFERED))
async def test_every_honoured_parameter_is_read(
    telegram: Telegram, world: dict[str, Any], method: str
) -> None:
    values = Noted(example(method, world))
    refused = ""
    try:
        await call_method(telegram.sandbox.box, method, Params(values))
    except ApiError as answer:
        refused = answer.description
    if method.startswith("answer"):  # nobody asked, so it is refused at the end
        assert "query is too old" in refused
    else:
        assert refused == ""
    honoured = {p.name for p in OFFERED[method] if p.treatment == "honoured"}
    assert honoured - values.read == set()


def required_but_missing() -> Iterator[tuple[str, str]]:
    """Every required parameter, but for those whose absence means something at Telegram."""
    meaningful = {("setWebhook", "url")}  # an empty address removes the webhook
    for method, parameters in OFFERED.items():
        for parameter in parameters:
            if parameter.required and (method, parameter.name) not in meaningful:
                yield method, parameter.name


async def test_a_required_parameter_cannot_be_left_out(
    telegram: Telegram, world: dict[str, Any]
) -> None:
    for method, missing in required_but_missing():
        values = {k: v for k, v in example(method, world).items() if k != missing}
        refused = await telegram.refusal(method, **values)
        assert refused.startswith("400 Bad Request: "), (method, missing)


async def test_a_refused_parameter_is_refused_by_name(telegram: Telegram) -> None:
    for method, parameters in OFFERED.items():
        for name in [p.name for p in parameters if p.treatment == "refused"]:
            refused = await telegram.refusal(method, **{name: "1"})
            assert refused == f"400 Bad Request: parameter {name} is not offered by the sandbox"


def test_the_table_names_the_whole_bot_api() -> None:
    assert set(METHODS) == set(OFFERED)
    assert not set(OFFERED) & NOT_OFFERED
    assert len(OFFERED) + len(NOT_OFFERED) == 180


async def test_a_method_of_telegram_that_is_not_offered_says_so(telegram: Telegram) -> None:
    for method in sorted(NOT_OFFERED):
        refused = await telegram.refusal(method)
        assert refused == f"400 Bad Request: method {method} is not offered by the sandbox"
