"""Every answer of SMSC.ru and SMS.ru has one of our names, and each is asked as it expects."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web

from backend.messaging.channel import Handed, Unreachable
from backend.messaging.sms.settings import choose_gateway, sms_channel
from backend.messaging.sms.smsc import send as smsc
from backend.messaging.sms.smsc.send import SmscGateway
from backend.messaging.sms.smsru import send as smsru
from backend.messaging.sms.smsru.send import SmsRuGateway
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.settings import SettingsRefused, load_settings
from tests.support.edge.gateways import Reply, serving

ANNA = "+79161234567"
DIGITS = "79161234567"
MINUTE = timedelta(minutes=1)
Told = Mapping[str, Any]


def saying(told: object, seen: list[Told] | None = None) -> Reply:
    async def answer(request: web.Request) -> web.Response:
        if seen is not None:
            seen.append({"method": request.method, **await request.post()})
        if isinstance(told, str):
            return web.Response(text=told)
        return web.json_response(told)

    return answer


@pytest.mark.parametrize(
    ("code", "name", "after"),
    [
        (1, GiveUp, None), (2, NeedsSettings, None), (3, NeedsSettings, None),
        (4, TryLater, 10 * MINUTE), (5, GiveUp, None), (6, GiveUp, None), (7, Unreachable, None),
        (8, Unreachable, None), (9, TryLater, MINUTE), (10, GiveUp, None),
    ],
)  # fmt: skip
async def test_what_smsc_says(
    http: ClientSession, code: int, name: type[Failure], after: timedelta | None
) -> None:
    async with serving("/send", saying({"error": "no", "error_code": code})) as url:
        with pytest.raises(name) as told:
            await SmscGateway(http, "karman", "s3cret", url=url).send(ANNA, "Код")
    assert getattr(told.value, "after", None) == after
    assert "SMSC.ru" in str(told.value)
    assert not getattr(told.value, "gone", False), "the person is still there"
    if name in {GiveUp, Unreachable}:
        assert str(told.value).endswith(f": {code}")


@pytest.mark.parametrize("told", [{"error": "no"}, {"error_code": 0}])
async def test_smsc_may_refuse_without_a_number(http: ClientSession, told: Told) -> None:
    async with serving("/send", saying(told)) as url:
        with pytest.raises(GiveUp, match=r"SMSC\.ru refused the message: 0"):
            await SmscGateway(http, "karman", "s3cret", url=url).send(ANNA, "Код")


@pytest.mark.parametrize(
    ("code", "name", "after"),
    [
        (200, NeedsSettings, None), (201, NeedsSettings, None), (202, Unreachable, None),
        (203, GiveUp, None), (204, NeedsSettings, None), (206, TryLater, 60 * MINUTE),
        (207, Unreachable, None), (208, GiveUp, None), (209, Unreachable, None),
        (220, TryLater, MINUTE), (230, Unreachable, None), (231, TryLater, MINUTE),
        (232, Unreachable, None), (300, NeedsSettings, None), (301, NeedsSettings, None),
        (302, NeedsSettings, None), (500, TryLater, MINUTE), (501, GiveUp, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("of_number", [False, True])
async def test_what_smsru_says(
    http: ClientSession, code: int, name: type[Failure], after: timedelta | None, of_number: bool
) -> None:
    """Of the whole request, or of the number alone."""
    said: dict[str, object] = {"status": "ERROR", "status_code": code}
    if of_number:
        said = {"status": "OK", "status_code": 100, "sms": {DIGITS: said}}
    async with serving("/send", saying(said)) as url:
        with pytest.raises(name) as told:
            await SmsRuGateway(http, "KEY-1", url=url).send(ANNA, "Код")
    assert getattr(told.value, "after", None) == after
    assert "SMS.ru" in str(told.value)
    assert not getattr(told.value, "gone", False)
    if name in {GiveUp, Unreachable, TryLater}:
        assert str(told.value).endswith(f": {code}")


@pytest.mark.parametrize(
    "said",
    [
        {"status_code": 100},
        {"status_code": 100, "sms": {}},
        {"status_code": 100, "sms": {"79990000000": {"status_code": 100}}},
        {"status_code": 100, "sms": {DIGITS: {"status_code": "100"}}},
        {},
    ],
)
async def test_smsru_took_nothing_that_it_does_not_say_it_took(
    http: ClientSession, said: Told
) -> None:
    async with serving("/send", saying(said)) as url:
        with pytest.raises(GiveUp, match=r"SMS\.ru refused the message: 0"):
            await SmsRuGateway(http, "KEY-1", url=url).send(ANNA, "Код")


@pytest.mark.parametrize("said", ["<html>maintenance</html>", "", "[]", '"OK"', "100"])
async def test_something_else_than_an_answer_is_tried_again_later(
    http: ClientSession, said: str
) -> None:
    async with serving("/send", saying(said)) as url:
        with pytest.raises(TryLater, match=r"SMSC\.ru answered with something else than JSON"):
            await SmscGateway(http, "karman", "s3cret", url=url).send(ANNA, "Код")
        with pytest.raises(TryLater, match=r"SMS\.ru answered with something else than JSON"):
            await SmsRuGateway(http, "KEY-1", url=url).send(ANNA, "Код")


@pytest.mark.parametrize("sender", ["", "Karman"])
async def test_what_smsc_is_asked(http: ClientSession, sender: str) -> None:
    """In the body: an address stands in logs."""
    seen: list[Told] = []
    async with serving("/send", saying({"id": 7, "cost": "1,44"}, seen)) as url:
        gateway = SmscGateway(http, "karman", "s3cret", sender=sender, kopecks=300, url=url)
        assert await gateway.send(ANNA, "Код & всё") == Handed("7", 144)
    assert seen == [
        {
            "method": "POST", "login": "karman", "psw": "s3cret", "fmt": "3", "charset": "utf-8",
            "cost": "3", "phones": DIGITS, "mes": "Код & всё",
            **({"sender": sender} if sender else {}),
        }
    ]  # fmt: skip


@pytest.mark.parametrize("sender", ["", "Karman"])
async def test_what_smsru_is_asked(http: ClientSession, sender: str) -> None:
    seen: list[Told] = []
    took = {"status_code": 100, "sms": {DIGITS: {"status_code": 100, "sms_id": "0-1", "cost": 3.5}}}
    async with serving("/send", saying(took, seen)) as url:
        gateway = SmsRuGateway(http, "KEY-1", sender=sender, kopecks=300, url=url)
        assert await gateway.send(ANNA, "Код & всё") == Handed("0-1", 350)
    assert seen == [
        {
            "method": "POST", "api_id": "KEY-1", "json": "1", "to": DIGITS, "msg": "Код & всё",
            **({"from": sender} if sender else {}),
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cost", "kopecks"),
    [(None, 300), ("", 300), ("free", 300), ("-1", 0), ("0", 0), (2.89, 289), ("1e999", 300)],
)
async def test_a_price_that_is_not_told_is_that_of_the_settings(
    http: ClientSession, cost: object, kopecks: int
) -> None:
    one = {"status_code": 100, "cost": cost}
    async with serving("/send", saying({"cost": cost})) as url:
        assert await SmscGateway(http, "k", "s", kopecks=300, url=url).send(ANNA, "x") == Handed(
            "", kopecks
        )
    async with serving("/send", saying({"status_code": 100, "sms": {DIGITS: one}})) as url:
        assert await SmsRuGateway(http, "K", kopecks=300, url=url).send(ANNA, "x") == Handed(
            "", kopecks
        )


class Answering:
    """In place of the session: what is asked of which address."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Told]] = []

    def request(self, method: str, url: str, *, data: Told, **_more: object) -> Any:
        self.asked.append((method, url, data))
        raise TimeoutError


