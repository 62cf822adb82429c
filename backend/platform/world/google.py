"""Settings of Google Wallet: in whose name cards are made, and where Google is asked."""

import json
import re
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

_EXPECTED = (
    "expected issuer:file, such as 3388000000012345678:/run/karman/google.json, or the JSON itself"
)
_START = re.compile(r"\s*(?:(?P<account>[a-z0-9][a-z0-9-]{0,62})=)?(?P<issuer>[0-9]{10,25}):")


class GoogleSource(NamedTuple):
    """`where`: a path, or the JSON key itself; `account` is the key of the only one that it is for,
    or ""."""

    account: str
    issuer: str
    where: str


def parse_issuers(text: str) -> list[GoogleSource]:
    """`[account=]issuer:where`, others after commas. Raises ValueError with what was expected."""
    found, rest = [], text.strip()
    while rest:
        start = _START.match(rest)
        if start is None:
            raise ValueError(_EXPECTED)
        where, rest = _where(rest[start.end() :])
        found.append(GoogleSource(start["account"] or "", start["issuer"], where))
    return found


def read_key(where: str) -> str:
    """What a path or a JSON key holds. Raises ValueError with what was expected."""
    if where.startswith("{"):
        return where
    try:
        return Path(where).read_text("utf-8")
    except (OSError, ValueError):
        raise ValueError("expected a file that can be read, or the JSON itself") from None


def _where(text: str) -> tuple[str, str]:
    """And what stands behind the comma after it."""
    if not text.startswith("{"):
        where, _, rest = text.partition(",")
        if not where.strip():
            raise ValueError(_EXPECTED)
        return where.strip(), rest.strip()
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError:
        raise ValueError(_EXPECTED) from None
    rest = text[end:].strip()
    if rest and not rest.startswith(","):
        raise ValueError(_EXPECTED)
    return text[:end], rest[1:].strip()


def _issuers(secret: SecretStr) -> SecretStr:
    for source in parse_issuers(secret.get_secret_value()):
        read_key(source.where)
    return secret


def _door(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+/?", url):
        raise ValueError("expected an address such as https://walletobjects.googleapis.com")
    return url.rstrip("/")


class GoogleSettings(BaseSettings):
    """The part of Settings about Google Wallet; docs/operators.md explains each."""

    # Issuer and service account's key; after commas others, `account=` before one for it alone.
    google_passes: Annotated[SecretStr, AfterValidator(_issuers)] = SecretStr("")
    google_api_url: Annotated[str, AfterValidator(_door)] = "https://walletobjects.googleapis.com"
    # Where cards are saved, and where the keys are that callbacks are signed with.
    google_pay_url: Annotated[str, AfterValidator(_door)] = "https://pay.google.com"
    # Requests in the name of one issuer; Google takes 20.
    google_per_second: Annotated[float, Field(gt=0, le=1000)] = 20.0

    @property
    def has_google_wallet(self) -> bool:
        return bool(self.google_passes.get_secret_value())
