"""A gateway's address that leads into the house is not followed."""

import pytest
from aiohttp import ClientConnectorError, InvalidURL, web

from backend.platform.world.http import is_public, open_http, whole

INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
    "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_the_house(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_addresses_in_the_world(address: str) -> None:
    assert is_public(address)


async def test_loopback_is_refused_by_number_and_by_name() -> None:
    reached: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        async with open_http() as http:
            for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
                with pytest.raises((ClientConnectorError, InvalidURL)):
                    await http.get(f"http://{host}:{port}/{host}")
        async with open_http(loopback=True) as http:
            async with http.get(f"http://127.0.0.1:{port}/sandbox") as got:
                assert got.status == 200
            with pytest.raises(ClientConnectorError):
                await http.get("http://169.254.169.254/latest/meta-data")
    finally:
        await runner.cleanup()
    assert reached == ["/sandbox"]


class Parts:
    """An answer that comes in parts, or never ends."""

    def __init__(self, *parts: bytes) -> None:
        self.left = list(parts)

    async def read(self, n: int) -> bytes:
        part = self.left.pop(0) if self.left else b""
        if len(part) > n:
            self.left.insert(0, part[n:])
        return part[:n]


async def test_all_of_it_and_no_more_than_that() -> None:
    assert await whole(Parts(b'{"a":', b" ", b"1}"), 100) == b'{"a": 1}'
    endless = Parts(*[b"x" * 10] * 100)
    assert await whole(endless, 25) == b"x" * 25
    assert sum(map(len, endless.left)) == 975
    assert await whole(Parts(), 5) == b""
