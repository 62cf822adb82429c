"""HTTP requests to the internet: never to loopback or a private network.

The address is checked at the socket, after the name was resolved: this also catches a name that
answers differently the second time, a number in place of a name and IPv4 inside IPv6.
Redirects are for callers to refuse (`allow_redirects=False`): each hop would be checked the same
way.
"""

import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

TIMEOUT_SECONDS = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# All that has been given out of IPv6 for the internet.
_GLOBAL = ipaddress.ip_network("2000::/3")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddress(OSError):
    """The request would have gone to loopback, a private network or nowhere."""


def is_public(text: str) -> bool:
    """Whether an IP address is on the internet; of IPv4 inside IPv6, the IPv4 address counts."""
    address = _embedded_ipv4(ipaddress.ip_address(text.partition("%")[0]))
    given = address.version == 4 or address in _GLOBAL
    return given and address.is_global and not address.is_multicast


def is_loopback(text: str) -> bool:
    return _embedded_ipv4(ipaddress.ip_address(text.partition("%")[0])).is_loopback


def _embedded_ipv4(address: Address) -> Address:
    """The IPv4 address inside (NAT64, mapped, 6to4, Teredo), else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _socket_maker(*, loopback: bool, inside: bool = False) -> Callable[[Any], socket.socket]:
    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        host = str(address[0])
        if not (inside or is_public(host) or (loopback and is_loopback(host))):
            raise PrivateAddress("an address inside the house: refused")
        return socket.socket(family=family, type=kind, proto=protocol)

    return make


@asynccontextmanager
async def open_http(
    *,
    loopback: bool = False,
    inside: bool = False,
    seconds: float = TIMEOUT_SECONDS,
    limit: int = 50,
    unpacks: bool = True,
    reuses: bool = True,
) -> AsyncIterator[ClientSession]:
    """A session for outgoing requests. `loopback` only where the settings say sandbox, `inside`
    (any address at all) only for a host that the operator names; what is packed is left so where
    it `unpacks` nothing. Unless it `reuses` them, each request has a connection of its own, so that
    no answer can be taken for that of another.

    A refused address shows as aiohttp.ClientConnectorError whose cause is PrivateAddress.
    """
    connector = TCPConnector(
        limit=limit,
        socket_factory=_socket_maker(loopback=loopback, inside=inside),
        force_close=not reuses,
    )
    async with ClientSession(
        connector=connector,
        timeout=ClientTimeout(total=seconds),
        cookie_jar=DummyCookieJar(),
        auto_decompress=unpacks,
        trust_env=False,
    ) as session:
        yield session


class Content(Protocol):
    """Of an answer of aiohttp."""

    async def read(self, n: int) -> bytes: ...


async def whole(content: Content, most: int) -> bytes:
    """Up to `most`. One read gives what has come so far."""
    held = bytearray()
    while len(held) < most and (part := await content.read(most - len(held))):
        held += part
    return bytes(held)
