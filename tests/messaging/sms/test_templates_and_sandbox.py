"""A gateway that is described by templates, and the phone and mailbox of the sandbox's page."""

from email.headerregistry import Address
from typing import Any

import pytest
from aiohttp import ClientSession, web

from backend.messaging.channel import Handed
from backend.messaging.email.letter import Letter, build
from backend.messaging.email.sandbox.send import SandboxMailer
from backend.messaging.email.send import EmailChannel
from backend.messaging.email.settings import email_channel
from backend.messaging.handover import Handover, PersonAddress
from backend.messaging.registry import open_channels
from backend.messaging.sms.http_template.send import HttpGateway, Template
from backend.messaging.sms.http_template.settings import http_gateway
from backend.messaging.sms.sandbox.send import SandboxGateway
from backend.messaging.sms.settings import choose_gateway
from backend.platform.settings import SettingsRefused, load_settings
from models.message import Message
from tests.support.clock import START, StoppedClock
from tests.support.edge.gateways import Reply, serving
from tests.support.edge.noting_telegram import TOKEN
from tests.support.machine.running import OpenGate

ANNA = "+79161234567"
SENDER = Address("Карман", addr_spec="no-reply@karman.example")


def noting(seen: list[dict[str, Any]], said: str = "") -> Reply:
    async def answer(request: web.Request) -> web.Response:
        seen.append(
            {
                "method": request.method,
                "query": dict(request.query),
                "type": request.headers.get("Content-Type"),
                "key": request.headers.get("Authorization"),
                "body": await request.text(),
            }
        )
        return web.Response(text=said)

    return answer


async def test_a_bare_template_asks_for_a_page_and_sends_nothing_along(
    http: ClientSession,
) -> None:
    seen: list[dict[str, Any]] = []
    async with serving("/send", noting(seen)) as url:
        template = Template(f"{url}?to={{digits}}&text={{text}}&who={{name}}", kopecks=250)
        assert await HttpGateway(http, template).send(ANNA, "a&b=c d") == Handed("", 250)
    assert seen == [
        {
            "method": "GET", "type": None, "key": None, "body": "",
            "query": {"to": ANNA[1:], "text": "a&b=c d", "who": "{name}"},
        }
    ]  # fmt: skip


async def test_a_form_is_quoted_as_a_form_and_json_as_json(http: ClientSession) -> None:
    seen: list[dict[str, Any]] = []
    async with serving("/send", noting(seen)) as url:
        form = Template(url, "POST", "to={to}&text={text}", token="T")
        await HttpGateway(http, form).send(ANNA, "a&b=ё")
        await HttpGateway(http, Template(url, "POST", '{"text": "{text}"}')).send(ANNA, '"\n')
    assert seen[0]["type"] == "application/x-www-form-urlencoded"
    assert (seen[0]["key"], seen[0]["body"]) == (
        "Bearer T", "to=%2B79161234567&text=a%26b%3D%D1%91",
    )  # fmt: skip
    assert (seen[1]["type"], seen[1]["key"]) == ("application/json", None)
    assert seen[1]["body"] == '{"text": "\\"\\n"}'


async def test_what_the_answer_names_is_kept_as_far_as_a_row_holds_it(
    http: ClientSession,
) -> None:
    expect = r"id=(?P<id>\w*)(?: cost=(?P<cost>\S+))?"
    for said, handed in (
        ("id=" + "7" * 200 + " cost=1.20", Handed("7" * 128, 120)),
        ("well: id=7", Handed("7", 300)),
        ("id=", Handed("", 300)),
    ):
        async with serving("/send", noting([], said)) as url:
            template = Template(f"{url}?{{to}}{{text}}", expect=expect, kopecks=300)
            assert await HttpGateway(http, template).send(ANNA, "x") == handed


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "KARMAN_SMS_URL"),
        ({"sms_url": "https://g.example/?to={to}"}, "KARMAN_SMS_URL"),
        ({"sms_url": "https://g.example/?text={text}"}, "KARMAN_SMS_URL"),
        ({"sms_body": "to={to}&text={text}", "sms_method": "POST"}, "KARMAN_SMS_URL"),
        (
            {"sms_url": "https://g.example/", "sms_body": "to={to}&text={text}"},
            "KARMAN_SMS_METHOD",
        ),
    ],
)
def test_a_template_that_cannot_work_stops_the_start(
    http: ClientSession, settings: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsRefused, match=f"^{named}: expected"):
        http_gateway(load_settings(sms_gateway="http", **settings), http)


