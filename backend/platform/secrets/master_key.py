"""AES-256-GCM: seal and open values; the master key, kept outside the database, that wraps every
other key."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
ID_BYTES = 4
_NONCE_BYTES = 12


class CannotOpen(Exception):
    """The key is wrong, or the sealed value was changed or moved to another place."""


def new_key() -> bytes:
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Nonce and ciphertext. `place` names where the value lives ("customer.profile"): it is
    authenticated, so that a sealed value cannot be moved to another column."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as wrong:
        raise CannotOpen(place) from wrong


# The keys, newest first, when their source has changed since it was last asked; else None.
Reread = Callable[[], Sequence[bytes] | None]


@dataclass(slots=True, repr=False)
class MasterKeys:
    """The current key wraps; older ones still unwrap until `karman keys rotate` is done.

    With `reread` a running process learns of a new key without a restart: before it wraps,
    and when it meets a wrapping by a key that it does not know.
    """

    current: bytes
    older: tuple[bytes, ...] = ()
    reread: Reread | None = None

    def __repr__(self) -> str:
        return f"MasterKeys(current=…, older={len(self.older)})"

    def wrap(self, key: bytes) -> bytes:
        """Four bytes that identify the master key, then the sealed key."""
        self._renew()
        return key_id(self.current) + seal(self.current, key, "wrapped-key")

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises CannotOpen when no master key at hand made this wrapping."""
        master = self.of(wrapped)
        if master is None and self._renew():
            master = self.of(wrapped)
        if master is None:
            raise CannotOpen("wrapped-key")
        return unseal(master, wrapped[ID_BYTES:], "wrapped-key")

    def of(self, wrapped: bytes) -> bytes | None:
        """The key at hand that made this wrapping."""
        made_by = bytes(wrapped[:ID_BYTES])
        return next((key for key in self.all if key_id(key) == made_by), None)

    @property
    def all(self) -> tuple[bytes, ...]:
        """Newest first."""
        return (self.current, *self.older)

    def is_current(self, wrapped: bytes) -> bool:
        return bytes(wrapped[:ID_BYTES]) == key_id(self.current)

    def _renew(self) -> bool:
        found = self.reread() if self.reread is not None else None
        if not found:
            return False
        self.current, *older = found
        self.older = tuple(older)
        return True


@lru_cache(64)
def key_id(master: bytes) -> bytes:
    """Tells master keys apart, and nothing about them: what every wrapping begins with."""
    return hashlib.sha256(b"karman master key id" + master).digest()[:ID_BYTES]
