"""Draws shapes in a frame of 100 × 100 units, placed anywhere, turned and scaled.

Every shape becomes a polygon and goes through one affine transform, so that a mark drawn once
serves as a logo, as a hero of a picture and as confetti. Pictures are drawn `FINE` times larger
and reduced, which is all the anti-aliasing there is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, radians, sin

from PIL import Image, ImageDraw

from catalog.looks.colours import Rgb
from tests.support.demo_art.path import Point, outline

FINE = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """Centre and side of the 100 × 100 units in final pixels; `turn` in degrees, clockwise."""

    x: float
    y: float
    side: float
    turn: float = 0.0

    def at(self, point: Point) -> Point:
        unit = self.side / 100 * FINE
        dx, dy = (point[0] - 50) * unit, (point[1] - 50) * unit
        c, s = cos(radians(self.turn)), sin(radians(self.turn))
        return self.x * FINE + dx * c - dy * s, self.y * FINE + dx * s + dy * c


class Pen:
    """Opaque shapes on an Rgb or RGBA image that is `FINE` times the final size."""

    def __init__(self, image: Image.Image, frame: Frame) -> None:
        self.image = image
        self.frame = frame
        self._draw = ImageDraw.Draw(image)

    def polygon(self, points: Iterable[Point], fill: Rgb) -> None:
        self._draw.polygon([self.frame.at(point) for point in points], fill=fill)

    def path(self, commands: str, fill: Rgb) -> None:
        """SVG path data with absolute M, L, C and Q."""
        self.polygon(outline(commands), fill)

    def ellipse(
        self, x: float, y: float, rx: float, ry: float, fill: Rgb, turn: float = 0.0
    ) -> None:
        c, s = cos(radians(turn)), sin(radians(turn))
        tally = ((rx * cos(a), ry * sin(a)) for a in (2 * pi * i / 96 for i in range(96)))
        self.polygon(((x + u * c - v * s, y + u * s + v * c) for u, v in tally), fill)

    def circle(self, x: float, y: float, r: float, fill: Rgb) -> None:
        self.ellipse(x, y, r, r, fill)

    def box(self, x: float, y: float, w: float, h: float, r: float, fill: Rgb) -> None:
        """A rectangle from its left top corner, corners rounded by `r`."""
        corners = ((x + w - r, y + r, -90), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90))
        points = [
            (cx + r * cos(radians(start + step)), cy + r * sin(radians(start + step)))
            for cx, cy, start in (*corners, (x + r, y + r, 180))
            for step in range(0, 91, 6)
        ]
        self.polygon(points, fill)

    def line(self, points: Iterable[Point], width: float, fill: Rgb) -> None:
        """Round ends and joints."""
        way = list(points)
        for x, y in way:
            self.circle(x, y, width / 2, fill)
        for (x1, y1), (x2, y2) in pairwise(way):
            long = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
            dx, dy = (y1 - y2) / long * width / 2, (x2 - x1) / long * width / 2
            corners = ((x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy))
            self.polygon((*corners, (x1 - dx, y1 - dy)), fill)

    def stroke(self, commands: str, width: float, fill: Rgb) -> None:
        """A line along SVG path data."""
        self.line(outline(commands), width, fill)

    def arc(
        self, x: float, y: float, r: float, span: tuple[float, float], width: float, fill: Rgb
    ) -> None:
        """Part of a ring between two angles in degrees, clockwise from the right."""
        start, end = span
        steps = max(8, round(abs(end - start) / 4))
        angles = (radians(start + (end - start) * i / steps) for i in range(steps + 1))
        self.line(((x + r * cos(a), y + r * sin(a)) for a in angles), width, fill)

    def within(self, x: float, y: float, size: float, turn: float = 0.0) -> "Pen":
        """A pen whose 100 units are `size` units of this one, centred at (x, y)."""
        px, py = self.frame.at((x, y))
        side = self.frame.side * size / 100
        return Pen(self.image, Frame(px / FINE, py / FINE, side, self.frame.turn + turn))
