"""The client's address of a request that came through proxies."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from aiohttp import web

from backend.platform.world.in_front import Network

# Longer chains are nobody's real deployment; what is left of them was written by the asker.
_MOST_HOPS = 20
_IPV6_SITE = 64

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Client:
    """`key` is what is counted: the address, of IPv6 the /64 that one person has. `local`: the
    request comes from this very machine and nobody handed it on."""

    key: str
    local: bool


def client_of(trusted: tuple[Network, ...]) -> Callable[[web.Request], Client]:
    """A function from a request to its client.

    X-Forwarded-For is read from the right, and only as far as trusted proxies wrote it: the
    first address that is none of theirs is the client. What is no address ends the search at the
    last one that was believed.
    """

    def client(request: web.Request) -> Client:
        remote = request.remote or ""
        forwarded = request.headers.getall("X-Forwarded-For", ())
        peer = _parsed(remote) if forwarded else None
        if peer is None:
            return _direct(remote)
        return Client(_key(_behind(peer, ",".join(forwarded), trusted)), local=False)

    return client


@lru_cache(maxsize=4096)
def _direct(remote: str) -> Client:
    """Whom nobody has handed on, or what is no address."""
    peer = _parsed(remote)
    if peer is None:
        return Client(remote, local=False)
    return Client(_key(peer), local=peer.is_loopback)


def _behind(peer: _Address, forwarded: str, trusted: tuple[Network, ...]) -> _Address:
    believed = peer
    for text in reversed(forwarded.split(",")[-_MOST_HOPS:]):
        if not any(believed in network for network in trusted):
            break
        hop = _parsed(text.strip())
        if hop is None:
            break
        believed = hop
    return believed


@lru_cache(maxsize=4096)
def _parsed(text: str) -> _Address | None:
    """Also `[::1]`, `203.0.113.7:4711` and `[2001:db8::7]:4711`, which some proxies write."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


@lru_cache(maxsize=4096)
def _key(address: _Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _IPV6_SITE), strict=False))
