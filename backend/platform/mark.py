"""A mark beside the database: the newest card that a process of this machine has handed out.

Written after the commit and before anybody sees the number, so it is never ahead of a commit
that still exists. Where it is ahead, the database has lost cards. A mark belongs to one
database: a new one in the same folder has another.
"""

import fcntl
import os
from pathlib import Path

from backend.platform.secrets.private_file import private_folder
from backend.platform.secrets.vault import Vault
from backend.platform.watch.log import get_log

_DIGITS = 20
log = get_log(__name__)


class Mark:
    """Remembers nothing; see FileMark."""

    def advance(self, card_id: int) -> None:
        """Cards up to this one were handed out."""

    def read(self) -> int:
        """0 when nothing is known."""
        return 0


NO_MARK = Mark()


class FileMark(Mark):
    """A file of one number, shared by the processes of a data folder."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        """The name tells databases apart and nothing about them."""
        self.path = folder / f"issued-{vault.sign('the mark of this database')[:16]}.mark"

    def advance(self, card_id: int) -> None:
        """A mark that cannot be written is no reason to refuse a card that was committed."""
        if card_id <= 0:
            return
        try:
            self._write(card_id)
        except OSError as wrong:
            log.warning("the mark cannot be written", file=str(self.path), error=str(wrong))

    def _write(self, card_id: int) -> None:
        private_folder(self.path.parent)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if card_id > _number(os.pread(descriptor, _DIGITS, 0)):
                os.pwrite(descriptor, f"{card_id:0{_DIGITS}}".encode(), 0)
        finally:
            os.close(descriptor)

    def read(self) -> int:
        try:
            return _number(self.path.read_bytes()[:_DIGITS])
        except FileNotFoundError:
            return 0


def _number(text: bytes) -> int:
    """What is cut or no number is a mark that knows nothing."""
    return int(text) if len(text) == _DIGITS and text.isdigit() else 0
