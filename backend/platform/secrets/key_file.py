"""The key file of the data folder: read again when it changes, so that a running product
learns of a new master key."""

import base64
from pathlib import Path

from backend.platform.secrets.master_key import MasterKeyRefused, MasterKeys, parse_key_file
from backend.platform.secrets.private_file import locked_beside, write_private
from backend.platform.watch.log import get_log

log = get_log(__name__)
Stamp = tuple[int, int, int]


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
