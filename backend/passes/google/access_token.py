"""The token with which Google's API is asked, in exchange for a signed grant (RFC 7523)."""

import asyncio
from datetime import datetime, timedelta

import orjson
from aiohttp import ClientError, ClientSession

from backend.passes.google.service_account import ServiceAccount
from backend.platform.clock import Clock
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.world.http import whole

SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
# As long as Google lets a grant hold.
_HOLDS = timedelta(hours=1)
# Of a token, what is not used of its time: a request takes its own.
_SPARE = timedelta(minutes=2)
MOST_BYTES = 64 * 1024


class AccessTokens:
    """One at a time, asked for anew shortly before it ends."""

    def __init__(self, http: ClientSession, account: ServiceAccount, clock: Clock) -> None:
        self._http, self._account, self._clock = http, account, clock
        self._asking = asyncio.Lock()
        self._held: tuple[str, datetime] | None = None

    async def current(self) -> str:
        """Raises TryLater, NeedsSettings."""
        async with self._asking:
            if self._held is None or self._held[1] <= self._clock():
                self._held = await self._asked()
            return self._held[0]

    def refused(self, token: str) -> None:
        """Google takes it no more, whatever it had said."""
        if self._held is not None and self._held[0] == token:
            self._held = None

    async def _asked(self) -> tuple[str, datetime]:
        now = self._clock()
        form = {"grant_type": GRANT, "assertion": self._account.jwt(self._grant(now))}
        try:
            async with self._http.post(
                self._account.token_url, data=form, allow_redirects=False
            ) as answer:
                body = await whole(answer.content, MOST_BYTES)
        except (ClientError, TimeoutError) as away:
            raise TryLater(f"no token from Google: {type(away).__name__}") from None
        if answer.status == 429 or answer.status >= 500:
            raise TryLater(f"no token from Google: {answer.status}")
        if answer.status != 200:
            raise NeedsSettings(f"Google refused the service account's key: {answer.status}")
        return _read(body, now)

    def _grant(self, now: datetime) -> dict[str, object]:
        return {
            "iss": self._account.email,
            "scope": SCOPE,
            "aud": self._account.token_url,
            "iat": int(now.timestamp()),
            "exp": int((now + _HOLDS).timestamp()),
        }


def _read(body: bytes, now: datetime) -> tuple[str, datetime]:
    try:
        told = orjson.loads(body)
        token, seconds = told["access_token"], told["expires_in"]
        ends = now + timedelta(seconds=int(seconds)) - _SPARE
    except (ValueError, KeyError, TypeError, OverflowError):
        raise TryLater("Google answered with something else than a token") from None
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise TryLater("Google answered with something else than a token")
    return token, ends
