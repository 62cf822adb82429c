"""Where messages may go: https, and http only to hosts that the settings name.

What a name leads to is looked at when the connection is made (backend/platform/world/http.py): here
it is only how the address is written.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from backend.platform.world.http import is_public
from models.refusal import Code, Refusal

LONGEST = 2000
_LONGEST_NAME = 253
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
# No top-level domain is one.
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")


def check_url(url: str, http_hosts: frozenset[str]) -> None:
    """Refuses with webhook_url_refused (reason: scheme, form or inside)."""
    parts = _split(url)
    if parts is None or parts.username is not None or parts.fragment or len(url) > LONGEST:
        raise Refusal(Code.WEBHOOK_URL_REFUSED, reason="form")
    if named(url, http_hosts):
        return
    if parts.scheme != "https":
        raise Refusal(Code.WEBHOOK_URL_REFUSED, reason="scheme")
    if _inside(str(parts.hostname)):
        raise Refusal(Code.WEBHOOK_URL_REFUSED, reason="inside")


def named(url: str, http_hosts: frozenset[str]) -> bool:
    """Whether the settings name the host, with its port or without."""
    parts = _split(url)
    if parts is None:
        return False
    host = str(parts.hostname)
    return host in http_hosts or f"{host}:{parts.port}" in http_hosts


def _split(url: str) -> SplitResult | None:
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and parts.hostname and port != 0
    return parts if good and _is_a_host(parts.hostname or "") else None


def _is_a_host(host: str) -> bool:
    """An address, or a name; what old programs take for an address (127.1, 0x7f000001) is none."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        named = len(host) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels))
        return bool(named) and _NUMBER.fullmatch(labels[-1]) is None
    return True


def _inside(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return not is_public(host)
