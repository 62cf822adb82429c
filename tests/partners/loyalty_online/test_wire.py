"""What leaves for the host is what the API's pages show, and what comes back is believed if it is
of the API."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from aiohttp import ClientSession, web
from pydantic import ValidationError

from backend.partners.loyalty_online.wire.client import Client
from backend.partners.loyalty_online.wire.errors import (
    Busy,
    Declined,
    Failing,
    LoyaltyOnlineError,
    Malformed,
    NotAuthorised,
    NotServed,
    Unanswered,
)
from backend.partners.loyalty_online.wire.models import Search

CARD = b'{"card":{"cardNumber":"1","cardState":"active"}}'
PHONE = Search(msisdn="79216668899")


@dataclass
class Heard:
    """A server that notes what it hears, and says what it was told to."""

    answer: web.Response | bytes = b"{}"
    lines: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def hear(self, request: web.Request) -> web.Response:
        self.lines.append(f"{request.method} {request.raw_path}")
        self.headers = dict(request.headers)
        self.body = await request.read()
        if isinstance(self.answer, web.Response):
            return self.answer
        return web.Response(body=self.answer, content_type="application/json")


@pytest.fixture
async def heard() -> AsyncIterator[tuple[Heard, Client]]:
    server = Heard()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server, Client(session, url, "Aladdin", "open sesame", seconds=5.0)
    await runner.cleanup()


async def test_the_search_is_the_documented_request(heard: tuple[Heard, Client]) -> None:
    server, client = heard
    born = date(1990, 1, 1)
    search = Search(msisdn="79216668899", email="sample@domain.com", birth_date=born)
    assert await client.find(search) is None
    assert server.lines == [
        "GET /v1/card?msisdn=79216668899&email=sample@domain.com&birthDate=1990-01-01"
    ]
    assert server.headers["Authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "RFC 7617, 2"


async def test_what_has_a_meaning_in_addresses_is_escaped(heard: tuple[Heard, Client]) -> None:
    server, client = heard
    await client.find(Search(email="a+b&msisdn=7@x.ru"))
    await client.tell_channels("1/2?3#4 5%", ["sms"], [])
    assert server.lines == [
        "GET /v1/card?email=a%2Bb%26msisdn%3D7@x.ru",
        "PUT /v1/card/1%2F2%3F3%234%205%25/communication",
    ]
    for number in ("", ".", ".."):
        with pytest.raises(ValueError, match="no part of a path"):
            await client.tell_channels(number, [], ["sms"])


async def test_bodies_are_the_documented_ones(heard: tuple[Heard, Client]) -> None:
    server, client = heard
    await client.tell_channels("2000", ["sms", "email"], ["call"], "key-1")
    assert server.body == b'{"allow": ["sms", "email"], "deny": ["call"]}'
    assert server.headers["Content-Type"] == "application/json; charset=utf-8"
    assert server.headers["Idempotency-Key"] == "key-1"
    await client.send_receipt("2000", "t=20261121T0900&s=1.00&fn=1&i=2&fp=3&n=1")
    await client.send_promo_code("2000", "СЫР")
    server.answer = CARD
    await client.issue_anonymous({})
    assert server.body == b"{}"
    assert server.lines[1:] == [
        "POST /v1/promo/qrCode",
        "POST /v1/promo/code",
        "POST /v1/card/anonymous",
    ]


@pytest.mark.parametrize(
    "phone", ["+79161234567", "89161234567890123", "7916 123", "", "0916123456", "7916123456\n"]
)
def test_a_phone_is_digits_alone(phone: str) -> None:
    with pytest.raises(ValidationError):
        Search(msisdn=phone)


async def test_a_card_may_have_more_and_numbers_as_numbers(heard: tuple[Heard, Client]) -> None:
    server, client = heard
    server.answer = (
        b'{"card":{"cardNumber":4600000000015,"cardState":"Inactive","colour":"red",'
        b'"barcode":{"barcodeNumber":"X1","barcodeType":"CODE_128","x":1}},"y":[]}'
    )
    card = await client.find(PHONE)
    assert card is not None
    assert (card.number, card.state) == ("4600000000015", "Inactive")
    assert card.barcode is not None
    assert (card.barcode.number, card.barcode.type) == ("X1", "CODE_128")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"null",
        b'"card"',
        b"{",
        b'{"status":"ok"}',
        b'{"card":[]}',
        b'{"card":{}}',
        b'{"card":{"cardNumber":"","cardState":"active"}}',
        b'{"card":{"cardNumber":"1","cardState":"gone"}}',
        b'{"card":{"cardNumber":true,"cardState":"active"}}',
        b'{"card":{"cardNumber":"1"}}',
        b'{"card":{"cardNumber":"1","cardState":"active","barcode":{"barcodeNumber":"1"}}}',
        b'{"card":{"cardNumber":NaN,"cardState":"active"}}',
        '{"card":{"cardNumber":"Ж","cardState":"active"}}'.encode("cp1251"),
        b"[" * 100_000,
        b'{"x":"' + b"y" * 300_000 + b'"}',
    ],
)
async def test_what_is_no_answer_is_not_taken_for_nobody(
    heard: tuple[Heard, Client], answer: bytes
) -> None:
    server, client = heard
    server.answer = answer
    with pytest.raises(Malformed):
        await client.find(PHONE)
    if answer.startswith(b"[" * 9) or not answer:
        return
    with pytest.raises(Malformed):
        await client.issue_anonymous({})


async def test_only_an_empty_object_is_nobody(heard: tuple[Heard, Client]) -> None:
    server, client = heard
    for answer in (b"{}", b' {"card": null}\n'):
        server.answer = answer
        assert await client.find(PHONE) is None


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (lambda: web.Response(status=401), NotAuthorised),
        (lambda: web.Response(status=403), NotAuthorised),
        (lambda: web.Response(status=404), NotServed),
        (lambda: web.Response(status=405), NotServed),
        (lambda: web.Response(status=302, headers={"Location": "/elsewhere"}), NotServed),
        (lambda: web.Response(status=429), Busy),
        (lambda: web.Response(status=500), Failing),
        (lambda: web.Response(status=503), Failing),
        (lambda: web.Response(status=204), Malformed),
        (lambda: web.Response(text="<html>", content_type="text/html"), Malformed),
        (lambda: web.Response(status=422, text="DBMS server unavailable"), Malformed),
        (lambda: web.json_response({"code": ""}, status=422), Malformed),
        (lambda: web.json_response({"code": True}, status=422), Malformed),
        (lambda: web.json_response([], status=422), Malformed),
    ],
)
async def test_every_other_answer_has_its_name(
    heard: tuple[Heard, Client], response: object, error: type[LoyaltyOnlineError]
) -> None:
    server, client = heard
    assert callable(response)
    server.answer = response()
    with pytest.raises(error):
        await client.find(PHONE)
    assert len(server.lines) == 1, "no redirect is followed, nothing is tried again"


async def test_their_own_error_is_told_by_its_code(heard: tuple[Heard, Client]) -> None:
    server, client = heard
    said = {"code": 123, "description": "Карта Ивановой заблокирована"}
    server.answer = web.json_response(said, status=422)
    with pytest.raises(Declined) as declined:
        await client.find(PHONE)
    assert declined.value.code == "123"
    assert "Иванов" not in str(declined.value), "their text may name somebody"


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("7", timedelta(seconds=7)),
        ("99999999999", timedelta(days=1)),
        ("Sat, 21 Nov 2026 09:01:00 GMT", timedelta(minutes=1)),
        ("Sat, 21 Nov 2026 08:00:00 GMT", None),
        ("soon", None),
        ("-1", None),
        ("", None),
    ],
)
async def test_how_long_they_are_busy(
    heard: tuple[Heard, Client], said: str, after: timedelta | None
) -> None:
    server, client = heard
    date_ = {"Retry-After": said, "Date": "Sat, 21 Nov 2026 09:00:00 GMT"}
    server.answer = web.Response(status=429, headers=date_)
    with pytest.raises(Busy) as busy:
        await client.find(PHONE)
    assert busy.value.after == after
    assert client.their_time == datetime(2026, 11, 21, 9, tzinfo=UTC)


async def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    async with ClientSession() as session:
        nowhere = Client(session, f"http://127.0.0.1:{port}", "a", "b")
        with pytest.raises(Unanswered) as away:
            await nowhere.find(PHONE)
    assert not away.value.arrived, "what never left was never done"
