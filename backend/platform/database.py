"""Connect to the database, run a transaction, run a hot statement on either dialect."""

import re
from collections.abc import Awaitable, Hashable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson
from tortoise import Model, Tortoise
from tortoise.backends.base.client import (
    BaseDBAsyncClient,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import require_context
from tortoise.fields import DatetimeField
from tortoise.transactions import in_transaction

from backend.platform.engines import filters  # noqa: F401  before Tortoise is set up
from backend.platform.engines.lookups import Ask, Lookups
from backend.platform.secrets.private_file import private_folder
from models.registry import TABLE_MODULES

SQLITE_ENGINE = "backend.platform.engines.sqlite"
POSTGRES_ENGINE = "backend.platform.engines.postgres"
M = TypeVar("M", bound=Model)
_AMONG_ON_POSTGRES = "= ANY(${mark}::bigint[])"
_AMONG_ON_SQLITE = "IN (SELECT value FROM json_each(${mark}))"
_NAMED_ON_POSTGRES = "= ANY(${mark}::text[])"
_MARK = re.compile(r"\$(\d+)")


class DatabaseRefused(ValueError):
    """The database URL cannot be used; the text says what was expected."""


def tortoise_config(url: str) -> dict[str, Any]:
    """The ORM's configuration for `sqlite:///path` or `postgres://user:pass@host:port/db`.

    Raises DatabaseRefused for anything else.
    """
    return {
        "connections": {"default": _connection(url)},
        "apps": {
            "models": {
                "models": list(TABLE_MODULES),
                "default_connection": "default",
                "migrations": "models.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if parts.scheme == "sqlite":
        path = unquote(url.split("?", 1)[0].removeprefix("sqlite://"))
        if not path:
            raise DatabaseRefused("expected sqlite:///path/to/karman.db")
        return {"engine": SQLITE_ENGINE, "credentials": {"file_path": path, **options}}
    if parts.scheme in {"postgres", "postgresql"}:
        try:
            port = parts.port or 5432
        except ValueError as wrong:
            raise DatabaseRefused("expected a port between 0 and 65535") from wrong
        if not parts.hostname or not parts.path.strip("/"):
            raise DatabaseRefused("expected postgres://user:password@host:5432/database")
        options.setdefault("maxsize", 16)
        if "statement_cache_size" in options:
            options["statement_cache_size"] = int(options["statement_cache_size"])
        credentials = {
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "host": parts.hostname,
            "port": port,
            "database": parts.path.strip("/"),
            **options,
        }
        return {"engine": POSTGRES_ENGINE, "credentials": credentials}
    raise DatabaseRefused(
        "expected sqlite:///path/to/karman.db or postgres://user:password@host:5432/database"
    )


async def connect(url: str) -> None:
    """Open the database for this process; raises OSError or a driver error if it is away."""
    # The executor cache is global and not keyed by dialect: SQL made for another database
    # earlier in this process would be sent to this one.
    EXECUTOR_CACHE.clear()
    config = tortoise_config(url)
    if config["connections"]["default"]["engine"] == SQLITE_ENGINE:
        path = Path(config["connections"]["default"]["credentials"]["file_path"])
        private_folder(path.parent)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    await connection().execute_query("SELECT 1")


async def disconnect() -> None:
    await Tortoise.close_connections()


def connection() -> BaseDBAsyncClient:
    """The connection of the current transaction, or the pool outside of one."""
    client: BaseDBAsyncClient = require_context().connections.get("default")
    return client


def is_postgres() -> bool:
    return connection().capabilities.dialect == "postgres"


def transaction() -> TransactionContext:
    """One transaction. Only use cases open it, and no network call happens inside it: on
    SQLite every other query of the process waits for it. Do not spawn tasks inside: they
    would inherit the connection."""
    return in_transaction("default")


def joined_transaction() -> TransactionContext | nullcontext[None]:
    """The transaction that is open, or one of its own. Without a savepoint: only for what lets
    each exception on to whoever has opened it, and writes nothing before it comes to nothing."""
    joins = isinstance(connection(), TransactionalDBClient)
    return nullcontext() if joins else transaction()


def marks(count: int, *, start: int = 1) -> str:
    """`count` parameter marks for the dialect in use: `$1, $2` or `?, ?`."""
    if is_postgres():
        return ", ".join(f"${n}" for n in range(start, start + count))
    return ", ".join("?" * count)


def rows(sql: str, values: Sequence[Any] = ()) -> Awaitable[list[dict[str, Any]]]:
    """Run one statement written with `$1` marks and return its rows, RETURNING included.

    On SQLite `$1` becomes `?1`, so a value may be used twice on both dialects, and a list
    becomes JSON, for json_each.
    """
    client = connection()
    if client.capabilities.dialect != "postgres":
        sql, values = sqlite_marks(sql), [adapted(value) for value in values]
    return client.execute_query_dict(sql, list(values))


async def asked_together(ask: Ask, group: Hashable, wanted: Hashable) -> Any:
    """What `ask` finds, as one statement for all who ask it of the same group meanwhile; None where
    it finds nothing. Inside a transaction by a statement of its own, which sees what was written
    there."""
    pool: Lookups | None = getattr(connection(), "lookups", None)
    if pool is None:
        return (await ask(group, [wanted])).get(wanted)
    return await pool.find(ask, group, wanted)


def places(height: int, width: int) -> str:
    """Marks for so many rows of so many values: `($1, $2), ($3, $4)`."""
    lines = (range(row * width + 1, (row + 1) * width + 1) for row in range(height))
    return ", ".join("(" + ", ".join(f"${n}" for n in line) + ")" for line in lines)


def among(mark: int) -> str:
    """The condition that a number is in the list given as `$mark`: `column {among(1)}`."""
    return (_AMONG_ON_POSTGRES if is_postgres() else _AMONG_ON_SQLITE).format(mark=mark)


def among_texts(mark: int) -> str:
    """The same of a text."""
    return (_NAMED_ON_POSTGRES if is_postgres() else _AMONG_ON_SQLITE).format(mark=mark)


def listed_texts(mark: int) -> str:
    """The texts given as `$mark`, as a table: `SELECT listed.value FROM {listed_texts(1)}`."""
    if is_postgres():
        return f"unnest(${mark}::text[]) AS listed(value)"
    return f"json_each(${mark}) AS listed"


async def tuples(sql: str, values: Sequence[Any] = ()) -> Sequence[Any]:
    """What `rows` does, with rows by position, for long walks: a dict of each would cost more
    than reading it."""
    if not is_postgres():
        sql, values = sqlite_marks(sql), [adapted(value) for value in values]
    _, found = await connection().execute_query(sql, list(values))
    return found


@lru_cache(256)
def sqlite_marks(sql: str) -> str:
    return _MARK.sub(r"?\1", sql)


def adapted(value: Any) -> Any:
    """What Tortoise's own fields write to SQLite, for values of hand-written statements."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return orjson.dumps(value).decode() if isinstance(value, list) else value


def loaded(model: type[M], row: Mapping[str, Any], before: str = "") -> M:
    """A row with all columns, as a query of the model would have given it; `before` stands before
    the names of the columns.

    At less than half the cost of Tortoise's `_init_from_db`, which sets each attribute by a call,
    some with a look at all relations, and reads SQLite's times by a regular expression."""
    meta = model._meta  # noqa: SLF001
    made = model.__new__(model)
    values = made.__dict__
    values["_partial"] = False
    values["_saved_in_db"] = True
    values["_custom_generated_pk"] = meta.db_pk_column not in meta.generated_db_fields
    values["_await_when_save"] = {}
    for column, name, _ in meta.db_native_fields:
        values[name] = row[before + column]
    for column, name, field in meta.db_default_fields:
        value = row[before + column]
        values[name] = None if value is None else field.field_type(value)
    for column, name, field in meta.db_complex_fields:
        value = row[before + column]
        if isinstance(value, str) and isinstance(field, DatetimeField):
            value = datetime.fromisoformat(value)
        values[name] = field.to_python_value(value)
    return made


@cache
def columns(model: type[Model], alias: str) -> str:
    """All columns of a table that a hand-written statement joins under `alias`; for `part`."""
    names = sorted(model._meta.db_fields)  # noqa: SLF001
    return ", ".join(f"{alias}.{name} AS {alias}__{name}" for name in names)


def part(model: type[M], alias: str, row: dict[str, Any]) -> M | None:
    """What stands in a row under `alias`; None where an outer join has found nothing."""
    if row[f"{alias}__id"] is None:
        return None
    return loaded(model, row, f"{alias}__")
