"""A PDF417 with a row misread corrects itself into another text, at one size of the page alone."""

from dataclasses import replace

import pytest
from PIL import Image, ImageOps

from backend.pictures.symbol import draw_symbol
from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.ladder import _read_regions, _said_again, read_page
from backend.reading.symbols.places import outline
from backend.reading.symbols.regions import striped_regions
from backend.reading.symbols.scan import Sighting
from models.barcode_format import BarcodeFormat

RIGHT, MISREAD = "KARMAN-4711", "ZNNhtqkfgeydmgtaxdxp_tux-%/ fdg7+^^#!'"


@pytest.fixture
def page() -> Image.Image:
    """A card with one PDF417, turned by four degrees."""
    drawn = draw_symbol(BarcodeFormat.PDF417, RIGHT, scale=4).convert("L")
    card = ImageOps.expand(drawn, 60, fill="white")
    return card.rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def misread(page: Image.Image) -> Sighting:
    """The wrong text where the symbol stands."""
    (region,) = striped_regions(page)[:1]
    return Sighting(BarcodeFormat.PDF417, MISREAD, outline(region))


def test_another_size_of_the_page_says_it_too_or_not(page: Image.Image) -> None:
    seen = misread(page)
    assert not _said_again(page, seen)
    assert _said_again(page, replace(seen, text=RIGHT))


def test_the_place_is_looked_at_more_closely_and_tells_the_right_text(page: Image.Image) -> None:
    (verdict,) = _read_regions(page, [misread(page)], [], Deadline.after(60))
    assert (verdict.text, verdict.confident) == (RIGHT, True)


def test_what_nothing_else_says_is_not_offered(page: Image.Image) -> None:
    empty = Image.new("L", page.size, "white")
    assert _read_regions(empty, [misread(page)], [], Deadline.after(60)) == []


def test_a_pdf417_that_is_plain_to_see_is_sure(page: Image.Image) -> None:
    (verdict,) = read_page(page, Deadline.after(60))
    assert (verdict.text, verdict.confident) == (RIGHT, True)
