"""A connection to Bitrix is tried for real, and what its REST answers is understood."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from pydantic import SecretStr, ValidationError

from backend.partners.bitrix.check import check
from backend.partners.bitrix.settings import Secrets, Settings
from backend.partners.bitrix.wire.errors import AccessRefused, Away, NotFound, Refused
from backend.partners.bitrix.wire.event import event_of, is_theirs
from backend.partners.bitrix.wire.models import Order
from backend.partners.bitrix.wire.rest import understood
from backend.partners.way import Way
from backend.platform.clock import utc_now
from tests.partners.bitrix.double import CODE, EVENT, ORDER, TOKEN, Portal


@pytest.fixture
async def portal() -> AsyncIterator[tuple[Portal, str, Way]]:
    there = Portal()
    server = TestServer(there.app)
    await server.start_server()
    async with ClientSession() as session:
        yield there, f"http://127.0.0.1:{server.port}", Way(session, utc_now)
    await server.close()


async def found(portal: tuple[Portal, str, Way], rest: str = CODE) -> list[tuple[bool, str]]:
    _, url, way = portal
    settings = Settings(url=url, orders="both")
    secrets = Secrets(application_token=SecretStr(TOKEN), rest=SecretStr(rest))
    return [(each.good, each.what) async for each in check(settings, secrets, way)]


async def test_what_can_be_read_and_what_cannot(portal: tuple[Portal, str, Way]) -> None:
    assert [good for good, _ in await found(portal)] == [True, True, True]
    portal[0].scopes.discard("crm")
    assert [good for good, _ in await found(portal)] == [True, False, False]
    wrong = await found(portal, "rest/1/another-code")
    assert [good for good, _ in wrong] == [False, False, False]
    assert "401" in wrong[0][1]


def test_the_documented_order_and_event_are_read() -> None:
    order = Order.model_validate(ORDER)
    assert (order.id, order.number, str(order.price), order.payed) == ("236", "392", "1480", "N")
    assert (order.value_of("PHONE"), order.value_of("CONTACT_ADDRESS")) == ("14151234567", "")
    event = event_of(EVENT)
    assert (event.name, event.id, event.ts) == ("ONSALEORDERSAVED", "300", "1714649632")
    assert is_theirs(event, TOKEN)
    assert not is_theirs(event, "")
    assert not is_theirs(event_of({}), TOKEN)


@pytest.mark.parametrize(
    ("status", "told", "error"),
    [
        (400, {"error": 200540400001, "error_description": "order does not exist"}, NotFound),
        (400, {"error": "", "error_description": "Not found"}, NotFound),
        (401, {"error": "INVALID_CREDENTIALS"}, AccessRefused),
        (403, {"error": "insufficient_scope"}, AccessRefused),
        (302, {}, AccessRefused),
        (503, {"error": "QUERY_LIMIT_EXCEEDED"}, Away),
        (500, {}, Away),
        (200, {"error": "QUERY_LIMIT_EXCEEDED"}, Away),
        (400, {"error": "100", "error_description": "x"}, Refused),
        (200, [], Away),
    ],
)
def test_every_kind_of_no(status: int, told: Any, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        understood(status, json.dumps(told).encode())
    assert type(raised.value) is error


@pytest.mark.parametrize("wrong", [{"url": "shop"}, {"orders": "none"}, {"stock": True}])
def test_wrong_settings_name_the_field(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as told:
        Settings.model_validate({"url": "https://a.bitrix24.ru"} | wrong)
    assert told.value.errors()[0]["loc"][0] == next(iter(wrong))
