"""A ZIP that came from outside: bounded in entries and in size, never unpacked to disk.

pyzipper is imported where it is used: with its ciphers it takes megabytes that a bot at rest
does not need.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from backend.passes.exchange.shapes import FileRefused

MOST_ENTRIES = 2_000
LARGEST_ENTRY = 20 * 1024 * 1024
LARGEST_TOTAL = 100 * 1024 * 1024


def is_zip(data: bytes) -> bool:
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def read_archive(data: bytes, password: str | None = None) -> Mapping[str, bytes]:
    """Name → content, folders left out. Raises FileRefused."""
    import pyzipper  # noqa: PLC0415

    try:
        with pyzipper.AESZipFile(BytesIO(data)) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
            _check(entries)
            if password:
                archive.setpassword(password.encode())
            elif any(info.flag_bits & 0x1 for info in entries):
                raise FileRefused("password_needed", "the archive is protected by a password")
            return {info.filename: _content(archive, info) for info in entries}
    except (pyzipper.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as wrong:
        if isinstance(wrong, FileRefused):
            raise
        raise FileRefused("broken", "the archive is damaged") from wrong


def _check(entries: list[Any]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileRefused("too_large", f"more than {MOST_ENTRIES} files in the archive")
    if any(info.file_size > LARGEST_ENTRY for info in entries):
        raise FileRefused("too_large", "a file in the archive is larger than 20 MB")
    if sum(info.file_size for info in entries) > LARGEST_TOTAL:
        raise FileRefused("too_large", "the archive unpacks to more than 100 MB")


def _content(archive: Any, info: Any) -> bytes:
    """The declared size bounds what is read: an archive can lie about it."""
    try:
        with archive.open(info) as file:
            content: bytes = file.read(info.file_size + 1)
    except RuntimeError as wrong:
        raise FileRefused("wrong_password", "the password does not fit") from wrong
    if len(content) > info.file_size:
        raise FileRefused("broken", "a file is larger than the archive says")
    return content


def write_archive(entries: Mapping[str, bytes], password: str | None = None) -> bytes:
    """A ZIP, with WinZip AES when there is a password."""
    import pyzipper  # noqa: PLC0415

    made = BytesIO()
    options = {"encryption": pyzipper.WZ_AES} if password else {}
    with pyzipper.AESZipFile(made, "w", compression=pyzipper.ZIP_DEFLATED, **options) as archive:
        if password:
            archive.setpassword(password.encode())
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()
