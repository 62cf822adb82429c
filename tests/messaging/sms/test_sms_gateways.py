"""Анна's code leaves through each gateway, and every refusal has its name."""

import re

import pytest
from aiohttp import ClientSession, web

from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.registry import open_channels
from backend.messaging.sms.http_template.send import HttpGateway, Template
from backend.messaging.sms.settings import choose_gateway
from backend.messaging.sms.smsc.send import SmscGateway
from backend.messaging.sms.smsru.send import SmsRuGateway
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.settings import SettingsRefused, load_settings
from backend.platform.world.http import open_http
from tests.support.edge.gateways import Smsc, SmsRu, serving
from tests.support.machine.running import OpenGate

ANNA = "+79161234567"
TEXT = "Карман: код 123456 для карты лояльности & всё"


async def test_smsc_takes_a_message_and_names_its_price(http: ClientSession) -> None:
    smsc = Smsc()
    async with serving("/sys/send.php", smsc) as url:
        gateway = SmscGateway(http, "karman", "s3cret", url=url)
        assert await gateway.send(ANNA, TEXT) == Handed("1", 289)
        assert smsc.sent == [("79161234567", TEXT)]
        with pytest.raises(TryLater, match="a moment ago") as wait:
            await gateway.send(ANNA, TEXT)
        assert wait.value.after is not None
        smsc.landlines.add("74951234567")
        with pytest.raises(Unreachable, match="8"):
            await gateway.send("+74951234567", TEXT)
        smsc.balance = 1.0
        with pytest.raises(NeedsSettings, match="no money"):
            await gateway.send("+79160000001", TEXT)
        with pytest.raises(NeedsSettings, match="KARMAN_SMS_LOGIN"):
            await SmscGateway(http, "karman", "wrong", url=url).send(ANNA, "x")


async def test_smsru_takes_a_message_and_names_its_price(http: ClientSession) -> None:
    smsru = SmsRu(stopped={"79160000002"})
    async with serving("/sms/send", smsru) as url:
        gateway = SmsRuGateway(http, "KEY-1", url=url)
        assert await gateway.send(ANNA, TEXT) == Handed("000000-10000001", 350)
        assert smsru.sent == [("79161234567", TEXT)]
        with pytest.raises(Unreachable, match="207"):
            await gateway.send("+79160000002", TEXT)
        with pytest.raises(NeedsSettings, match="KARMAN_SMS_API_ID"):
            await SmsRuGateway(http, "KEY-2", url=url).send(ANNA, TEXT)
        smsru.away = True
        with pytest.raises(TryLater):
            await gateway.send(ANNA, TEXT)


async def test_a_template_fills_an_address(http: ClientSession) -> None:
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(text="accepted id=77 price=1,20")

    async with serving("/send", answer) as url:
        template = Template(
            url=url + "?key=K&to={to}&text={text}",
            expect=r"^accepted id=(?P<id>\d+) price=(?P<cost>[\d,]+)",
        )
        assert await HttpGateway(http, template).send(ANNA, TEXT) == Handed("77", 120)
        assert dict(seen[0].query) == {"key": "K", "to": ANNA, "text": TEXT}
        with pytest.raises(GiveUp, match="KARMAN_SMS_EXPECT"):
            await HttpGateway(http, Template(template.url, expect="^OK")).send(ANNA, TEXT)


async def test_a_template_fills_a_json_body(http: ClientSession) -> None:
    seen: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer T"
        seen.append(await request.json())
        return web.Response(status=202)

    async with serving("/send", answer) as url:
        body = '{"to": "{digits}", "text": "{text}"}'
        template = Template(url, "POST", body, token="T", kopecks=300)
        assert await HttpGateway(http, template).send(ANNA, 'a "b" \\ {to}') == Handed("", 300)
    assert seen == [{"to": "79161234567", "text": 'a "b" \\ {to}'}]


@pytest.mark.parametrize(
    ("status", "failure"),
    [(500, TryLater), (429, TryLater), (401, NeedsSettings), (302, NeedsSettings), (400, GiveUp)],
)
async def test_what_a_status_means(
    http: ClientSession, status: int, failure: type[Exception]
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "http://127.0.0.1:1/"})

    async with serving("/send", answer) as url:
        with pytest.raises(failure) as told:
            await HttpGateway(http, Template(url + "?t={to}{text}")).send(ANNA, TEXT)
    assert not re.search(r"\d{5,}|http", str(told.value)), "neither phone nor address in a reason"


async def test_nobody_there_and_no_answer(http: ClientSession) -> None:
    async def hang_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with serving("/send", hang_up) as url:
        with pytest.raises(OutcomeUnknown):
            await HttpGateway(http, Template(url + "?{to}{text}", "POST")).send(ANNA, TEXT)
    with pytest.raises(TryLater, match="away"):
        await HttpGateway(http, Template(url + "?{to}{text}")).send(ANNA, TEXT)


async def test_a_gateway_inside_the_house_is_not_asked() -> None:
    async def answer(request: web.Request) -> web.Response:
        raise AssertionError("reached")

    async with serving("/send", answer) as url, open_http() as careful:
        with pytest.raises(NeedsSettings, match="inside the house"):
            await HttpGateway(careful, Template(url + "?{to}{text}")).send(ANNA, TEXT)


def test_a_named_gateway_without_its_settings_stops_the_start(http: ClientSession) -> None:
    for name, variable in (
        ("smsc", "KARMAN_SMS_LOGIN"),
        ("smsru", "KARMAN_SMS_API_ID"),
        ("http", "KARMAN_SMS_URL"),
    ):
        with pytest.raises(SettingsRefused, match=variable):
            choose_gateway(load_settings(sms_gateway=name), http)
    with pytest.raises(SettingsRefused, match="KARMAN_SMS_URL"):
        load_settings(sms_url="https://gateway.example/send?to={phone}&text={text}")
    with pytest.raises(SettingsRefused, match="KARMAN_SMS_EXPECT"):
        load_settings(sms_expect="(")


async def test_secrets_do_not_show() -> None:
    settings = load_settings(
        sms_url="https://gateway.example/?key=HUSH&to={to}&text={text}",
        smtp_url="smtp://user:HUSH@mail.example",
        sms_password="HUSH",
        bot_token="1000000001:sandbox-token",
        sms_gateway="http",
    )
    assert "HUSH" not in repr(settings)
    async with open_channels(settings, OpenGate()) as channels:
        assert set(channels) == {"telegram", "email", "sms"}
        assert "HUSH" not in repr(channels)
