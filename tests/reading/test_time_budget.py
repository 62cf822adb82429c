"""After the deadline no step begins, whatever the page."""

from dataclasses import dataclass

import pytest
from PIL import Image

from backend.reading.symbols import ladder, looking
from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.regions import Region, striped_regions
from backend.reading.symbols.straighten import Cut, Strip, aligned, straighten
from backend.reading.symbols.whole import full_size, looks, reduced

OVER = Deadline(lambda: 1.0, 0.0)


@dataclass
class Clock:
    """Time passes with each strip that is cut, not otherwise."""

    now: float = 0.0

    def straighten(self, page: Image.Image, region: Region, cut: Cut) -> Strip:
        self.now += 1
        return straighten(page, region, cut)


def stripes() -> Image.Image:
    page = Image.new("L", (1200, 900), "white")
    for x in range(60, 1100, 20):
        page.paste(0, (x, 60, x + 6 + x % 7, 800))
    return page


def test_a_region_is_not_aligned_after_the_deadline() -> None:
    page = stripes()
    region = striped_regions(page)[0]
    assert aligned(page, region, OVER) == region


def test_no_look_at_the_whole_begins_after_the_deadline() -> None:
    page = stripes().resize((2400, 1800))
    assert list(looks(page, reduced(page), OVER)) == []
    assert list(full_size(page, OVER)) == []


def test_strips_are_cut_until_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(looking, "straighten", clock.straighten)
    ladder.read_page(stripes(), Deadline(lambda: clock.now, 3.0))
    assert clock.now == 3.0
