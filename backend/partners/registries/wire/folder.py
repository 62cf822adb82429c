"""A folder of this machine, or one that is mounted into it."""

import asyncio
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from .errors import AlreadyThere, Away, Denied, Gone, PlaceError, TooLarge
from .place import PROBE, Entry, one_name, temporary

T = TypeVar("T")
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}


class Folder:
    """`root` holds the directories. Links are not followed: whoever may write into it must not
    make us read what lies elsewhere."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def entries(self, directory: str, most: int) -> list[Entry]:
        return await self._safely(lambda: _listed(self._at(directory), most))

    async def read(self, directory: str, name: str, most: int) -> bytes:
        path = self._at(directory) / one_name(name)
        return await self._safely(lambda: _content(path, most))

    async def write(self, directory: str, name: str, content: bytes) -> None:
        folder = self._at(directory)
        await self._safely(lambda: _written(folder, one_name(name), content))

    async def try_writing(self, directory: str) -> None:
        beside = self._at(directory) / temporary(PROBE)

        def work() -> None:
            os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600))
            beside.unlink()

        await self._safely(work)

    def _at(self, directory: str) -> Path:
        """Raises ValueError for what leads out of the folder."""
        parts = [one_name(part) for part in directory.split("/")]
        return self._root.joinpath(*parts)

    async def _safely(self, work: Callable[[], T]) -> T:
        """A slow disk stops nobody else."""
        try:
            return await asyncio.to_thread(work)
        except PlaceError:
            raise
        except FileNotFoundError:
            raise Denied("a directory of the exchange is missing") from None
        except OSError as error:
            what = f"the folder of the exchange: {error.strerror or type(error).__name__}"
            raise (Denied if error.errno in _DENIED else Away)(what) from None


def _listed(folder: Path, most: int) -> list[Entry]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                continue
            kept = entry.stat(follow_symlinks=False)
            found.append(Entry(entry.name, kept.st_size, int(kept.st_mtime)))
            if len(found) == most:
                break
    return sorted(found, key=lambda entry: entry.name)


def _content(path: Path, most: int) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ELOOP}:
            raise Gone("a file of the exchange is gone") from None
        raise
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Gone("a file of the exchange is no file any more")
        content = file.read(most + 1)
    if len(content) > most:
        raise TooLarge(f"has more than {most} bytes")
    return content


def _written(folder: Path, name: str, content: bytes) -> None:
    path, beside = folder / name, folder / temporary(name)
    if path.exists():
        raise AlreadyThere("a file of this name is there")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o640)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _put(beside, path)
    _settle(folder)


def _put(beside: Path, path: Path) -> None:
    """In one step, and only where nothing is."""
    try:
        os.link(beside, path)
    except FileExistsError:
        beside.unlink()
        raise AlreadyThere("a file of this name is there") from None
    except OSError:
        # Not every mounted folder knows links.
        beside.rename(path)
    else:
        beside.unlink()


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)
