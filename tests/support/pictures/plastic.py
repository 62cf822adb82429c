"""Drawn plastic cards, as people photograph them, and lists of what a brand has issued."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from backend.brands.load_issued import load_issued
from backend.pictures.symbol import draw_symbol
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat

_CARD = (1000, 630)


def plastic(*barcodes: tuple[BarcodeFormat, str]) -> bytes:
    """A JPEG with these barcodes, one below the other, on a light card."""
    whole = Image.new("RGB", (_CARD[0], _CARD[1] * len(barcodes)), "#F4F4F4")
    for place, (barcode_format, value) in enumerate(barcodes):
        symbol = draw_symbol(barcode_format, value, scale=4).convert("RGB")
        at = ((_CARD[0] - symbol.width) // 2, place * _CARD[1] + (_CARD[1] - symbol.height) // 2)
        whole.paste(symbol, at)
    return jpeg(whole)


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def heic() -> bytes:
    """The first bytes of what an iPhone keeps."""
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(2000)


async def issued_plastic(ctx: Context, folder: Path, program: str, *lines: str) -> tuple[int, int]:
    """Load a list of `card_number;phone;email` lines."""
    path = folder / "issued.csv"
    path.write_text("\n".join(["card_number;phone;email", *lines]), encoding="utf-8")
    return await load_issued(ctx, program, path)
