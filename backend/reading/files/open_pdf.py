"""The pages of a PDF file in grey: few of them, of bounded size, drawn one by one."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image

from backend.reading.result import FileRefused, Unreadable

MAX_PAGES = 10
LONGEST = 2000
"""Pixels of the longer side of a page, whatever size it claims to have."""
_USUAL = 200 / 72  # dots per point: a card printed in its own size has modules of 2 to 3 pixels
_ERR_PASSWORD = 4


def pdf_pages(data: bytes) -> tuple[Iterator[Image.Image], int]:
    """The pages, and how many are left out. Raises FileRefused, also while pages are drawn."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _ERR_PASSWORD
        raise FileRefused(Unreadable.ENCRYPTED if locked else Unreadable.DAMAGED) from error
    if count == 0:
        document.close()
        raise FileRefused(Unreadable.DAMAGED)
    return _draw(document, min(count, MAX_PAGES)), max(0, count - MAX_PAGES)


def _draw(document: Any, count: int) -> Iterator[Image.Image]:
    try:
        for place in range(count):
            yield _page(document, place)
    except (pypdfium2.PdfiumError, ValueError) as error:
        raise FileRefused(Unreadable.DAMAGED) from error
    finally:
        document.close()


def _page(document: Any, place: int) -> Image.Image:
    page = document[place]
    try:
        longer = max(1.0, *page.get_size())
        bitmap = page.render(
            scale=min(_USUAL, LONGEST / longer), grayscale=True, may_draw_forms=False
        )
        try:
            image: Image.Image = bitmap.to_pil().convert("L").copy()
        finally:
            bitmap.close()
    finally:
        page.close()
    return image
