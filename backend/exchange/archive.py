"""A ZIP that came from outside: bounded in entries and in size, never unpacked to disk.

An entry is unpacked when it is asked for. What is unpacked counts against the budget of the
file that was sent, with everything that is nested in it.

pyzipper is imported where it is used: with its ciphers it takes megabytes that a bot at rest
does not need.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from backend.exchange.shapes import FileRefused

MOST_ENTRIES = 10_000
LARGEST_ENTRY = 20 * 1024 * 1024
LARGEST_TOTAL = 100 * 1024 * 1024
_STORED, _DEFLATED = 0, 8
_PIECE = 64 * 1024
_DAMAGE = (OSError, EOFError, NotImplementedError, ValueError, struct.error, zlib.error, IndexError)


@dataclass(slots=True)
class Budget:
    """What is left for one file that was sent. One for the whole of it: an archive in an
    archive has none of its own."""

    bytes_left: int = LARGEST_TOTAL
    entries_left: int = MOST_ENTRIES

    def take(self, size: int) -> None:
        """Raises FileRefused."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise FileRefused("too_large", "the archive unpacks to more than 100 MB")

    def count(self, entries: int) -> None:
        """Raises FileRefused."""
        self.entries_left -= entries
        if self.entries_left < 0:
            raise FileRefused("too_large", f"more than {MOST_ENTRIES} files in the archive")


def is_zip(data: bytes) -> bool:
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


class Archive(Mapping[str, bytes]):
    """Name → content, folders left out. To ask for a content may raise FileRefused."""

    def __init__(self, archive: Any, entries: dict[str, Any], budget: Budget) -> None:
        self.budget = budget
        self._archive = archive
        self._entries = entries

    def __getitem__(self, name: str) -> bytes:
        return _content(self._archive, self._entries[name], self.budget)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def read_archive(data: bytes, password: str | None = None, budget: Budget | None = None) -> Archive:
    """`budget` is that of the file in which this one is nested. Raises FileRefused."""
    import pyzipper  # noqa: PLC0415

    budget = budget or Budget()
    try:
        archive = pyzipper.AESZipFile(BytesIO(data))
    except (pyzipper.BadZipFile, *_DAMAGE) as wrong:
        raise FileRefused("broken", "the archive is damaged") from wrong
    entries = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    budget.count(len(entries))
    _check(entries)
    if password:
        archive.setpassword(password.encode())
    elif any(info.flag_bits & 0x1 for info in entries):
        raise FileRefused("password_needed", "the archive is protected by a password")
    return Archive(archive, {info.filename: info for info in entries}, budget)


def _check(entries: list[Any]) -> None:
    """What an archive declares; what it really holds is counted while it is unpacked."""
    if any(info.file_size > LARGEST_ENTRY for info in entries):
        raise FileRefused("too_large", "a file in the archive is larger than 20 MB")
    if sum(info.file_size for info in entries) > LARGEST_TOTAL:
        raise FileRefused("too_large", "the archive unpacks to more than 100 MB")
    if any(info.compress_type not in {_STORED, _DEFLATED} for info in entries):
        raise FileRefused("broken", "the archive is packed in an unusual way")


def _content(archive: Any, info: Any, budget: Budget) -> bytes:
    """Raises FileRefused. The declared size bounds what is read: an archive can lie about it."""
    import pyzipper  # noqa: PLC0415

    budget.take(info.file_size)
    try:
        with archive.open(info) as file:
            content = b"".join(_pieces(file, info.file_size + 1))
    except RuntimeError as wrong:
        if isinstance(wrong, NotImplementedError):
            raise FileRefused("broken", "the archive is packed in an unusual way") from wrong
        raise FileRefused("wrong_password", "the password does not fit") from wrong
    except (pyzipper.BadZipFile, *_DAMAGE) as wrong:
        raise FileRefused("broken", "the archive is damaged") from wrong
    if len(content) > info.file_size:
        raise FileRefused("broken", "a file is larger than the archive says")
    return content


def _pieces(file: Any, most: int) -> Iterator[bytes]:
    """Read in pieces, nothing is unpacked beyond `most`."""
    while most > 0 and (piece := file.read(min(_PIECE, most))):
        most -= len(piece)
        yield piece


class Packer:
    """A ZIP that is made entry by entry, with WinZip AES when there is a password. Each entry is
    handed out as it is done: nothing but the names stays in memory."""

    def __init__(self, password: str | None = None) -> None:
        import pyzipper  # noqa: PLC0415

        self._window = _Window()
        options = {"encryption": pyzipper.WZ_AES} if password else {}
        self._archive = pyzipper.AESZipFile(
            self._window, "w", compression=pyzipper.ZIP_DEFLATED, **options
        )
        if password:
            self._archive.setpassword(password.encode())

    def add(self, name: str, content: bytes) -> bytes:
        self._archive.writestr(name, content)
        return self._window.drained()

    def close(self) -> bytes:
        """The table of contents."""
        self._archive.close()
        return self._window.drained()


class _Window:
    """The end of a file that is being written: what went before has been handed out. A writer of
    ZIP goes back to the head of the current entry, and never further."""

    def __init__(self) -> None:
        self._gone = 0
        self._here = BytesIO()

    def write(self, data: bytes) -> int:
        return self._here.write(data)

    def tell(self) -> int:
        return self._gone + self._here.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return self._gone + self._here.seek(place - self._gone if whence == 0 else place, whence)

    def seekable(self) -> bool:
        return True

    def flush(self) -> None:
        """Nothing is buffered."""

    def drained(self) -> bytes:
        done = self._here.getvalue()
        self._gone += len(done)
        self._here = BytesIO()
        return done


def write_archive(entries: Mapping[str, bytes], password: str | None = None) -> bytes:
    packer = Packer(password)
    packed = [packer.add(name, content) for name, content in entries.items()]
    return b"".join([*packed, packer.close()])
