"""Secrets of façade logins: what is shown once, what is kept, and whether a secret is the one.

Basic: scrypt, because a partner chooses the password. Digest (RFC 7616): H(login:realm:key) by both
algorithms, sealed, because who knows these may ask as if they knew the key. Bearer: the text of a
key of the API, of which a SHA-256 is kept.
"""

import asyncio
import hashlib
import hmac
import os

import orjson

from backend.platform.secrets.vault import Vault

SERVICE = "facades"
REALM = "karman"
LONGEST_PASSWORD = 256
_SALT = 16
# 16 MB and some 50 ms for each guess.
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
_MOST_KNOWN = 1000
_AT_ONCE = 2


def hashed(password: str) -> bytes:
    salt = os.urandom(_SALT)
    return salt + _scrypt(password, salt)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, **_COST)


# Of nobody: whoever names no login waits as long.
_NOBODY = hashed(os.urandom(16).hex())


class Passwords:
    """Whether a password is the one. What was found right is remembered as a keyed hash, as long as
    the row stays as it is: the next call costs nothing."""

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._right: dict[bytes, bytes] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def is_right(self, kept: bytes | None, password: str) -> bool:
        """None for a login that is not there. Constant-time as far as it depends on the secret."""
        if len(password) > LONGEST_PASSWORD:
            return False
        if self.is_known(kept, password):
            return True
        secret = kept or _NOBODY
        async with self._turns:
            found = await asyncio.to_thread(_scrypt, password, secret[:_SALT])
        if kept is None or not hmac.compare_digest(found, secret[_SALT:]):
            return False
        if len(self._right) >= _MOST_KNOWN:
            self._right.clear()
        self._right[kept] = self._mark(password)
        return True

    def is_known(self, kept: bytes | None, password: str) -> bool:
        """Right, and found so before: asking costs nothing."""
        known = self._right.get(kept or b"")
        return known is not None and hmac.compare_digest(known, self._mark(password))

    def _mark(self, password: str) -> bytes:
        return hmac.new(self._key, password.encode(), hashlib.sha256).digest()


ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


def digest(algorithm: str, text: str) -> str:
    return ALGORITHMS[algorithm](text.encode(), usedforsecurity=False).hexdigest()


def sealed_digests(vault: Vault, login: str, key: str) -> bytes:
    made = {name: digest(name, f"{login}:{REALM}:{key}") for name in ALGORITHMS}
    return vault.seal_service(SERVICE, orjson.dumps(made))


def opened_digest(vault: Vault, kept: bytes, algorithm: str) -> str:
    return str(orjson.loads(vault.open_service(SERVICE, kept))[algorithm])


def is_key(vault: Vault, kept: bytes, login: str, key: str) -> bool:
    """Constant-time."""
    found = digest("SHA-256", f"{login}:{REALM}:{key}")
    return hmac.compare_digest(found, opened_digest(vault, kept, "SHA-256"))
