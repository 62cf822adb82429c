"""Values of hand-written statements as the two databases give them."""

from datetime import datetime
from typing import Any

import orjson


def parsed(value: Any) -> Any:
    """JSON columns come as text from both drivers."""
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def iso(value: Any) -> str:
    """ISO 8601. SQLite keeps a time as text with a space in the middle."""
    return value.replace(" ", "T", 1) if isinstance(value, str) else str(value.isoformat())


def moment(value: Any) -> datetime:
    """SQLite gives text, PostgreSQL a datetime."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
