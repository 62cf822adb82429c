"""Whom messages are for: of as many as are on their way, in one question
(backend/platform/together.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.platform.database import among, rows
from backend.platform.records import given, records


@dataclass(frozen=True, slots=True)
class Asked:
    """`door`: the one that the channel leads to, "" for none."""

    customer_id: int
    door: str


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody whom a message is for, at this moment. `at_door`: by what they are known there."""

    id: int
    language: str
    deleted: bool
    blocked: bool
    data_key: bytes | None = None
    at_door: str | None = None


_ASKED = ("customer_id bigint", "door text")
_WHOM = """
SELECT a.customer_id, a.door, c.language, c.deleted_at, c.data_key, i.external_id, i.blocked_at
FROM {asked} JOIN customers c ON c.id = a.customer_id AND c.id {people}
LEFT JOIN identities i ON i.customer_id = c.id AND i.door = a.door
"""


async def whom(asked: Sequence[Asked]) -> list[Whom]:
    people = {(each.customer_id, each.door) for each in asked}
    value = given([{"customer_id": person, "door": door} for person, door in people])
    statement = _WHOM.format(asked=records(_ASKED), people=among(2))
    there = await rows(statement, [value, sorted({person for person, _ in people})])
    found = {(row["customer_id"], row["door"]): _whom(row) for row in there}
    return [found[each.customer_id, each.door] for each in asked]


def _whom(row: Mapping[str, Any]) -> Whom:
    return Whom(
        row["customer_id"], row["language"], row["deleted_at"] is not None,
        row["blocked_at"] is not None, row["data_key"], row["external_id"],
    )  # fmt: skip
