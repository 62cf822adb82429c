"""Ids that were given in the time that was lost must not be given again: links in letters,
buttons in old messages and exported proofs name them."""

from tortoise import Tortoise

from backend.platform.database import is_postgres, rows

# More rows than any table got since the backup.
AHEAD = 1_000_000
_TABLES_OF_SQLITE = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"
_RAISE = "UPDATE sqlite_sequence SET seq = seq + $1 WHERE name = $2 RETURNING seq"
_BEGIN = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)"
# of all: partners have read on from the numbers of every feed
_FEEDS = "UPDATE account_feeds SET seq = seq + $1"
_SEQUENCE = "SELECT pg_get_serial_sequence($1, 'id') AS name"


async def leap(ahead: int) -> int:
    """Every sequence, and every feed, goes on at least `ahead` further; returns the id from which
    cards go on. Inside the caller's transaction (PostgreSQL keeps the leap of ids even
    if that is rolled back)."""
    await rows(_FEEDS, [ahead])
    return await (_leap_on_postgres(ahead) if is_postgres() else _leap_on_sqlite(ahead))


async def _leap_on_sqlite(ahead: int) -> int:
    reached: dict[str, int] = {}
    for table in await rows(_TABLES_OF_SQLITE):
        raised = await rows(_RAISE, [ahead, table["name"]])
        if not raised:
            await rows(_BEGIN, [table["name"], ahead])
        reached[table["name"]] = raised[0]["seq"] if raised else ahead
    return reached["cards"]


async def _leap_on_postgres(ahead: int) -> int:
    reached: dict[str, int] = {}
    for model in (Tortoise.apps or {})["models"].values():
        table = model._meta.db_table  # noqa: SLF001
        if not model._meta.pk.generated:  # noqa: SLF001
            continue
        sequence = (await rows(_SEQUENCE, [table]))[0]["name"]
        raised = await rows(
            f"SELECT setval($1, nextval('{sequence}') + $2) AS seq", [sequence, ahead]
        )
        reached[table] = raised[0]["seq"]
    return reached["cards"]
