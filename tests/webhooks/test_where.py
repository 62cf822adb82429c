"""Nothing goes to an address inside, whatever it is called and however it is reached."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, ClientTimeout, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from backend.platform.context import Context
from backend.platform.world.http import _socket_maker, is_public
from backend.webhooks.request import Outcome, Ways, post
from backend.webhooks.url import check_url
from models.refusal import Code, Refusal
from tests.webhooks.endpoint import Endpoint, standing

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1", "2002:7f00:1::", "::127.0.0.1", "2001:db8::1",
)  # fmt: skip
PUBLIC = ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822")


@pytest.mark.parametrize("address", INSIDE)
def test_inside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_outside(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://partner.example/hook", "scheme"),
        ("ftp://partner.example/hook", "form"),
        ("https://user:secret@partner.example/", "form"),
        ("https://partner.example/#part", "form"),
        ("https:///hook", "form"),
        ("https://partner.example:99999/", "form"),
        ("https://partner.example/a b", "form"),
        ("https://partner.example/" + "a" * 2000, "form"),
        ("https://127.1/", "form"),
        ("https://2130706433/", "form"),
        ("https://0x7f000001/", "form"),
        ("https://0X7f.0.0.1/", "form"),
        ("https://017700000001/", "form"),
        ("https://a..b/", "form"),
        ("https://-a.example/", "form"),
        ("https://a,b.example/", "form"),
        ("https://" + "a" * 64 + ".example/", "form"),
        ("https://localhost/hook", "inside"),
        ("https://10.0.0.1/hook", "inside"),
        ("https://[::ffff:127.0.0.1]/hook", "inside"),
    ],
)
def test_an_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_url(url, frozenset())
    assert refusal.value.code is Code.WEBHOOK_URL_REFUSED
    assert refusal.value.details == {"reason": reason}


def test_http_goes_where_the_settings_name_it() -> None:
    hosts = frozenset({"localhost", "127.0.0.1:9000"})
    check_url("http://localhost:1234/hook", hosts)
    check_url("http://127.0.0.1:9000/hook", hosts)
    for host in ("partner.example", "partner.example.", "my_crm.xn--p1ai", "1c", "8.8.8.8", "a.b"):
        check_url(f"https://{host}/hook", hosts)
    with pytest.raises(Refusal):
        check_url("http://127.0.0.1:9001/hook", hosts)


class Rebinding(AbstractResolver):
    """Whatever name it is asked for is this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = ResolveResult(
            hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0
        )
        return [found]

    async def close(self) -> None:
        return


@asynccontextmanager
async def rebinding() -> AsyncIterator[ClientSession]:
    connector = TCPConnector(resolver=Rebinding(), socket_factory=_socket_maker(loopback=False))
    async with ClientSession(connector=connector, timeout=ClientTimeout(total=5)) as session:
        yield session


async def test_a_name_that_leads_inside_later() -> None:
    endpoint = Endpoint()
    async with standing(endpoint) as url, rebinding() as session:
        port = url.split(":")[2].split("/")[0]
        ways = Ways(session, session, frozenset({"partner.example"}))
        outcome = await post(ways, f"http://partner.example:{port}/hook", {}, "{}")
    assert outcome == Outcome(outcome.took_ms, error="an address inside a network: refused")


async def test_http_is_refused_when_it_leaves(ctx: Context, ways: Ways) -> None:
    del ctx
    outcome = await post(ways, "http://partner.example/hook", {}, "{}")
    assert outcome.error == "http is not allowed to this host"
