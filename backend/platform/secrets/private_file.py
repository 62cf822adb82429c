"""Files and folders that the operator's own user alone may read."""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

OTHERS = stat.S_IRWXO


def private_folder(folder: Path) -> None:
    """Made with mode 0700 when it is not there; one that is there stays as its owner set it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Made empty with mode 0600 when it is not there; from one that is there the rights of
    everybody else are taken, as far as it is ours."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and mode & OTHERS and path.stat().st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)


@contextmanager
def draft_beside(path: Path) -> Iterator[Path]:
    """An empty file of mode 0600 with a name that no other process has, in the same folder;
    taken away at the end if it is still there."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """As `private_target`, at once."""
    with private_target(path) as target:
        target.write(content)


@contextmanager
def private_target(path: Path) -> Iterator[BinaryIO]:
    """All or nothing, mode 0600, on the disk at the end; what stood there before is replaced.
    A pipe or a device is written to as it is."""
    if path.exists() and not path.is_file():
        with path.open("wb") as target:
            yield target
        return
    with draft_beside(path) as draft:
        with draft.open("wb") as target:
            yield target
        synced(draft)
        draft.replace(path)
    synced(path.parent)


def synced(path: Path) -> None:
    """What was written to this file, or the names in this folder, outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked_beside(path: Path) -> Iterator[None]:
    """One process at a time, whatever its container: a lock of the kernel on a file beside."""
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
