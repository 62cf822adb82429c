"""Where the files are: a folder, or a server that speaks SFTP."""

from dataclasses import dataclass
from typing import Protocol

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a directory. `changed`: seconds since 1970, by the clock of whoever holds it."""

    name: str
    size: int
    changed: int


class Place(Protocol):
    """Directories are named as the partner sees them, such as `in`. Every method raises
    PlaceError."""

    async def entries(self, directory: str, most: int) -> list[Entry]:
        """Its plain files, by name; `most` at most. Neither folders nor links nor hidden files."""
        ...

    async def read(self, directory: str, name: str, most: int) -> bytes:
        """Raises TooLarge for more than `most` bytes, and Gone."""
        ...

    async def write(self, directory: str, name: str, content: bytes) -> None:
        """Whole or not at all, and never over another: raises AlreadyThere."""
        ...

    async def try_writing(self, directory: str) -> None:
        """Something is written there and taken away."""
        ...


PROBE = "karman-check"


def temporary(name: str) -> str:
    """What a file is called while it is written: hidden, and with an end that says so."""
    return f".{name}.tmp"


def unfinished(name: str) -> bool:
    """Whether a name says that somebody is still writing."""
    ends = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".upload", "~")
    return name.startswith(".") or name.lower().endswith(ends)


def one_name(name: str) -> str:
    """The same. Raises ValueError for what would lead to another directory."""
    if not name or name in {".", ".."} or any(char in name for char in "/\\\0"):
        raise ValueError("a name of one file")
    return name
