"""Behind a proxy everybody is counted for themselves, and nobody for somebody else."""

import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request
from multidict import CIMultiDict

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.platform.world.in_front import parse_networks
from backend.web.app import make_app
from backend.web.client_address import Client, client_of
from backend.web.rate_limit import RateLimit

PROXIES = "10.0.0.0/8, 2001:db8:ffff::/48"


def client(peer: str, *forwarded: str) -> Client:
    headers = CIMultiDict(("X-Forwarded-For", one) for one in forwarded)
    request = make_mocked_request("GET", "/", headers=headers)
    return client_of(parse_networks(PROXIES))(request.clone(remote=peer))


@pytest.mark.parametrize(
    ("peer", "forwarded", "key"),
    [
        ("203.0.113.7", (), "203.0.113.7"),
        # Not from a proxy of ours: what it claims is not believed.
        ("203.0.113.7", ("198.51.100.1",), "203.0.113.7"),
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        # The asker wrote the first, our proxy the second, a proxy behind it the third.
        ("10.0.0.1", ("1.2.3.4, 198.51.100.1, 10.0.0.9",), "198.51.100.1"),
        # Two headers are one list.
        ("10.0.0.1", ("1.2.3.4", "198.51.100.1"), "198.51.100.1"),
        ("10.0.0.1", ("198.51.100.1:4711",), "198.51.100.1"),
        ("10.0.0.1", ("nonsense",), "10.0.0.1"),
        ("10.0.0.1", ("1.2.3.4, ",), "10.0.0.1"),
        ("10.0.0.1", (",".join(["10.0.0.2"] * 500),), "10.0.0.2"),
        ("::ffff:10.0.0.1", ("::ffff:198.51.100.1",), "198.51.100.1"),
        # A person has a /64 of IPv6 addresses to choose from.
        ("2001:db8:1:2:3:4:5:6", (), "2001:db8:1:2::/64"),
        ("2001:db8:ffff::1", ("[2001:db8:1:2::9]:443",), "2001:db8:1:2::/64"),
    ],
)
def test_whose_request_it_is(peer: str, forwarded: tuple[str, ...], key: str) -> None:
    assert client(peer, *forwarded).key == key


def test_local_is_this_machine_and_nobody_behind_it() -> None:
    assert client("127.0.0.1").local
    assert client("::1").local
    assert not client("127.0.0.1", "127.0.0.1").local
    assert not client("10.0.0.1", "127.0.0.1").local


async def test_people_behind_one_proxy_do_not_share_a_limit(ctx: Context) -> None:
    settings = Settings(trusted_proxies="127.0.0.1")
    app = make_app(settings, ctx, RateLimit(per_second=0.001, burst=2))
    async with TestClient(TestServer(app)) as proxy:

        async def ask(person: str) -> int:
            async with proxy.get("/nowhere", headers={"X-Forwarded-For": person}) as answer:
                return answer.status

        assert {await ask(f"198.51.100.{one}") for one in range(1, 100)} == {404}
        assert [await ask("198.51.100.1") for _ in range(3)] == [404, 429, 429]


async def test_without_a_trusted_proxy_the_header_is_nothing(ctx: Context) -> None:
    app = make_app(Settings(), ctx, RateLimit(per_second=0.001, burst=2))
    async with TestClient(TestServer(app)) as stranger:
        asked = [
            (await stranger.get("/nowhere", headers={"X-Forwarded-For": f"1.2.3.{one}"})).status
            for one in range(4)
        ]
    assert asked == [404, 404, 429, 429]
