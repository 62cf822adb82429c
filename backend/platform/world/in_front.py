"""Settings of the HTTP side towards the world: proxies in front of it, and who may see metrics."""

import ipaddress
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def parse_networks(text: str) -> tuple[Network, ...]:
    """`10.0.0.5, 172.16.0.0/12, fd00::/8`. Raises ValueError with what was expected."""
    expected = "expected addresses or networks such as 127.0.0.1, 10.0.0.0/8"
    try:
        return tuple(ipaddress.ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError:
        raise ValueError(expected) from None


def _networks(text: str) -> str:
    parse_networks(text)
    return text


def _metrics_key(secret: SecretStr) -> SecretStr:
    value = secret.get_secret_value()
    if value and (len(value) < 16 or not value.isascii() or not value.isprintable()):
        raise ValueError("expected at least 16 printable ASCII characters")
    return secret


class InFrontSettings(BaseSettings):
    """The part of Settings about who stands in front of the HTTP side."""

    # Only these are believed when they say in X-Forwarded-For whose request they hand on.
    trusted_proxies: Annotated[str, AfterValidator(_networks), Field(max_length=2000)] = ""
    # Set: /metrics asks for it as a bearer token. Empty: /metrics is for this machine alone.
    metrics_key: Annotated[SecretStr, AfterValidator(_metrics_key)] = SecretStr("")
