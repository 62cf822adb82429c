"""A link as a QR: a PNG for letters, and an SVG of any size. Drawn once for as long as it is asked
for often."""

from functools import lru_cache
from io import BytesIO
from itertools import groupby

from backend.pictures.symbol import draw_symbol
from catalog.symbologies.matrix import Matrix, encode
from models.barcode_format import BarcodeFormat

_QUIET = 4
_SCALE = 8
# A kilobyte or two each.
_KEPT = 512
# One transparent dot.
NOTHING = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364600000000600023081d02f0000000049454e44ae426082"
)


@lru_cache(_KEPT)
def qr_png(link: str) -> bytes:
    made = BytesIO()
    draw_symbol(BarcodeFormat.QR, link, scale=_SCALE).convert("1").save(made, "PNG", optimize=True)
    return made.getvalue()


@lru_cache(_KEPT)
def qr_svg(link: str) -> bytes:
    matrix = encode(BarcodeFormat.QR, link)
    size = matrix.width + 2 * _QUIET
    dark = "".join(_row(matrix, y) for y in range(matrix.height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{dark}"/></svg>'
    ).encode()


def _row(matrix: Matrix, y: int) -> str:
    """Its runs of dark modules."""
    row = matrix.modules[y * matrix.width : (y + 1) * matrix.width]
    x, drawn = _QUIET, ""
    for light, run in groupby(row):
        length = len(list(run))
        if not light:
            drawn += f"M{x} {y + _QUIET}h{length}v1h-{length}z"
        x += length
    return drawn
