"""Cuts a striped region out of a page so that its bars stand upright."""

import math
from dataclasses import dataclass, replace

from PIL import Image, ImageChops, ImageFilter, ImageMath

from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.regions import Region
from backend.reading.symbols.scan import Point

MARGIN = 0.14
"""Of the length, added at both ends for the quiet zone."""
_NARROWEST, _WIDEST = 640, 2400
_TALLEST = 480
"""Rows that are taken before they are averaged into those of the cut."""
_FLAT = 3
"""Grey levels of spread that count as paper, not bars."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How a region is cut and cleaned.

    `zoom` is pixels per pixel of the page across the bars, `rows` how many along them: few rows
    average noise away, PDF417 needs many. `part` is the share of the height, from and to;
    `sharpen` is a radius in pixels and `percent` its strength: narrow bars that blur has washed
    into grey come back once noise is averaged away. `even` takes away glare and shade.
    """

    zoom: float
    rows: int
    part: tuple[float, float] = (0.06, 0.94)
    sharpen: float = 0.0
    percent: int = 180
    even: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The upright image, and where its corners lie on the page: clockwise from the top left."""

    image: Image.Image
    corners: tuple[Point, Point, Point, Point]

    @property
    def zoom(self) -> float:
        """Pixels per pixel of the page, across the bars."""
        return self.image.width / max(1.0, math.dist(*self.corners[:2]))

    def on_page(self, point: Point) -> Point:
        right, down = point[0] / self.image.width, point[1] / self.image.height
        top_left, top_right, low_right, low_left = self.corners

        def between(place: int) -> float:
            above = top_left[place] * (1 - right) + top_right[place] * right
            below = low_left[place] * (1 - right) + low_right[place] * right
            return above * (1 - down) + below * down

        return between(0), between(1)


def straighten(page: Image.Image, region: Region, cut: Cut) -> Strip:
    """The strip that the cut asks for; a short region is enlarged, a long one reduced."""
    half = region.length * (0.5 + MARGIN) + 6
    zoom = cut.zoom * max(1.0, _NARROWEST / region.length)
    width = min(_WIDEST, round(2 * half * zoom))
    corners = _corners(region, half, cut)
    top_left, top_right, low_right, low_left = corners
    # Taken with all its rows and then reduced: the transform itself does not average.
    tall = max(cut.rows, min(_TALLEST, round(region.height * (cut.part[1] - cut.part[0]))))
    image = page.transform(
        (width, tall),
        Image.Transform.QUAD,
        (*top_left, *low_left, *low_right, *top_right),
        Image.Resampling.BICUBIC,
    )
    if tall > cut.rows:
        image = image.resize((width, cut.rows), Image.Resampling.BOX)
    if cut.even:
        image = even_out(image, width / 16)
    if cut.sharpen:
        image = sharpen(image, cut.sharpen, cut.percent)
    return Strip(image, corners)


def _corners(region: Region, half: float, cut: Cut) -> tuple[Point, Point, Point, Point]:
    """Clockwise from the top left; the sides follow the outer bars."""
    angle = region.angle
    cos, sin = math.cos(angle), math.sin(angle)

    def corner(along: float, share: float) -> Point:
        aside = (share - 0.5) * region.height
        fall = along * region.slope
        bars = math.pi / 2 + angle + region.fan * along
        return (
            region.x + along * cos - fall * sin + aside * math.cos(bars),
            region.y + along * sin + fall * cos + aside * math.sin(bars),
        )

    top, low = cut.part
    return corner(-half, top), corner(half, top), corner(half, low), corner(-half, low)


def even_out(image: Image.Image, reach: float) -> Image.Image:
    """The same contrast everywhere: takes away glare and shade. `reach` in pixels."""
    light = image.filter(ImageFilter.BoxBlur(reach))
    spread = ImageChops.difference(image, light).filter(ImageFilter.BoxBlur(reach))
    even = ImageMath.lambda_eval(
        lambda of: of["float"](of["image"] - of["light"]) * 75 / (of["spread"] + _FLAT) + 128,
        image=image,
        light=light,
        spread=spread,
    )
    grey: Image.Image = even.convert("L")
    return grey


def sharpness(page: Image.Image, region: Region, cut: Cut) -> float:
    """How strongly the strip changes from left to right when all its rows are one."""
    row = straighten(page, region, cut).image.resize((_NARROWEST, 1), Image.Resampling.BOX)
    near = ImageChops.difference(row.crop((2, 0, row.width, 1)), row.crop((0, 0, row.width - 2, 1)))
    return sum(level**2 for level in near.tobytes())


def aligned(page: Image.Image, region: Region, deadline: Deadline) -> Region:
    """The region turned and fanned so that its bars stand as upright as can be in the time."""
    plain = Cut(0.5, 24, (0.15, 0.85))
    for step in (0.03, 0.015):
        if deadline.passed():
            break
        turns = [replace(region, angle=region.angle + turn * step) for turn in range(-2, 3)]
        region = max(turns, key=lambda turned: sharpness(page, turned, plain))
        fans = [
            replace(region, fan=region.fan + turn * step * 2 / region.length)
            for turn in range(-2, 3)
        ]
        region = max(fans, key=lambda fanned: sharpness(page, fanned, plain))
    return region


def sharpen(image: Image.Image, radius: float, percent: int = 180) -> Image.Image:
    return image.filter(ImageFilter.UnsharpMask(radius, percent, 0))
