"""A pack as one ZIP, or as a folder on the disk. The same files give the same ZIP."""

import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from models.refusal import Code, Refusal

MEGABYTE = 1024 * 1024
# What a ZIP can say at the least; the pack has no times of its own.
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_ORDINARY = 0o100644 << 16


async def write_zip(
    files: AsyncIterator[tuple[str, bytes]], into: BinaryIO, most: int | None = None
) -> None:
    """Pieces of one file follow one another. `most` bytes in all: refuses with pack_too_large
    (megabytes)."""
    written, name, entry = 0, "", None
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        try:
            async for file, content in files:
                written += len(content)
                if most is not None and written > most:
                    raise Refusal(Code.PACK_TOO_LARGE, megabytes=most // MEGABYTE)
                if entry is None or file != name:
                    _close(entry)
                    name, entry = file, archive.open(_info(file), "w")
                entry.write(content)
        finally:
            _close(entry)


def _close(entry: IO[bytes] | None) -> None:
    if entry is not None and not entry.closed:
        entry.close()


async def zip_of(files: AsyncIterator[tuple[str, bytes]], most: int) -> bytes:
    into = BytesIO()
    await write_zip(files, into, most)
    return into.getvalue()


async def write_file(files: AsyncIterator[tuple[str, bytes]], path: Path) -> None:
    """A ZIP, where no file is yet."""
    with path.open("xb") as into:
        await write_zip(files, into)


async def write_folder(files: AsyncIterator[tuple[str, bytes]], folder: Path) -> int:
    """How many files there are. `folder` is empty, or not there."""
    names: set[str] = set()
    async for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(content)
        names.add(name)
    return len(names)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _ORDINARY, 3
    return info
