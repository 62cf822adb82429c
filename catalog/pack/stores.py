"""stores.csv: where a brand's card is shown to a cashier."""

from math import cos, hypot, radians

from catalog.hours import EXPECTED, are_hours
from catalog.pack.fields import KEY
from catalog.pack.folder import Folder
from catalog.pack.problems import Problems
from catalog.pack.shapes import Store
from catalog.pack.suggest import one_city_of
from catalog.pack.table import Columns, Row, rows
from catalog.reference.reference import City, Reference

_LARGEST = 10_000_000
_MOST_STORES = 20_000
_FARTHEST_KM = 60
_KM_PER_DEGREE = 111.2
_COLUMNS = Columns(required=("key", "city", "address", "lat", "lon"), optional=("hours",))


def read_stores(
    file: str, folder: Folder, reference: Reference, problems: Problems
) -> tuple[Store, ...]:
    """All stores of the file, () when there is no such file: a brand may sell online only."""
    if not folder.has(file):
        return ()
    path = folder.find(file, largest=_LARGEST, expected="the stores")
    if path is None:
        return ()
    check = _StoreCheck(file, reference, problems)
    found: list[Store] = []
    for row in rows(path, file, _COLUMNS, problems):
        found.append(check.store(row))
        if len(found) > _MOST_STORES:
            problems.add(file, row.line, "has too many stores", f"at most {_MOST_STORES}")
            break
    return tuple(found)


class _StoreCheck:
    def __init__(self, file: str, reference: Reference, problems: Problems) -> None:
        self._file = file
        self._cities = reference.cities
        self._problems = problems
        self._lines: dict[str, int] = {}

    def store(self, row: Row) -> Store:
        self._check_key(row)
        cells = row.cells
        if len(cells["address"]) > 300:
            self._wrong(row, "the address is too long", "at most 300 characters")
        if cells["hours"] and not are_hours(cells["hours"]):
            self._wrong(row, f"hours are {cells['hours']!r}", EXPECTED)
        lat, lon = self._degrees(row, "lat", 90), self._degrees(row, "lon", 180)
        city = self._cities.get(cells["city"])
        if city is None:
            expected = one_city_of(self._cities, cells["city"])
            self._wrong(row, f"city {cells['city']!r} is unknown", expected)
        elif lat is not None and lon is not None:
            self._check_place(row, city, lat, lon)
        return Store(
            key=cells["key"],
            city=cells["city"],
            address=cells["address"],
            lat=lat or 0.0,
            lon=lon or 0.0,
            hours=cells["hours"],
        )

    def _wrong(self, row: Row, what: str, expected: str) -> None:
        self._problems.add(self._file, row.line, what, expected)

    def _check_key(self, row: Row) -> None:
        key = row.cells["key"]
        if not KEY.fullmatch(key) or len(key) > 64:
            expected = "lower-case Latin letters, digits and hyphens, at most 64"
            self._wrong(row, f"key is {key!r}", expected)
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            self._wrong(row, f"store {key!r} stands twice, first on line {first}", "each once")

    def _degrees(self, row: Row, column: str, most: int) -> float | None:
        try:
            value = float(row.cells[column])
        except ValueError:
            value = float("nan")
        if abs(value) <= most:
            return value
        self._wrong(row, f"{column} is {row.cells[column]!r}", "degrees with a point, like 55.7558")
        return None

    def _check_place(self, row: Row, city: City, lat: float, lon: float) -> None:
        away = _kilometres(city, lat, lon)
        if away > _FARTHEST_KM:
            swapped = _kilometres(city, lon, lat) <= _FARTHEST_KM
            expected = (
                "lat and lon the other way round" if swapped else f"a place in {city.name_en}"
            )
            self._wrong(row, f"lies {away:.0f} km from {city.name_en}", expected)


def _kilometres(city: City, lat: float, lon: float) -> float:
    """Flat-earth distance: right to a percent within a city, and far is far."""
    return _KM_PER_DEGREE * hypot(lat - city.lat, (lon - city.lon) * cos(radians(city.lat)))
