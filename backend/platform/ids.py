"""Ids and secrets that are not database sequences, all made here."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

NewId = Callable[[], str]
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_token() -> str:
    """43 characters of URL-safe base64 (256 bits): for links, keys and secrets."""
    return secrets.token_urlsafe(32)


class RequestIds:
    """16 characters each (96 bits), from what the kernel gives for many at once."""

    _AT_ONCE = 256

    def __init__(self) -> None:
        self._left: list[str] = []

    def new(self) -> str:
        if not self._left:
            drawn = secrets.token_urlsafe(12 * self._AT_ONCE)
            self._left = [drawn[n : n + 16] for n in range(0, len(drawn), 16)]
        return self._left.pop()


def new_secret() -> bytes:
    """256 bits, to sign with."""
    return secrets.token_bytes(32)


def new_uuid7(at: datetime) -> UUID:
    """RFC 9562: the moment in milliseconds, then 74 random bits. Ids of later moments are
    greater."""
    moment = int(at.timestamp() * 1000) & (1 << 48) - 1
    chance = secrets.randbits(74)
    high, low = chance >> 62, chance & (1 << 62) - 1
    return UUID(int=moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def new_base62(length: int) -> str:
    """So many characters by chance: each nearly six bits."""
    return "".join(secrets.choice(BASE62) for _ in range(length))
