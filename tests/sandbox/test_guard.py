"""Strangers are kept out, the page is hardened, letters to the world stay here."""

import socket
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.support.chat.telegram import Telegram


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8081"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_strangers_are_refused(telegram: Telegram, headers: dict[str, str]) -> None:
    for path in ("/sandbox/people", f"/bot{telegram.token}/getMe", "/"):
        answer = await telegram.page("GET", path, headers=headers, status=403)
        assert set(answer) == {"error"}


async def test_a_form_of_another_site_is_no_json(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await telegram.page(
        "POST", f"/sandbox/people/{anna.id}/send", data="text=x", status=403,
        headers={"Content-Type": "text/plain"},
    )  # fmt: skip
    assert anna.messages == []


async def test_every_answer_is_hardened(telegram: Telegram) -> None:
    async with aiohttp.ClientSession() as http, http.get(telegram.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.status == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert policy.startswith(
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'"
    )
    assert "unsafe" not in policy


async def test_an_uploaded_page_is_only_downloaded(telegram: Telegram) -> None:
    sent = await telegram.person("Анна").send_document("x.html", b"<script>1</script>")
    url = f"{telegram.url}/sandbox/files/{sent['document']['file_id']}"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_a_taken_port_is_an_os_error(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        sandbox = Sandbox(tmp_path)
        with pytest.raises(OSError, match="address already in use"):
            await sandbox.start(port=taken.getsockname()[1])
    await sandbox.stop()


async def test_letters_to_the_world_stay_here(telegram: Telegram) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    mail = {"to": "anna@example.com", "subject": "Подтвердите", "text": "ссылка"}
    await telegram.page("POST", "/sandbox/outside/mail", json=mail)
    sms = {"to": "+7 916 123-45-01", "text": "Код 1234"}
    await telegram.page("POST", "/sandbox/outside/sms", json=sms)
    found = await telegram.outside()
    assert found["mail"][0]["subject"] == "Подтвердите"
    assert found["sms"][0]["text"] == "Код 1234"
    assert [event["type"] for event in anna.events] == ["mail", "sms"]
    assert [event["type"] for event in boris.events] == ["mail"]


async def test_the_page_api(telegram: Telegram) -> None:
    new = await telegram.page("POST", "/sandbox/people", json={"first_name": "Ева"})
    people = await telegram.page("GET", "/sandbox/people")
    assert [person["first_name"] for person in people] == ["Анна", "Борис", "Carol", "Дина", "Ева"]
    assert (new["language_code"], new["unread"], new["blocked"]) == ("ru", 0, False)

    eva = telegram.person("Ева")
    await eva.start()
    await telegram.call("sendMessage", chat_id=eva.id, text="Привет")
    people = await telegram.page("GET", "/sandbox/people")
    assert people[-1]["unread"] == 1
    chat = await telegram.page("GET", f"/sandbox/people/{eva.id}/chats/{eva.id}")
    assert [(m["text"], m["mine"]) for m in chat["messages"]] == [
        ("/start", True),
        ("Привет", False),
    ]
    chats = await telegram.page("GET", f"/sandbox/people/{eva.id}/chats")
    assert chats[0]["last"]["text"] == "Привет"
    assert (await telegram.page("GET", "/sandbox/people"))[-1]["unread"] == 0

    await eva.clear()
    assert eva.messages == []
    boris = telegram.person("Борис")
    await telegram.page("GET", f"/sandbox/people/{boris.id}/chats/{eva.id}", status=404)
    await telegram.page("GET", "/sandbox/people/5/chats", status=404)


async def test_events_arrive_over_http(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    url = f"{telegram.url}/sandbox/people/{anna.id}/events"
    async with aiohttp.ClientSession() as http, http.get(url) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        await stream.content.readuntil(b"hello\n\n")
        await anna.send("привет")
        event = await stream.content.readuntil(b"\n\n")
    assert event.startswith(b'data: {"type":"message"')
