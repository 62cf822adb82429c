"""The master key: kept outside the database, it wraps every other key."""

import base64
import binascii
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from backend.platform.secrets.private_file import draft_beside, private_folder, synced
from backend.platform.secrets.seal import KEY_BYTES, CannotOpen, new_key, seal, unseal

FILE_NAME = "master.key"
ID_BYTES = 4


class MasterKeyRefused(ValueError):
    """The text says what was expected; it never contains the key."""


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


def parse_master_key(text: str) -> bytes:
    """32 bytes in base64 (standard or URL-safe). Raises MasterKeyRefused."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise MasterKeyRefused("expected 32 bytes in base64 (openssl rand -base64 32)") from wrong
    if len(key) != KEY_BYTES:
        raise MasterKeyRefused(f"expected 32 bytes in base64, got {len(key)} bytes")
    return key


def parse_key_file(text: str) -> list[bytes]:
    """A key per line, the newest first; empty lines and those after a # are for people.
    Raises MasterKeyRefused."""
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    keys = [parse_master_key(line) for line in lines if line]
    if not keys:
        raise MasterKeyRefused("expected a key, 32 bytes in base64, on a line of its own")
    return keys


def load_or_make_key_file(folder: Path) -> tuple[bytes, bool]:
    """The newest key in `folder`, made there at the first start; True when it was just made.

    Written to a temporary name, synced and linked, so that a crash leaves no half key and
    two processes that start at once agree on one.
    """
    path = folder / FILE_NAME
    if not path.exists():
        private_folder(folder)
        made = _write_once(path, base64.b64encode(new_key()) + b"\n")
        return parse_key_file(path.read_text())[0], made
    return parse_key_file(path.read_text())[0], False


def _write_once(path: Path, content: bytes) -> bool:
    with draft_beside(path) as draft:
        draft.write_bytes(content)
        synced(draft)
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
    synced(path.parent)
    return True
