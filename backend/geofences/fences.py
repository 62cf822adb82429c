"""Which stores somebody is near, of brands that want to know: kept in memory, so that a place is
looked at where it comes in and goes no further."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, floor, radians

from backend.platform.database import rows
from backend.platform.dialect import parsed
from catalog.shelves.cities import distance_km

# How old what is in memory may be: a trigger that is switched on is in effect after so long.
AGE = timedelta(seconds=30)
FARTHEST_M = 5_000
# Of a nearest few one is told; the others are for when it was told before.
MOST = 20
# Degrees: more than FARTHEST_M to the north, and to the east up to 80 degrees.
_CELL = 0.05
_METRES_PER_DEGREE = 111_200
# of all: every brand that wants to know
_FENCES = """
SELECT t.id AS trigger_id, t.options, s.id AS store_id, s.lat, s.lon, s.radius_m
FROM triggers t JOIN stores s ON s.brand_id = t.brand_id
WHERE t.is_on AND t.event = 'near_store' ORDER BY t.id, s.id
"""


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody is near a store for which this trigger waits."""

    trigger_id: int
    store_id: int


@dataclass(frozen=True, slots=True)
class _Fence:
    passed: Passed
    lat: float
    lon: float
    metres: int


@dataclass(slots=True)
class Fences:
    """Of one process."""

    _cells: dict[tuple[int, int], list[_Fence]] = field(default_factory=dict)
    _read_at: datetime | None = None

    async def near(self, now: datetime, lat: float, lon: float) -> list[Passed]:
        """The nearest first, and of each trigger the nearest alone."""
        await self._read(now)
        there = [
            (distance_km(lat, lon, fence.lat, fence.lon) * 1000, fence)
            for fence in self._cells.get(_cell(lat, lon), ())
        ]
        inside = [(metres, fence) for metres, fence in there if metres <= fence.metres]
        nearest: dict[int, Passed] = {}
        for _, fence in sorted(inside, key=lambda pair: pair[0]):
            nearest.setdefault(fence.passed.trigger_id, fence.passed)
        return list(nearest.values())[:MOST]

    async def _read(self, now: datetime) -> None:
        if self._read_at is not None and timedelta() <= now - self._read_at < AGE:
            return
        cells: dict[tuple[int, int], list[_Fence]] = defaultdict(list)
        for row in await rows(_FENCES):
            wanted = row["radius_m"] or parsed(row["options"])["radius_m"]
            passed = Passed(row["trigger_id"], row["store_id"])
            fence = _Fence(passed, row["lat"], row["lon"], min(wanted, FARTHEST_M))
            for cell in _cells_of(fence):
                cells[cell].append(fence)
        self._cells, self._read_at = cells, now


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat / _CELL), floor(lon / _CELL)


def _cells_of(fence: _Fence) -> set[tuple[int, int]]:
    """All that the circle touches."""
    north = fence.metres / _METRES_PER_DEGREE
    east = north / max(cos(radians(fence.lat)), 0.01)
    low, high = (
        _cell(fence.lat - north, fence.lon - east),
        _cell(fence.lat + north, fence.lon + east),
    )
    return {
        (row, column) for row in range(low[0], high[0] + 1) for column in range(low[1], high[1] + 1)
    }
