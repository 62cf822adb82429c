"""Files that nobody sends in good faith, and some that are merely unlucky."""

import struct
import zlib
from collections.abc import Iterable
from io import BytesIO
from random import Random
from zipfile import ZipFile

from PIL import Image

from backend.pictures.symbol import draw_symbol
from models.barcode_format import BarcodeFormat

NUMBER = "4006381333931"


def card() -> Image.Image:
    """A picture with one EAN-13 in it."""
    page = Image.new("RGB", (900, 600), "#e8e8e8")
    page.paste(draw_symbol(BarcodeFormat.EAN13, NUMBER, scale=5), (150, 150))
    return page


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF of the given numbered objects; the reader has to find them without a table."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R>>\n%%EOF\n"


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


def one_page(content: bytes, box: bytes = b"0 0 600 400", resources: bytes = b"") -> list[bytes]:
    """Catalog, pages, page, content: objects 1 to 4."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>"
        % (box, resources),
        content,
    ]


def png_bomb(width: int, height: int) -> bytes:
    """One bit per pixel of nothing, packed a thousand times."""
    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    return _png(struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0), body)


def png_that_lies(width: int, height: int) -> bytes:
    return _png(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), zlib.compress(b"\0" * 99))


def png_text_bomb() -> bytes:
    whole = saved(card(), "PNG")
    text = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    return whole[:33] + _chunk(b"zTXt", text) + whole[33:]


def _png(head: bytes, body: bytes) -> bytes:
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def jpeg_and_zip() -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as file:
        file.writestr("evil.sh", "echo hello")
    return saved(card(), "JPEG") + archive.getvalue()


def animated(kind: str) -> bytes:
    others = [Image.new("RGB", (900, 600), colour) for colour in ("red", "green")]
    return saved(card(), kind, save_all=True, append_images=others)


def nested_pdf() -> bytes:
    """Half a gigabyte of spaces, packed three times."""
    packed = zlib.compress(zlib.compress(zlib.compress(b" " * 500_000_000, 9), 9), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return pdf(*one_page(stream(packed, filters)))


def many_pages_pdf(pages: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(pages))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        stream(b"0 0 50 50 re f"),
        *(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 3 0 R>>"
            for _ in range(pages)
        ),
    )


def recursive_pdf() -> bytes:
    """A form that draws itself, and a page tree that contains itself."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 400]/Resources<</XObject<</F 5 0 R>>>>"
    page = one_page(stream(b"/F Do"), resources=b"/XObject<</F 5 0 R>>")
    return pdf(*page, stream(b"/F Do /F Do", form))


def explosive_pdf() -> bytes:
    """Ten forms, each drawing the next one thirty times."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 400]/Resources<</XObject<</F %d 0 R>>>>"
    forms = [stream(b"/F Do " * 30, head % (number + 6)) for number in range(10)]
    page = one_page(stream(b"/F Do"), resources=b"/XObject<</F 5 0 R>>")
    last = stream(b"0 0 600 400 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 600 400]")
    return pdf(*page, *forms, last)


def picture_bomb_pdf(side: int) -> bytes:
    """A picture of side × side pixels in colour, packed to little."""
    packer = zlib.compressobj(9)
    row = bytes(side * 3)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Filter/FlateDecode" % (side, side)
    )
    page = one_page(stream(b"600 0 0 400 0 0 cm /I Do"), resources=b"/XObject<</I 5 0 R>>")
    return pdf(*page, stream(packed, head))


def locked_pdf() -> bytes:
    objects = one_page(stream(b""))
    lock = b"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate([*objects, lock], 1))
    trailer = b"trailer\n<</Root 1 0 R/Encrypt 5 0 R/ID[<00><00>]>>\n%%EOF\n"
    return b"%PDF-1.7\n" + body + trailer


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500)


def others() -> Iterable[tuple[str, bytes]]:
    """Formats that are pictures to others."""
    for kind in ("GIF", "TIFF", "BMP", "EPS", "ICO", "PPM", "TGA"):
        small = card().resize((120, 80))
        yield kind.lower(), saved(small, kind)
    yield "svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    yield "html", b"<!doctype html><title>Not a card</title>"
    yield "zip", b"PK\x03\x04" + bytes(200)


def noise(size: int, head: bytes = b"") -> bytes:
    return head + Random(7).randbytes(size - len(head))
