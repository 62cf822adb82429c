"""Small pictures for tests."""

import io

from PIL import Image


def picture(width: int = 640, height: int = 400, kind: str = "PNG") -> bytes:
    """A picture of that size in a plain colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 160)).save(out, kind)
    return out.getvalue()
