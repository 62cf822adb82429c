"""Rows copied into PostgreSQL come out as they were given, whatever stands in them."""

import pytest
from tortoise.exceptions import IntegrityError

from backend.platform.copy_in import copy_in, spelled
from backend.platform.database import rows, transaction

postgres = pytest.mark.parametrize("engine", ["postgres"])
HOSTILE = ["plain", "", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\", "\\t", "два", "\x1f", "'\"$1"]


@postgres
async def test_hostile_values_come_out_as_they_went_in(database: str) -> None:
    await rows("CREATE TABLE copied (place integer, value text)")
    async with transaction():
        lines = [(str(place), value) for place, value in enumerate(HOSTILE)]
        await copy_in("copied", ("place", "value"), lines)
    found = await rows("SELECT value FROM copied ORDER BY place")
    assert [row["value"] for row in found] == HOSTILE


@postgres
async def test_each_hostile_value_alone(database: str) -> None:
    await rows("CREATE TABLE copied (value text, place integer)")
    for place, value in enumerate(HOSTILE):
        async with transaction():
            await copy_in("copied", ("value", "place"), [(value, str(place))])
    found = await rows("SELECT value FROM copied ORDER BY place")
    assert [row["value"] for row in found] == HOSTILE


@postgres
async def test_what_is_there_twice_is_told(database: str) -> None:
    await rows("CREATE TABLE copied (value text UNIQUE)")
    with pytest.raises(IntegrityError):
        async with transaction():
            await copy_in("copied", ("value",), [("a",), ("a",)])
    assert await rows("SELECT * FROM copied") == []


def test_nothing_is_nothing() -> None:
    assert spelled([]) == b""
