"""Whatever is thrown at it, the sandbox refuses or accepts; it never breaks."""

import random
from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.bot_api import run
from bot.sandbox.facts import OFFERED
from tests.support.chat.telegram import Telegram

NASTY: list[Any] = [
    "", " ", "0", "-1", "1", "99999999999999999999999", "1e999", "nan", "true", "null", "[]", "{}",
    "[[]]", '{"type":1}', '[{"type":"photo","media":7}]', '{"inline_keyboard":[[1]]}',
    '{"inline_keyboard":[[{"text":"x","callback_data":7}]]}', '{"keyboard":[[{"text":5}]]}',
    '[{"id":"1","type":"article","title":"x","input_message_content":{"message_text":5}}]',
    '{"message_id":"x"}', '{"message_id":99999999999999999999}', '[{"offset":-1}]',
    "<b", "</", "&#",
    "я" * 5000, "\x00", "attach://x", "http://[", "@", "@x", 0, -1, 2.0**70, 1.5, True, [], {},
    [None], {"type": None}, [[{}]], {"url": []}, [{"type": "emoji", "emoji": []}], {"text": {}},
    {"is_disabled": 5}, {"inline_keyboard": [[{"text": "x", "url": "http://[::"}]]},
]  # fmt: skip


async def test_nonsense_never_breaks_a_method(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    sent = await telegram.call("sendMessage", chat_id=anna.id, text="раз")
    right = {"chat_id": anna.id, "message_id": sent["message_id"], "user_id": anna.id, "text": "x"}
    dice = random.Random(7)
    for _ in range(60):
        for method, parameters in OFFERED.items():
            values = {
                p.name: right[p.name] if p.name in right and dice.random() < 0.6 else
                dice.choice(NASTY)
                for p in parameters
                if p.name != "timeout" and p.treatment != "refused" and dice.random() < 0.7
            }  # fmt: skip
            status, answer = await run(telegram.sandbox.box, method, Params(values))
            assert status != 500, (method, values)
            assert answer["ok"] is (status == 200)
        await telegram.call("deleteWebhook")


async def test_nonsense_never_breaks_the_page(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    verbs = ("send", "start", "edit", "forward", "contact", "location", "tap", "choose")
    names = (
        "text", "payload", "message_id", "chat_id", "own", "phone_number", "first_name", "latitude",
        "longitude", "data", "inline_message_id", "inline_query_id", "result_id",
        "reply_to_message_id",
    )  # fmt: skip
    dice = random.Random(7)
    assert telegram.http is not None
    for verb in verbs * 30:
        body = {name: dice.choice(NASTY[:-1]) for name in names if dice.random() < 0.6}
        body = {k: v for k, v in body.items() if not isinstance(v, int) or abs(v) < 2**63}
        url = f"{telegram.url}/sandbox/people/{anna.id}/{verb}"
        async with telegram.http.post(url, json=body) as answer:
            assert answer.status < 500, (verb, body, await answer.text())
