"""What is configured is checked where it is entered, and tried for real."""

from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import ValidationError

from backend.partners.loyalty_online.check import check
from backend.partners.loyalty_online.settings import Secrets, Settings
from backend.partners.way import Way
from backend.platform.clock import utc_now
from backend.platform.world.http import open_http
from tests.partners.faults import BEFORE, Fault
from tests.partners.loyalty_online.conftest import ON, SECRETS, settings
from tests.partners.loyalty_online.double import Host
from tests.support.clock import StoppedClock

URL = "https://loyalty.example/api"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"url": "loyalty.example"}, "url"),
        ({"url": "http://loyalty.example"}, "url"),
        ({"url": "https://a:b@loyalty.example"}, "url"),
        ({"url": "https://loyalty.example?x=1"}, "url"),
        ({"search_by": ["passport"]}, "search_by"),
        ({"channels": {"push": "x"}}, "channels"),
        ({"codes": {"1": "shrug"}}, "codes"),
        ({"barcode_types": {"EAN_13": "ean-thirteen"}}, "barcode_types"),
        ({"balance": {"on": True, "path": "../admin"}}, "balance"),
        ({"balance": {"on": True, "path": "v1/{card}"}}, "balance"),
        ({"profile": {"on": True, "path": "v1/x", "method": "DELETE"}}, "profile"),
        ({"patience": 30}, "patience"),
        ({"base": "x"}, "base"),
    ],
)
def test_what_is_wrong_is_named(said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as wrong:
        Settings.model_validate({"url": URL, **said})
    assert field in {str(each["loc"][0]) for each in wrong.value.errors()}


def test_every_field_says_what_it_is() -> None:
    for model in (Settings, Secrets):
        assert not [name for name, field in model.model_fields.items() if not field.description]
    with pytest.raises(ValidationError):
        Secrets(login="a:b", password="c")
    assert "s3cret" not in repr(SECRETS)


async def findings(
    way: Way, chosen: Settings, secrets: Secrets = SECRETS
) -> list[tuple[bool, str]]:
    return [(each.good, each.what) async for each in check(chosen, secrets, way)]


async def test_a_good_connection(host: Host, http: ClientSession) -> None:
    held = host.add(msisdn="79161234567")
    found = await findings(Way(http, utc_now), settings(host.url, **ON, check_card=held.number))
    assert all(good for good, _ in found)
    assert [what for _, what in found] == [
        "GET v1/card answers, login and password are accepted",
        "its clock agrees with ours",
        "balance (GET v1/card/{number}/balance) answers",
        "history (GET v1/card/{number}/history) answers",
        "promotions (GET v1/card/{number}/promo) answers",
        "calls that write (profile, anonymous) are not tried by a check",
    ]
    assert [held.number] == list(host.cards), "a check makes nothing"


async def test_what_is_wrong_is_told_in_words(host: Host, way: Way, clock: StoppedClock) -> None:
    wrong = SECRETS.model_copy(update={"login": "x"})
    assert await findings(way, settings(host.url), wrong) == [
        (False, "GET v1/card: the loyalty system does not accept login and password")
    ]
    found = await findings(way, settings(host.url, balance=ON["balance"]))
    assert [good for good, _ in found] == [True, False, False]
    assert "minutes apart" in found[1][1]
    assert "set `check_card`" in found[2][1]
    host.faults.next(BEFORE, Fault.WRONG_TYPE)
    assert await findings(way, settings(host.url)) == [
        (False, "GET v1/card: the loyalty system: its content type is not application/json")
    ]
    elsewhere = await findings(way, settings(host.url + "/elsewhere"))
    assert elsewhere[0][1].endswith("answers 404 to GET v1/card: is the address right?")
    host.wrong.clear()


async def test_an_address_inside_is_refused(host: Host, clock: StoppedClock) -> None:
    async with open_http() as public:
        ((good, what),) = await findings(Way(public, clock), settings(host.url))
    assert not good
    assert "inside a network: refused" in what
    assert not host.seen
