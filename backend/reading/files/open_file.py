"""Opens what a stranger sent, as grey pages, or says why not. The content decides, not a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from backend.reading.files.open_picture import picture_page
from backend.reading.result import FileRefused, Unreadable

MAX_BYTES = 20 * 1024 * 1024
"""What a Telegram bot may download."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class Opened:
    """`pages` are drawn as they are asked for and may raise FileRefused; `left` are not."""

    pages: Iterator[Image.Image]
    left: int = 0


def refusal_at_sight(data: bytes) -> Unreadable | None:
    """What the first bytes tell, at no cost."""
    if not data:
        return Unreadable.EMPTY
    if len(data) > MAX_BYTES:
        return Unreadable.TOO_LARGE
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return Unreadable.HEIC
    if not _is_picture(data) and not _is_pdf(data):
        return Unreadable.NOT_A_PICTURE
    return None


def open_file(data: bytes) -> Opened:
    """Raises FileRefused."""
    refused = refusal_at_sight(data)
    if refused is not None:
        raise FileRefused(refused)
    if _is_picture(data):
        return Opened(iter([picture_page(data)]))
    # Here and not above: the bot's own process only looks at first bytes and needs no PDFium.
    from backend.reading.files.open_pdf import pdf_pages  # noqa: PLC0415

    pages, left = pdf_pages(data)
    return Opened(pages, left)


def _is_picture(data: bytes) -> bool:
    return data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]
