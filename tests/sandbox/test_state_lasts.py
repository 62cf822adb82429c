"""A restart and a kill lose nothing."""

import os
import signal
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

import aiohttp

from tests.support.chat.telegram import Telegram
from tests.support.pictures.small import picture

SERVE = """
import asyncio, pathlib, sys
from bot.sandbox.server import Sandbox

async def serve():
    sandbox = Sandbox(pathlib.Path(sys.argv[1]))
    await sandbox.start()
    print(sandbox.url, flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""


async def test_everything_is_there_after_a_restart(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    photo = (await anna.send_photo(picture()))[0]["photo"][-1]
    await telegram.call("getUpdates", allowed_updates=["message"])
    await telegram.call("setMyCommands", commands=[{"command": "cards", "description": "Карты"}])
    keyboard = {"keyboard": [["Дальше"]]}
    await telegram.call("sendMessage", chat_id=anna.id, text="Раз", reply_markup=keyboard)
    await telegram.person("Борис").block()
    before = anna.messages
    url = telegram.url

    await telegram.restart()
    assert telegram.url == url
    anna = telegram.person("Анна")
    assert (anna.messages, anna.keyboard) == (before, ["Дальше"])
    updates = await telegram.call("getUpdates")
    assert [update["message"]["message_id"] for update in updates] == [1, 2]
    assert await telegram.call("getMyCommands") == [{"command": "cards", "description": "Карты"}]
    again = await telegram.call("sendPhoto", chat_id=anna.id, photo=photo["file_id"])
    assert again["photo"][-1] == photo
    refused = await telegram.refusal("sendMessage", chat_id=telegram.person("Борис").id, text="x")
    assert "blocked" in refused


async def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    process = await create_subprocess_exec(
        sys.executable, "-c", SERVE, str(tmp_path), stdout=PIPE, env=environment
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/sandbox/people") as answer:
            anna_id = (await answer.json())[0]["id"]
        body = {"payload": "promo"}
        async with http.post(f"{url}/sandbox/people/{anna_id}/start", json=body) as answer:
            assert answer.status == 200
    process.send_signal(signal.SIGKILL)
    await process.wait()

    async with Telegram(tmp_path) as telegram:
        assert [m["text"] for m in telegram.person("Анна").messages] == ["/start promo"]
        assert (await telegram.call("getUpdates"))[0]["message"]["text"] == "/start promo"
