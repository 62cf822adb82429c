"""Settings of Apple Wallet: who signs passes, and where devices are told of new ones."""

import re
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, SecretStr
from pydantic_settings import BaseSettings

_PEM = "-----BEGIN"
_FOR_ACCOUNT = re.compile(r"([a-z0-9][a-z0-9-]{0,62})=(.*)", re.DOTALL)
_EXPECTED = "expected a file, or the PEM itself"


class Source(NamedTuple):
    """`where`: a path or a PEM; `account` is the key of the only one that it is for, or ""."""

    account: str
    where: str


def parse_sources(text: str) -> list[Source]:
    """`/run/karman/pass.pem,lukograd=/run/karman/lukograd.p12`, or a PEM in place of a path."""
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        named = None if part.startswith(_PEM) else _FOR_ACCOUNT.fullmatch(part)
        found.append(Source(*named.groups()) if named else Source("", part))
    return found


def read_source(where: str) -> bytes:
    """What a path or a PEM holds; where a line cannot be broken, `\\n` breaks it. Raises ValueError
    with what was expected."""
    if where.startswith(_PEM):
        return where.replace("\\n", "\n").encode()
    try:
        return Path(where).read_bytes()
    except (OSError, ValueError):
        raise ValueError(f"{_EXPECTED}; what it names cannot be read") from None


def _sources(secret: SecretStr) -> SecretStr:
    for source in parse_sources(secret.get_secret_value()):
        read_source(source.where)
    return secret


def _secret_source(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value():
        read_source(secret.get_secret_value())
    return secret


def _source(text: str) -> str:
    if text:
        read_source(text)
    return text


def _apns(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s/?#@]+/?", url):
        raise ValueError("expected an address such as https://api.push.apple.com")
    return url.rstrip("/")


def _key_id(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{0,20}", text):
        raise ValueError("expected the key's id as Apple shows it, such as ABC123DEFG")
    return text


class AppleSettings(BaseSettings):
    """The part of Settings about Apple Wallet; docs/operators.md explains each."""

    # Certificate and key, PEM or PKCS #12; after commas others, `account=` before one for it alone.
    apple_passes: Annotated[SecretStr, AfterValidator(_sources)] = SecretStr("")
    # Of keys that have one.
    apple_password: SecretStr = SecretStr("")
    # Apple's intermediate certificate, where it does not stand beside the others.
    apple_wwdr: Annotated[str, AfterValidator(_source)] = ""
    # Empty: devices are not told, and ask by themselves.
    apns_url: Annotated[str, AfterValidator(_apns)] = "https://api.push.apple.com"
    # A key for tokens (.p8) and its id: in place of the certificate where APNs is asked.
    apns_key: Annotated[SecretStr, AfterValidator(_secret_source)] = SecretStr("")
    apns_key_id: Annotated[str, AfterValidator(_key_id)] = ""
    # Whom APNs must prove itself to, where it is not the internet's own.
    apns_root: Annotated[str, AfterValidator(_source)] = ""

    @property
    def has_apple_wallet(self) -> bool:
        """Whether there is any certificate: without one nothing of it is read into memory."""
        return bool(self.apple_passes.get_secret_value())
