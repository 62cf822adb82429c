"""Open Google Wallet from the settings: in the name of which issuers cards are made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession

from backend.passes.google.access_token import AccessTokens
from backend.passes.google.pace import Pace
from backend.passes.google.rest import GoogleApi
from backend.passes.google.root_keys import RootKeys
from backend.passes.google.save_link import named_link, save_link
from backend.passes.google.service_account import KeyRefused, ServiceAccount, read_service_account
from backend.platform.clock import Clock
from backend.platform.settings import Settings, SettingsRefused
from backend.platform.world.google import GoogleSource, parse_issuers, read_key
from backend.platform.world.http import open_http

CALLBACK = "/wallet/google/callback"
SECONDS = 15.0
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Issuer:
    """`account` is the key of the only one that it is for, or ""."""

    id: str
    account: str
    service: ServiceAccount
    pay_url: str

    def link(self, made: dict[str, Any], now: datetime) -> str | None:
        """None: Google must have the card before, and `named` leads to it."""
        return save_link(self.service, self.pay_url, made, now)

    def named(self, object_id: str, now: datetime) -> str:
        return named_link(self.service, self.pay_url, object_id, now)


@dataclass(frozen=True, slots=True)
class GooglePasses:
    """`callback`: where Google tells what became of a card; "" where it cannot reach us."""

    issuers: tuple[Issuer, ...] = ()
    callback: str = ""

    def of_account(self, key: str) -> Issuer | None:
        """In whose name an account's new cards are made; None: it has none in Google Wallet."""
        own = [each for each in self.issuers if each.account == key]
        return next(iter(own or [each for each in self.issuers if not each.account]), None)

    def of_id(self, issuer: str) -> Issuer | None:
        """A card keeps its issuer for ever."""
        return next((each for each in self.issuers if each.id == issuer), None)


@dataclass(frozen=True, slots=True)
class Google:
    """How it is asked: one way for each issuer, of one process."""

    passes: GooglePasses
    roots: RootKeys
    _apis: dict[str, GoogleApi] = field(repr=False)

    def api(self, issuer: str) -> GoogleApi | None:
        """None of an issuer that is in the settings no more."""
        return self._apis.get(issuer)


def google_passes(settings: Settings) -> GooglePasses:
    """Read once for all who ask. Raises SettingsRefused."""
    return _opened(
        settings.google_passes.get_secret_value(), settings.google_pay_url, settings.base_url
    )


@asynccontextmanager
async def open_google(settings: Settings, clock: Clock) -> AsyncIterator[Google]:
    passes = google_passes(settings)
    here = urlsplit(settings.google_api_url).hostname in _HERE
    async with open_http(seconds=SECONDS, loopback=here) as http:
        apis = {each.id: _api(settings, http, each, clock) for each in passes.issuers}
        yield Google(passes, RootKeys(http, settings.google_pay_url, clock), apis)


def _api(settings: Settings, http: ClientSession, issuer: Issuer, clock: Clock) -> GoogleApi:
    tokens = AccessTokens(http, issuer.service, clock)
    return GoogleApi(http, settings.google_api_url, tokens, Pace(settings.google_per_second))


@lru_cache(4)
def _opened(sources: str, pay_url: str, base_url: str) -> GooglePasses:
    found = tuple(_read(each, pay_url) for each in parse_issuers(sources))
    for one in found:
        if any(each is not one and each.account == one.account for each in found):
            whose = f"the account {one.account}" if one.account else "all accounts"
            raise SettingsRefused(f"KARMAN_GOOGLE_PASSES: two issuers for {whose}; expected one")
    callback = base_url + CALLBACK if base_url.startswith("https://") else ""
    return GooglePasses(found, callback)


def _read(source: GoogleSource, pay_url: str) -> Issuer:
    try:
        service = read_service_account(read_key(source.where))
    except (KeyRefused, ValueError) as wrong:
        raise SettingsRefused(f"KARMAN_GOOGLE_PASSES of {source.issuer}: {wrong}") from None
    return Issuer(source.issuer, source.account, service, pay_url)
