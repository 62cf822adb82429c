"""HTTP Digest (RFC 7616): MD5 and SHA-256, qop=auth.

MD5 is offered first: callers that were written for OSMI know nothing else, and some of them
(libcurl before 7.57) take the first challenge and give up on it. All of this goes over TLS.
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.request import parse_http_list, parse_keqv_list

from aiohttp import web
from multidict import CIMultiDict

from backend.access.facade_secret import ALGORITHMS, REALM, digest, opened_digest
from backend.platform.secrets.vault import Vault
from backend.web.compat.osmi.counts import Counts
from models.facade import FacadeLogin

# How long a nonce is good.
SECONDS = 300
_NONCE = re.compile(r"([0-9a-f]{8,12})\.([A-Za-z0-9_-]{22})\.([0-9a-f]{32})")
_COUNT = re.compile(r"[0-9a-f]{8}")
_NAMES = {name.casefold(): name for name in ALGORITHMS}


@dataclass(frozen=True, slots=True)
class Told:
    """What an Authorization header says, as far as it is one of ours."""

    username: str
    nonce: str
    uri: str
    response: str
    algorithm: str
    count: str
    cnonce: str


def read_digest(header: str) -> Told | None:
    """None for what is no such header, or leaves something out."""
    kind, _, rest = header.partition(" ")
    if kind.casefold() != "digest":
        return None
    try:
        given = parse_keqv_list(parse_http_list(rest))
    except (ValueError, IndexError):
        return None
    algorithm = _NAMES.get(given.get("algorithm", "MD5").casefold())
    ours = given.get("realm") == REALM and given.get("qop") == "auth" and algorithm
    needed = ("username", "nonce", "uri", "response", "nc", "cnonce")
    if not ours or not all(given.get(name) for name in needed):
        return None
    if not _COUNT.fullmatch(given["nc"].casefold()):
        return None
    return Told(
        given["username"],
        given["nonce"],
        given["uri"],
        given["response"],
        str(algorithm),
        given["nc"],
        given["cnonce"],
    )


def is_right(vault: Vault, told: Told, login: FacadeLogin | None, request: web.Request) -> bool:
    """Constant-time; for a login that is not there as much is worked out."""
    if not _same_target(told.uri, request):
        return False
    known = digest(told.algorithm, "nobody")
    if login is not None:
        known = opened_digest(vault, login.secret, told.algorithm)
    asked = digest(told.algorithm, f"{request.method}:{told.uri}")
    whole = f"{known}:{told.nonce}:{told.count}:{told.cnonce}:auth:{asked}"
    right = hmac.compare_digest(digest(told.algorithm, whole), told.response.casefold())
    return right and login is not None


def _same_target(uri: str, request: web.Request) -> bool:
    """The address that was signed is the one that is asked for."""
    target = request.raw_path
    if uri.startswith(("http://", "https://")):
        uri = "/" + uri.split("/", 3)[3] if uri.count("/") > 2 else "/"
    return hmac.compare_digest(uri.encode(), target.encode())


class Nonces:
    """Signed with their time, so that none is kept and every process knows them."""

    def __init__(self, vault: Vault, counts: Counts) -> None:
        self._vault, self._counts = vault, counts

    def new(self, now: datetime) -> str:
        body = f"{int(now.timestamp()):08x}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._signed(body)}"

    def challenges(self, now: datetime, *, stale: bool) -> Mapping[str, str]:
        nonce, told = self.new(now), CIMultiDict[str]()
        for algorithm in ALGORITHMS:
            parts = f'realm="{REALM}", qop="auth", algorithm={algorithm}, nonce="{nonce}"'
            parts += ', charset="UTF-8"' + (", stale=true" if stale else "")
            told.add("WWW-Authenticate", f"Digest {parts}")
        return told

    async def is_fresh(self, told: Told, now: datetime) -> bool:
        """Of a nonce of ours whose time is not over, with a count that did not come before."""
        found = _NONCE.fullmatch(told.nonce)
        if found is None or not self._is_ours(found):
            return False
        age = now.timestamp() - int(found[1], 16)
        if not -SECONDS <= age <= SECONDS:
            return False
        return await self._counts.is_first(told.nonce, int(told.count, 16), SECONDS)

    def _is_ours(self, found: re.Match[str]) -> bool:
        return hmac.compare_digest(self._signed(f"{found[1]}.{found[2]}"), found[3])

    def _signed(self, body: str) -> str:
        return self._vault.sign(f"digest:{body}")[:32]
