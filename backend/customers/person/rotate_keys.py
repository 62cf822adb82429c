"""Wrap every data key and service key anew under the newest master key, while people go on.

Which master key made a wrapping stands in its first bytes, so the rows themselves say what is
left to do: a run that was killed is simply begun again. A row changes only if it is still what
was read, so that a customer who is deleted meanwhile stays deleted. The service keys come
last: until everything is done the database refuses to open with the new key alone.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.secrets.master_key import ID_BYTES, CannotOpen, MasterKeys, key_id
from backend.platform.watch.audit import note
from models.audit_entry import Verb

BATCH = 500
# Between batches the database belongs to others.
PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many keys were wrapped anew. `unknown`: data keys that no key at hand opens."""

    customers: int
    service_keys: int
    unknown: int


async def rotate_keys(
    ctx: Context,
    *,
    batch: int = BATCH,
    pause: float = PAUSE_SECONDS,
    told: Callable[[int], None] | None = None,
) -> Rotated:
    """`told` hears after each batch how many customers are done."""
    masters = ctx.vault.masters
    customers = unknown = last = 0
    while True:
        found = await rows(_WAITING, [last, key_id(masters.current), batch])
        if not found:
            break
        last = found[-1]["id"]
        fresh = [change for row in found if (change := _rewrapped(masters, row)) is not None]
        unknown += len(found) - len(fresh)
        customers += await _write(ctx, fresh)
        if told is not None:
            told(customers)
        await asyncio.sleep(pause)
    if unknown:
        return Rotated(customers, 0, unknown)
    return Rotated(customers, await _service_keys(ctx), 0)


_WAITING = f"""
SELECT id, data_key FROM customers
WHERE id > $1 AND data_key IS NOT NULL AND substr(data_key, 1, {ID_BYTES}) <> $2
ORDER BY id LIMIT $3
"""  # noqa: S608  a number of ours

Change = tuple[int, bytes, bytes]


def _rewrapped(masters: MasterKeys, row: dict[str, Any]) -> Change | None:
    old = bytes(row["data_key"])
    try:
        return row["id"], old, masters.wrap(masters.unwrap(old))
    except CannotOpen:
        return None


_AT_ONCE = """
UPDATE customers SET data_key = n.fresh
FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS n(id, old, fresh)
WHERE customers.id = n.id AND customers.data_key = n.old RETURNING customers.id
"""
_ONE = "UPDATE customers SET data_key = $3 WHERE id = $1 AND data_key = $2 RETURNING id"


async def _write(ctx: Context, changes: list[Change]) -> int:
    if not changes:
        return 0
    async with transaction():
        if is_postgres():
            columns = [list(column) for column in zip(*changes, strict=True)]
            done = len(await rows(_AT_ONCE, columns))
        else:
            done = sum([len(await rows(_ONE, change)) for change in changes])
        await note(ctx, Verb.ROTATE_KEYS, "customer", amount=done)
    return done


async def _service_keys(ctx: Context) -> int:
    masters, changed = ctx.vault.masters, 0
    async with transaction():
        for row in await rows("SELECT name, wrapped FROM service_keys"):
            old = bytes(row["wrapped"])
            if not masters.is_current(old):
                fresh = masters.wrap(masters.unwrap(old))
                changed += len(await rows(_SERVICE, [row["name"], old, fresh]))
        if changed:
            await note(ctx, Verb.ROTATE_KEYS, "service_key", amount=changed)
    return changed


_SERVICE = "UPDATE service_keys SET wrapped = $3 WHERE name = $1 AND wrapped = $2 RETURNING name"


async def key_counts() -> dict[bytes, dict[str, int]]:
    """Master key id → how many `customers` and `service_keys` it wraps."""
    found: dict[bytes, dict[str, int]] = {}
    for table, column in (("customers", "data_key"), ("service_keys", "wrapped")):
        counted = await rows(
            f"SELECT substr({column}, 1, {ID_BYTES}) AS made_by, count(*) AS n FROM {table}"  # noqa: S608  names of ours
            f" WHERE {column} IS NOT NULL GROUP BY 1"
        )
        for row in counted:
            found.setdefault(bytes(row["made_by"]), {})[table] = row["n"]
    return found
