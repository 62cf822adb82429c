"""The address of a card as a file, which opens it to whoever has it."""

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from backend.platform.secrets.vault import Vault
from backend.wallets.token import pass_token

_NAMED = re.compile(r"([0-9A-Za-z]{1,32})-([0-9a-f]{64})")


def file_address(vault: Vault, base_url: str, serial: str) -> str:
    return f"{base_url}/wallet/pass/{_named(vault, serial)}.pkpass"


def files_address(vault: Vault, base_url: str, serials: Iterable[str]) -> str:
    """Of several at once, ten at most."""
    named = [("card", _named(vault, serial)) for serial in serials]
    return f"{base_url}/wallet/passes.pkpasses?{urlencode(named)}"


def parse_address(named: str) -> tuple[str, str] | None:
    """Serial and token."""
    found = _NAMED.fullmatch(named)
    return (found.group(1), found.group(2)) if found else None


def _named(vault: Vault, serial: str) -> str:
    return f"{serial}-{pass_token(vault, serial)}"
