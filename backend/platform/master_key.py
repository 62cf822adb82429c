"""The master key: kept outside the database, it wraps every other key."""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from backend.platform.seal import KEY_BYTES, CannotOpen, new_key, seal, unseal

FILE_NAME = "master.key"
_ID_BYTES = 4


class MasterKeyRefused(ValueError):
    """The text says what was expected; it never contains the key."""


@dataclass(frozen=True, slots=True, repr=False)
class MasterKeys:
    """The current key wraps; older ones still unwrap until `karman keys rotate` is done."""

    current: bytes
    older: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"MasterKeys(current=…, older={len(self.older)})"

    def wrap(self, key: bytes) -> bytes:
        """Four bytes that identify the master key, then the sealed key."""
        return key_id(self.current) + seal(self.current, key, "wrapped-key")

    def unwrap(self, wrapped: bytes) -> bytes:
        """Raises CannotOpen when no master key at hand made this wrapping."""
        for master in (self.current, *self.older):
            if wrapped[:_ID_BYTES] == key_id(master):
                return unseal(master, wrapped[_ID_BYTES:], "wrapped-key")
        raise CannotOpen("wrapped-key")

    def is_current(self, wrapped: bytes) -> bool:
        return wrapped[:_ID_BYTES] == key_id(self.current)


def key_id(master: bytes) -> bytes:
    return hashlib.sha256(b"karman master key id" + master).digest()[:_ID_BYTES]


def parse_master_key(text: str) -> bytes:
    """32 bytes in base64 (standard or URL-safe). Raises MasterKeyRefused."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise MasterKeyRefused("expected 32 bytes in base64 (openssl rand -base64 32)") from wrong
    if len(key) != KEY_BYTES:
        raise MasterKeyRefused(f"expected 32 bytes in base64, got {len(key)} bytes")
    return key


def load_or_make_key_file(folder: Path) -> tuple[bytes, bool]:
    """The key in `folder`, made there at the first start; True when it was just made.

    Written to a temporary name, synced and linked, so that a crash leaves no half key and
    two processes that start at once agree on one.
    """
    path = folder / FILE_NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = _write_once(path, base64.b64encode(new_key()) + b"\n")
        return parse_master_key(path.read_text()), made
    return parse_master_key(path.read_text()), False


def _write_once(path: Path, content: bytes) -> bool:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