async def test_a_gateway_of_the_settings_is_asked_as_they_say(http: ClientSession) -> None:
    """The places may stand in the address or in the body, the number with or without its plus."""
    seen: list[dict[str, Any]] = []
    async with serving("/send", noting(seen, "OK 5 0,70")) as url:
        more = {"sms_gateway": "http", "sms_expect": r"OK (?P<id>\d+)", "sms_kopecks": 120}
        posted = load_settings(
            sms_url=url + "?k=1", sms_method="POST", sms_body="{digits}:{text}", sms_token="T",
            **more,
        )  # fmt: skip
        mixed = load_settings(sms_url=url + "?to={to}&text={text}", **more)
        for settings in (posted, mixed):
            gateway = choose_gateway(settings, http)
            assert gateway is not None
            assert await gateway.send(ANNA, "x") == Handed("5", 120)
    assert [(one["method"], one["key"], one["body"]) for one in seen] == [
        ("POST", "Bearer T", "79161234567:x"),
        ("GET", None, ""),
    ]
    assert [one["query"] for one in seen] == [{"k": "1"}, {"to": ANNA, "text": "x"}]


async def test_the_sandbox_shows_an_sms_and_a_letter(http: ClientSession) -> None:
    seen: list[tuple[str, str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.method, request.path, await request.json()))
        return web.Response(text="{}")

    letter = Letter("anna@example.ru", "Тема", "Текст", "<p>Текст</p>", "abc")
    leaving = Letter(
        "anna@example.ru", "Тема", "Текст", "<p>Текст</p>", "abc", "https://karman.example/c/1"
    )
    async with serving("/sandbox/outside/{kind}", answer) as url:
        base = url.removesuffix("/sandbox/outside/{kind}")
        assert await SandboxGateway(http, base).send(ANNA, "Код") == Handed("sandbox")
        mailer = SandboxMailer(http, base)
        for one in (letter, leaving):
            handed = await mailer.send(one, build(one, SENDER, START))
            assert handed == Handed("<abc@karman.example>")
    headers = {"From": "Карман <no-reply@karman.example>", "Message-ID": "<abc@karman.example>"}
    shown = {"to": "anna@example.ru", "subject": "Тема", "text": "Текст", "html": "<p>Текст</p>"}
    assert seen == [
        ("POST", "/sandbox/outside/sms", {"to": ANNA, "text": "Код"}),
        ("POST", "/sandbox/outside/mail", {**shown, "headers": headers}),
        (
            "POST",
            "/sandbox/outside/mail",
            {
                **shown,
                "headers": {
                    **headers,
                    "List-Unsubscribe": "<https://karman.example/c/1>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            },
        ),
    ]


@pytest.mark.parametrize(
    ("settings", "open_ones"),
    [
        ({}, {"telegram"}),
        ({"sandbox_url": "http://127.0.0.1:8081"}, {"telegram", "email", "sms"}),
        ({"smtp_url": "smtp://mail.example"}, {"telegram", "email"}),
        ({"sms_gateway": "smsru", "sms_api_id": "K"}, {"telegram", "sms"}),
    ],
)
async def test_the_channels_are_those_that_are_set_up(
    settings: dict[str, str], open_ones: set[str]
) -> None:
    async with open_channels(load_settings(bot_token=TOKEN, **settings), OpenGate()) as channels:
        assert set(channels) == open_ones


async def test_letters_leave_from_the_address_of_the_settings_at_the_time_of_the_clock(
    http: ClientSession,
) -> None:
    """The server of the settings stands before the sandbox's mailbox."""
    assert email_channel(load_settings(), http, StoppedClock()) is None
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(await request.json())
        return web.Response(text="{}")

    message = Message(kind="email-confirm", once="letter:1", data={})
    handover = Handover(message, "ru", PersonAddress("anna@example.ru"), {"path": "/e/t0ken"})
    async with serving("/sandbox/outside/mail", answer) as url:
        settings = load_settings(
            sandbox_url=url.removesuffix("/sandbox/outside/mail"),
            mail_from="Карман <post@karman.example>",
            base_url="https://karman.example",
        )
        channel = email_channel(settings, http, StoppedClock())
        assert isinstance(channel, EmailChannel)
        handed = await channel.send(handover)
    assert handed.provider_id.endswith("@karman.example>")
    assert seen[0]["headers"]["From"] == "Карман <post@karman.example>"
    assert "https://karman.example/e/t0ken" in seen[0]["text"]
