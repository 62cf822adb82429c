"""Several brands on one picture."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from backend.pictures.logo_row import BrandMark, draw_logo_row

LOGOS = sorted((Path(__file__).parents[2] / "demo").rglob("logo.png"))


@pytest.mark.parametrize(("howmany", "size"), [(2, (600, 332)), (3, (900, 332)), (5, (900, 664))])
def test_every_brand_has_its_place(howmany: int, size: tuple[int, int]) -> None:
    brands = [
        BrandMark(f"Бренд с длинным именем {n}", "#1F6F50", None, LOGOS[n].read_bytes())
        for n in range(howmany)
    ]
    drawn = Image.open(BytesIO(draw_logo_row(brands)))
    assert (drawn.format, drawn.size) == ("JPEG", size)
    for place in range(howmany):
        left, top = place % 3 * 300, place // 3 * 332
        tile = drawn.crop((left + 40, top + 40, left + 260, top + 260))
        assert len(tile.getcolors(100_000) or ()) > 20, f"nothing is drawn for brand {place}"


def test_a_brand_without_a_logo_has_its_initials() -> None:
    drawn = draw_logo_row([BrandMark("Аптека", "#FFCC00", "#000000", None)] * 2)
    assert Image.open(BytesIO(drawn)).size == (600, 332)
