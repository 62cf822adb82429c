"""The audit trail: written by use cases inside their transaction, read by the operator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from backend.platform.context import ActorKind, Context
from backend.platform.database import rows
from models.audit_entry import FORMERLY, AuditEntry, Verb

_ADD = """
INSERT INTO audit_entries (at, actor_kind, actor_id, door, request_id,
    verb, subject_kind, subject_id, amount, account_id, before, after)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What stood in the columns that were written, and what stands there now. Nothing personal:
    the account reads it."""

    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


UNTOLD = Change()


async def note(
    ctx: Context,
    verb: Verb,
    subject: str,
    subject_id: int | None = None,
    amount: int | None = None,
    *,
    account_id: int | None = None,
    change: Change = UNTOLD,
) -> None:
    """Inside the caller's transaction: what is rolled back was never done. `subject` is the noun
    of the row, `account_id` whose trail it belongs to beside the operator's. Writes nothing of
    what people do themselves."""
    if ctx.actor.kind is ActorKind.PERSON:
        return
    who = who_acts(ctx)
    what = [verb.value, subject, subject_id, amount, account_id]
    sides = [_stored(change.before), _stored(change.after)]
    await rows(_ADD, [ctx.clock(), *who, *what, *sides])


def who_acts(ctx: Context) -> list[Any]:
    """For a statement that writes its entry itself: actor_kind, actor_id, door, request_id."""
    return [ctx.actor.kind.value, ctx.actor.id, ctx.door, ctx.request_id]


def _stored(side: Mapping[str, Any] | None) -> str | None:
    """JSON; moments and words of lists as they are told elsewhere."""
    return None if side is None else orjson.dumps(dict(side)).decode()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: None is any. `until` is not included."""

    actor: ActorKind | None = None
    door: str | None = None
    verb: Verb | None = None
    subject: str | None = None
    subject_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> dict[str, Any]:
        given = {
            "actor_kind": self.actor.value if self.actor else None,
            "door": self.door,
            "verb__in": _names(self.verb),
            "subject_kind__in": _names(self.subject),
            "subject_id": self.subject_id,
            "at__gte": self.since,
            "at__lt": self.until,
        }
        return {name: value for name, value in given.items() if value is not None}


def _names(wanted: str | None) -> list[str] | None:
    """With what an older version wrote for the same."""
    if wanted is None:
        return None
    return [wanted, FORMERLY[wanted]] if wanted in FORMERLY else [wanted]


async def trail(wanted: Wanted, limit: int) -> list[AuditEntry]:
    """The newest entries, newest first."""
    # of all: the operator reads the trail of everything
    return await AuditEntry.filter(**wanted.conditions()).order_by("-id").limit(limit)
