"""What stands in the links of an assignment: a random part that its row has too, and a signature
of it under a key that the database does not hold. So a stolen database gives no links, the brand
is told the same link whenever it asks, and a forged one is seen without asking the database.
"""

import hmac
import re
import secrets
from enum import StrEnum

from backend.platform.secrets.vault import Vault

_NONCE_BYTES = 12
NONCE_LETTERS = 16
_SIGNED_DIGITS = 32
_TOKEN = re.compile(r"(?P<nonce>[A-Za-z0-9_-]{16})(?P<signed>[0-9a-f]{32})")


class Purpose(StrEnum):
    """A token of one opens nothing of another."""

    CLAIM = "claim"
    # The picture in mass mail, which mail programs and their proxies ask for.
    BLOCK = "block"


def new_nonce() -> str:
    return secrets.token_urlsafe(_NONCE_BYTES)


def token_of(vault: Vault, purpose: Purpose, nonce: str) -> str:
    """48 of the characters that Telegram allows in a start parameter."""
    return nonce + vault.sign(f"assignment:{purpose}:{nonce}")[:_SIGNED_DIGITS]


def nonce_in(vault: Vault, purpose: Purpose, token: str) -> str:
    """Empty for what we have not signed for this purpose; compared in constant time."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return ""
    ours = token_of(vault, purpose, found["nonce"])
    return found["nonce"] if hmac.compare_digest(ours, token) else ""
