"""Many records as one value of a hand-written statement: its text stays the same, however many
they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from backend.platform.database import is_postgres


def given(records: Sequence[Mapping[str, Any]]) -> str:
    """The value. A time is given as `stamp` writes it."""
    return orjson.dumps(records).decode()


def stamp(moment: datetime) -> str:
    """As it stands in the columns of SQLite, and as PostgreSQL reads it."""
    return moment.isoformat(" ")


def records(columns: Sequence[str]) -> str:
    """What to select from, under the name `a`, when the value is `$1`. Columns are declared for
    PostgreSQL: `id bigint`."""
    if is_postgres():
        return f"json_to_recordset(CAST($1 AS JSON)) AS a({', '.join(columns)})"
    names = [column.partition(" ")[0] for column in columns]
    found = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in names)
    return f"(SELECT {found} FROM json_each($1)) AS a"  # noqa: S608  names alone
