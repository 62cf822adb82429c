"""Who asks: HTTP Digest of libraries that nobody here wrote, and what is refused."""

import hashlib
import re
from typing import Any

import aiohttp
import pytest

from backend.access.issue_facade import FacadeIssued
from backend.access.revoke_facade import revoke_facade
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.web.compat.osmi.counts import MemoryCounts
from backend.web.compat.osmi.counts_redis import RedisCounts
from models.facade import FacadeKind, FacadeLogin
from tests.messages.people import Shop, facade
from tests.support.clock import StoppedClock
from tests.web.compat.osmi_caller import ByAiohttp, ByRequests, ByToken

PING = "/compat/osmi/v2/ping"


@pytest.fixture
async def issued(ctx: Context, shop: Shop) -> FacadeIssued:
    return await facade(ctx, shop, FacadeKind.OSMI)


@pytest.mark.parametrize("caller", [ByAiohttp, ByRequests])
async def test_libraries_are_let_in(
    address: str, issued: FacadeIssued, caller: type[ByAiohttp] | type[ByRequests]
) -> None:
    """MD5 by the one, SHA-256 by the other."""
    by = caller(f"{address}/compat/osmi/v2", issued.login.login, issued.secret)
    told = await by.ask("GET", "/ping")
    assert (told.status, told.code) == (200, 0)
    told = await by.ask("GET", "/registration/data/romashka-club?withDeleted=true&array=false")
    assert told.json == {"registrations": []}
    by.api_key += "x"
    told = await by.ask("GET", "/ping")
    assert (told.status, told.code) == (401, 401)


async def test_the_key_is_not_kept(issued: FacadeIssued) -> None:
    kept = (await FacadeLogin.get()).secret
    whole = f"{issued.login.login}:karman:{issued.secret}".encode()
    for made in (hashlib.md5(whole), hashlib.sha256(whole)):
        assert made.hexdigest().encode() not in kept
    assert issued.secret.encode() not in kept


async def challenge(site: aiohttp.ClientSession) -> dict[str, str]:
    async with site.get(PING) as answer:
        assert answer.status == 401
        told = answer.headers.getall("WWW-Authenticate")
    assert [re.search(r"algorithm=([\w-]+)", each)[1] for each in told] == [  # type: ignore[index]
        "MD5", "SHA-256",
    ]  # fmt: skip
    return dict(re.findall(r'(\w+)="?([^",]+)"?', told[1]))


