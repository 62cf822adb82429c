"""A message as it is sent: what happened, when, with which ids."""

from datetime import UTC, datetime
from typing import Any

import orjson

from backend.platform.ids import new_uuid7

TEST = "webhook.test"


def new_message_id(now: datetime) -> str:
    return f"msg_{new_uuid7(now).hex}"


def body_of(kind: str, at: datetime, data: dict[str, Any]) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return orjson.dumps({"type": kind, "timestamp": moment, "data": data}).decode()
