"""The same call in a query, a form, a multipart body and JSON."""

from typing import Any

import aiohttp
import orjson
import pytest

from tests.support.chat.telegram import Telegram

KEYBOARD = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}


async def test_each_kind_of_body_means_the_same(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    flat = {
        "chat_id": str(anna.id),
        "text": "да & нет",
        "protect_content": "true",
        "reply_markup": orjson.dumps(KEYBOARD).decode(),
    }
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in flat.items():
        form.add_field(name, value)
    bodies: list[dict[str, Any]] = [
        {"params": flat},
        {"data": flat},
        {"data": form},
        {"json": {**flat, "chat_id": anna.id, "protect_content": True, "reply_markup": KEYBOARD}},
    ]
    made = []
    async with aiohttp.ClientSession() as http:
        for body in bodies:
            async with http.post(url, **body) as answer:
                made.append((await answer.json())["result"])
        async with http.get(url, params=flat) as answer:
            made.append((await answer.json())["result"])
    for message in made:
        assert message["text"] == "да & нет"
        assert message["has_protected_content"] is True
        assert message["reply_markup"] == KEYBOARD
    assert len({message["message_id"] for message in made}) == 5


async def test_a_file_may_be_attached_by_name(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    form = aiohttp.FormData()
    form.add_field("chat_id", str(anna.id))
    form.add_field("document", "attach://offer")
    form.add_field("offer", "текст".encode(), filename="offer.txt", content_type="text/plain")
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{telegram.url}/bot{telegram.token}/sendDocument", data=form) as answer,
    ):
        document = (await answer.json())["result"]["document"]
    assert (document["file_name"], document["mime_type"]) == ("offer.txt", "text/plain")
    found = await telegram.call("getFile", file_id=document["file_id"])
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{telegram.url}/file/bot{telegram.token}/{found['file_path']}") as answer,
    ):
        assert (await answer.read()).decode() == "текст"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/x-www-form-urlencoded", b"text=\xff"),
        ("multipart/form-data", b"no boundary"),
    ],
)
async def test_a_broken_body_is_a_bad_request(telegram: Telegram, kind: str, body: bytes) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.post(
            f"{telegram.url}/bot{telegram.token}/sendMessage",
            data=body,
            headers={"Content-Type": kind},
        ) as answer,
    ):
        assert (answer.status, (await answer.json())["ok"]) == (400, False)


async def test_tokens_and_names(telegram: Telegram) -> None:
    async with aiohttp.ClientSession() as http:

        async def status(token: str, method: str) -> tuple[int, str]:
            async with http.get(f"{telegram.url}/bot{token}/{method}") as answer:
                return answer.status, (await answer.json())["description"]

        assert await status("1000000001:other", "getMe") == (401, "Unauthorized")
        assert await status("nonsense", "getMe") == (404, "Not Found")
        assert await status(telegram.token, "getNothing") == (404, "Not Found")
        refused = await status(telegram.token, "sendPoll")
        assert refused == (400, "Bad Request: method sendPoll is not offered by the sandbox")
    assert (await telegram.call("GETME"))["is_bot"] is True