def signed(issued: FacadeIssued, nonce: str, **other: str) -> dict[str, str]:
    """By the book (RFC 7616, 3.4), for what libraries cannot be made to do."""

    def h(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    told = {
        "username": issued.login.login, "realm": "karman", "nonce": nonce, "uri": PING,
        "algorithm": "SHA-256", "qop": "auth", "nc": "00000001", "cnonce": "abc", **other,
    }  # fmt: skip
    known = h(f"{issued.login.login}:karman:{issued.secret}")
    whole = f"{known}:{told['nonce']}:{told['nc']}:{told['cnonce']}:auth:{h('GET:' + told['uri'])}"
    told = {"response": h(whole), **told}
    plain = {"algorithm", "qop", "nc"}
    parts = (f"{name}={v}" if name in plain else f'{name}="{v}"' for name, v in told.items())
    return {"Authorization": "Digest " + ", ".join(parts)}


async def asked(site: aiohttp.ClientSession, headers: dict[str, str]) -> tuple[int, bool]:
    """Status, and whether the nonce is called stale."""
    async with site.get(PING, headers=headers) as answer:
        stale = "stale=true" in answer.headers.get("WWW-Authenticate", "")
        return answer.status, stale


async def test_a_call_that_is_sent_again_is_refused(
    site: aiohttp.ClientSession, issued: FacadeIssued
) -> None:
    nonce = (await challenge(site))["nonce"]
    first = signed(issued, nonce)
    assert await asked(site, first) == (200, False)
    assert await asked(site, first) == (401, True)
    assert await asked(site, signed(issued, nonce, nc="00000003")) == (200, False)
    # Of calls at once the later may come first.
    assert await asked(site, signed(issued, nonce, nc="00000002")) == (200, False)


async def test_a_nonce_grows_old(
    site: aiohttp.ClientSession, issued: FacadeIssued, clock: StoppedClock
) -> None:
    nonce = (await challenge(site))["nonce"]
    clock.advance(seconds=299)
    assert await asked(site, signed(issued, nonce)) == (200, False)
    clock.advance(seconds=2)
    assert await asked(site, signed(issued, nonce, nc="00000002")) == (401, True)


WRONG: list[dict[str, str]] = [
    {"uri": "/compat/osmi/v2/passes"},
    {"realm": "other"},
    {"qop": "auth-int"},
    {"algorithm": "SHA-512-256"},
    {"nc": "1"},
    {"cnonce": ""},
    {"response": "0" * 64},
    {"username": "nobody"},
    {"username": "x" * 500},
]


async def test_what_is_signed_otherwise(site: aiohttp.ClientSession, issued: FacadeIssued) -> None:
    nonce = (await challenge(site))["nonce"]
    for other in WRONG:
        assert await asked(site, signed(issued, nonce, **other)) == (401, False), other


async def test_a_forged_nonce(site: aiohttp.ClientSession, issued: FacadeIssued) -> None:
    nonce = (await challenge(site))["nonce"]
    later = f"{int(nonce[:8], 16) + 60:08x}{nonce[8:]}"
    for forged in (later, "x", nonce[:-1] + ("0" if nonce[-1] != "0" else "1")):
        assert (await asked(site, signed(issued, forged)))[0] == 401


async def test_hostile_headers(site: aiohttp.ClientSession, database: str) -> None:
    for header in (
        "Digest",
        "Digest ,",
        "Digest a",
        'Digest username="a"',
        "Digest " + "x=1," * 900,
    ):
        async with site.get(PING, headers={"Authorization": header}) as answer:
            assert answer.status == 401, header[:30]
            assert set(await answer.json()) == {"RCODE", "RMESSAGE"}


async def test_tokens(address: str, ctx: Context, shop: Shop, clock: StoppedClock) -> None:
    """One that was handed out, and one that a caller makes of id and key."""
    base = f"{address}/compat/osmi/v2t"
    lasting = await facade(ctx, shop, FacadeKind.OSMI_TOKEN)
    pair = await facade(ctx, shop, FacadeKind.OSMI)
    handed = ByToken(base, lasting.secret)
    assert (await handed.ask("GET", "/ping")).status == 200
    body: dict[str, Any] = {"apiId": pair.login.login, "apiKey": pair.secret}
    made = await ByToken(base, "").ask("POST", "/getToken", body)
    by = ByToken(base, made.json["token"])
    assert (await by.ask("GET", "/ping")).status == 200
    wrong = await ByToken(base, "").ask("POST", "/getToken", {**body, "apiKey": "x"})
    assert (wrong.status, wrong.code) == (401, 401)
    assert (await ByToken(base, by.token[:-1] + "x").ask("GET", "/ping")).status == 401
    clock.advance(hours=2)
    assert (await by.ask("GET", "/ping")).status == 401
    await revoke_facade(ctx.acting(OPERATOR, CLI), lasting.login.login)
    assert (await handed.ask("GET", "/ping")).status == 401


async def test_a_basic_login_opens_nothing_here(
    site: aiohttp.ClientSession, ctx: Context, shop: Shop
) -> None:
    login = await facade(ctx, shop)
    nonce = (await challenge(site))["nonce"]
    assert (await asked(site, signed(login, nonce)))[0] == 401


async def test_counts_are_shared_by_processes(valkey_url: str) -> None:
    from redis.asyncio import Redis

    one, other = (RedisCounts(Redis.from_url(valkey_url)) for _ in range(2))
    assert await one.is_first("n", 1, 60)
    assert not await other.is_first("n", 1, 60)
    assert await other.is_first("n", 2, 60)
    await one.aclose()
    await other.aclose()


async def test_counts_are_forgotten() -> None:
    now = [0.0]
    counts = MemoryCounts(lambda: now[0])
    assert await counts.is_first("n", 1, 60)
    now[0] = 119
    assert not await counts.is_first("n", 1, 60)
