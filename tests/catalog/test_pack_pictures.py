"""Pictures of a pack are measured before a pixel is decoded."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from catalog.pack.problems import PackProblem

LOGO = "accounts/lavka/brands/lavka/logo.png"
PICTURE = "accounts/lavka/brands/lavka/offers/welcome.jpg"
Find = Callable[[], list[PackProblem]]


def drawn(size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#1F6F50").save(out, kind)
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A few hundred bytes that claim `side` × `side` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        (LOGO, drawn((64, 64)), "is 64×64"),
        (LOGO, drawn((512, 256)), "is 512×256"),
        (LOGO, huge_png(60_000), "is 60000×60000"),
        (LOGO, drawn((256, 256))[:200], "cannot be decoded"),
        (LOGO, drawn((256, 256), "GIF"), "is neither PNG nor JPEG"),
        (LOGO, b"<svg/>", "is neither PNG nor JPEG"),
        (LOGO, b"", "is neither PNG nor JPEG"),
        (LOGO, b"\x89PNG\r\n\x1a\n" + b"x" * 1_000_000, "has 1,000,008 bytes"),
        (PICTURE, drawn((500, 300), "JPEG"), "is 500×300"),
        (PICTURE, drawn((4000, 400), "JPEG"), "is 4000×400"),
        (PICTURE, drawn((1200, 675), "JPEG")[:700], "cannot be decoded"),
        (PICTURE, b"\xff\xd8\xff\xe0\x00\x00", "is neither PNG nor JPEG"),
        (PICTURE, b"\xff\xd8" + b"\xff\xe0\x00\x00" * 9, "is neither PNG nor JPEG"),
    ],
)
def test_a_picture_that_will_not_do(
    pack: Path, problems: Find, file: str, content: bytes, what: str
) -> None:
    (pack / file).write_bytes(content)
    (only,) = problems()
    assert (only.file, only.line, only.what) == (file, None, what)


def test_a_jpeg_may_be_called_png_and_the_other_way_round(pack: Path, problems: Find) -> None:
    (pack / LOGO).write_bytes(drawn((256, 256), "JPEG"))
    (pack / PICTURE).write_bytes(drawn((1200, 675), "PNG"))
    assert problems() == []