@pytest.mark.parametrize(
    ("name", "url", "form"),
    [
        ("smsc", smsc.URL, {"login": "karman", "psw": "s3cret", "sender": "Karman"}),
        ("smsru", smsru.URL, {"api_id": "KEY-1", "from": "Karman"}),
    ],
)
async def test_a_named_gateway_is_asked_at_its_own_address_with_what_the_settings_say(
    name: str, url: str, form: dict[str, str]
) -> None:
    http: Any = Answering()
    settings = load_settings(
        sms_gateway=name, sms_login="karman", sms_password="s3cret", sms_api_id="KEY-1",
        sms_sender="Karman", sms_kopecks=300,
    )  # fmt: skip
    gateway = choose_gateway(settings, http)
    assert gateway is not None
    with pytest.raises(Exception, match="no answer from the gateway"):
        await gateway.send(ANNA, "Код")
    [(method, asked, sent)] = http.asked
    assert (method, asked) == ("POST", url)
    assert url.startswith("https://")
    assert form.items() <= sent.items()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"sms_gateway": "smsc", "sms_login": "karman"}, "KARMAN_SMS_PASSWORD"),
        ({"sms_gateway": "smsc", "sms_password": "s3cret"}, "KARMAN_SMS_LOGIN"),
        ({"sms_gateway": "smsru", "sms_login": "karman"}, "KARMAN_SMS_API_ID"),
    ],
)
def test_half_an_account_is_none(http: ClientSession, settings: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsRefused, match=named) as refused:
        sms_channel(load_settings(**settings), http)
    assert "expected" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_without_a_gateway_and_a_sandbox_there_is_no_sms(http: ClientSession) -> None:
    assert choose_gateway(load_settings(), http) is None
    assert sms_channel(load_settings(), http) is None
    assert sms_channel(load_settings(sandbox_url="http://127.0.0.1:8081"), http) is not None
