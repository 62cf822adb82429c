"""The key file of the data folder: made at the first start, and read again when it changes, so
that a running product learns of a new master key."""

import base64
import binascii
import os
from pathlib import Path

from backend.platform.secrets.master_key import KEY_BYTES, MasterKeys, new_key
from backend.platform.secrets.private_file import (
    draft_beside,
    locked_beside,
    private_folder,
    synced,
    write_private,
)
from backend.platform.watch.log import get_log

FILE_NAME = "master.key"
log = get_log(__name__)
Stamp = tuple[int, int, int]


class MasterKeyRefused(ValueError):
    """The text says what was expected; it never contains the key."""


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


class KeyFile:
    """Remembers what it read last."""

    def __init__(self, path: Path) -> None:
        """Raises MasterKeyRefused, and OSError when it cannot be read."""
        self._path = path
        self._seen = self._stamp()
        self.keys = parse_key_file(path.read_text())

    def changed(self) -> list[bytes] | None:
        """The keys, when the file is another one than last time. A file that cannot be read
        now is no reason to stop: the keys at hand go on."""
        try:
            stamp = self._stamp()
            if stamp == self._seen:
                return None
            self.keys = parse_key_file(self._path.read_text())
        except (OSError, MasterKeyRefused) as wrong:
            log.warning("the key file cannot be read: going on as before", error=str(wrong))
            return None
        self._seen = stamp
        return self.keys

    def _stamp(self) -> Stamp:
        found = self._path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino


def open_key_file(path: Path) -> MasterKeys:
    """Raises MasterKeyRefused, and OSError when it cannot be read."""
    file = KeyFile(path)
    return MasterKeys(file.keys[0], tuple(file.keys[1:]), file.changed)


def add_key(path: Path, key: bytes) -> None:
    """Put a new key on top, all or nothing: the file is replaced as a whole. Of two that do it
    at once, one waits: neither key is lost."""
    with locked_beside(path):
        write_private(path, base64.b64encode(key) + b"\n" + path.read_bytes())
