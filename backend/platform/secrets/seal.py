"""AES-256-GCM: seal and open values, wrap and unwrap keys."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
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
