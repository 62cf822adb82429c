"""A ZIP of a brand pack is unpacked within its bounds, and nowhere else than in memory."""

import stat
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from backend.reading.frames import Frame
from backend.reading.jobs import answer
from backend.reading.reader import Reader
from backend.reading.unpacked import CannotUnpack, unpacked
from backend.reading.unpacked_frames import LARGEST_TOTAL, MOST_FILES
from tests.web.api.onboarding.test_resources import picture


def zipped(*files: tuple[str | ZipInfo, bytes], how: int = ZIP_DEFLATED) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", how) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return into.getvalue()


def link() -> ZipInfo:
    info = ZipInfo("accounts/lavka/account.yaml")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def lying() -> bytes:
    """It declares ten bytes and holds a megabyte."""
    data = zipped(("a.txt", bytes(1_000_000)), how=ZIP_STORED)
    size = struct.pack("<I", 1_000_000)
    return data.replace(size, struct.pack("<I", 10))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04 and nothing", "is damaged"),
        (b"", "is damaged"),
        (zipped(("../../etc/passwd", b"x")), "has a file called '../../etc/passwd'"),
        (zipped(("/etc/passwd", b"x")), "has a file called '/etc/passwd'"),
        (zipped(("a/../../b", b"x")), "has a file called 'a/../../b'"),
        (zipped(("C:\\b", b"x")), "has a file called"),
        (zipped(("a//b", b"x")), "has a file called 'a//b'"),
        (zipped(("a" * 301, b"x")), "has a file called"),
        (zipped((link(), b"/etc/passwd")), "has the link 'accounts/lavka/account.yaml'"),
        (zipped(("a.txt", bytes(5_000_000))), "'a.txt' is packed too well"),
        (zipped(*((f"{n}.txt", b"") for n in range(MOST_FILES + 1))), "has 5001 files"),
        (lying(), "is damaged"),
    ],
)
def test_what_is_no_pack_is_said(data: bytes, what: str) -> None:
    last = list(answer(Frame({"job": "unpack"}, data)))[-1]
    assert last.last
    assert last.head["what"].startswith(what), last.head


def test_what_is_declared_is_bounded() -> None:
    big = bytes(range(256)) * (LARGEST_TOTAL // 256 // 2 + 1)
    last = list(answer(Frame({"job": "unpack"}, zipped(("a", big), ("b", big), how=ZIP_STORED))))[
        -1
    ]
    assert last.head["what"].startswith("unpacks to")


async def test_files_come_with_what_can_be_decoded() -> None:
    good, bad = picture(256, 256), picture(256, 256)[:-60]
    async with Reader() as reader:
        found = await unpacked(reader, zipped(("a/good.png", good), ("a/bad.png", bad)))
        assert found.files == {"a/good.png": good, "a/bad.png": bad}
        assert (found.decodes(good), found.decodes(bad)) == (True, False)
        with pytest.raises(CannotUnpack) as wrong:
            await unpacked(reader, b"PK")
    assert (wrong.value.what, wrong.value.busy) == ("is damaged", False)
