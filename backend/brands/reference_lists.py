"""Cities and categories of the product, as rows that offers, stores and brands point at."""

from collections.abc import Collection
from typing import Any

from catalog.reference.reference import load_reference
from models.category import Category
from models.city import City


async def write_reference_lists() -> None:
    """Inside a transaction; a renamed one keeps its rows."""
    reference = load_reference()
    await _sync(
        City,
        {
            city.key: {
                "name_ru": city.name_ru,
                "name_en": city.name_en,
                "lat": city.lat,
                "lon": city.lon,
                "population": city.population,
                "timezone": city.timezone,
            }
            for city in reference.cities.values()
        },
    )
    await _sync(
        Category,
        {
            category.key: {
                "name_ru": category.ru,
                "name_en": category.en,
                "emoji": category.emoji,
                "position": category.position,
            }
            for category in reference.categories.values()
        },
    )


async def _sync(table: type[City] | type[Category], wanted: dict[str, dict[str, Any]]) -> None:
    """Write what is new or different: hundreds of rows of which hardly any ever changes."""
    standing = {row.key: row for row in await table.all()}
    for key, values in wanted.items():
        row = standing.get(key)
        if row is not None and any(getattr(row, name) != value for name, value in values.items()):
            await row.update_from_dict(values).save()
    fresh = [table(key=key, **values) for key, values in wanted.items() if key not in standing]
    await table.bulk_create(fresh, ignore_conflicts=True)  # type: ignore[arg-type]


async def category_id(key: str) -> int:
    """Inside a transaction; `key` is one of the product's."""
    found = await Category.get_or_none(key=key)
    if found is None:
        await write_reference_lists()
        found = await Category.get(key=key)
    return int(found.id)


async def city_ids(keys: Collection[str]) -> dict[str, int]:
    """Inside a transaction, by key; `keys` are of the product's."""
    wanted = set(keys)
    if not wanted:
        return {}
    found = await _city_ids(wanted)
    if found.keys() != wanted:
        await write_reference_lists()
        found = await _city_ids(wanted)
    return found


async def _city_ids(keys: set[str]) -> dict[str, int]:
    rows = City.filter(key__in=sorted(keys)).values_list("key", "id")
    return {key: int(city_id) for key, city_id in await rows}
