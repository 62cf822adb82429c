"""Who changed what of the account, and when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery
from backend.web.api.v1.shared import instant, without_nothing
from catalog.entries.values.moments import Moment
from catalog.entries.values.scalars import Word
from models.audit_entry import AuditEntry, Verb

DOOR = "api:v1/audit"
EXAMPLE: Mapping[str, Any] = {
    "id": 4711,
    "at": "2026-11-27T12:30:00Z",
    "actor": {"kind": "key", "key": "8fJ2kQ0aZx"},
    "door": "api:v1/programs",
    "request_id": "q1W2e3R4t5Y6u7I8",
    "verb": "save_program",
    "subject": {"kind": "program", "name": "lavka-card"},
    "before": {"sharing": True},
    "after": {"sharing": False},
}


class ActorShown(BaseModel):
    """Who did it."""

    kind: str = Field(description="key, operator, staff or clock.")
    key: str | None = Field(default=None, description="The id of the account's key.")


class SubjectShown(BaseModel):
    """What it was done to."""

    kind: str = Field(
        description="account, program, brand, offer, store, picture, api_key, webhook, card, …"
    )
    name: str | None = Field(
        default=None, description="Its key or id, as far as it is still there."
    )


class AuditShown(BaseModel):
    """One thing that was done. Entries are never changed and never taken away."""

    id: int = Field(description="Later ones are greater.")
    at: str = Field(description="When.")
    actor: ActorShown = Field(description="Who.")
    door: str = Field(description="By which way: cli, or a noun of the API.")
    request_id: str | None = Field(default=None, description="Of the request, X-Request-Id.")
    verb: str = Field(description="What was done.")
    subject: SubjectShown = Field(description="To what.")
    amount: int | None = Field(default=None, description="How many rows it was.")
    before: dict[str, Any] | None = Field(default=None, description="What stood there.")
    after: dict[str, Any] | None = Field(default=None, description="What stands there now.")


class AuditQuery(ListQuery):
    """Which entries."""

    verb: Annotated[Verb | None, Word(Verb)] = Field(
        default=None, description="Only what was done so.", examples=["save_program"]
    )
    since: Annotated[datetime | None, Moment()] = Field(
        default=None, description="From this moment on; UTC unless it says otherwise."
    )
    until: Annotated[datetime | None, Moment()] = Field(
        default=None, description="Up to this moment and without it."
    )


async def every(asked: Asked) -> Answer:
    query = asked.asks(AuditQuery)
    wanted = {"verb": query.verb, "at__gte": query.since, "at__lt": query.until}
    given = {name: value for name, value in wanted.items() if value is not None}

    async def show(rows: Sequence[AuditEntry]) -> list[Shown]:
        names = {kind: await _names(asked, kind, rows) for kind in {r.subject_kind for r in rows}}
        keys = await _named(asked.scope.api_keys(), "public_id", [r.actor_id or 0 for r in rows])
        return [_entry(row, names, keys) for row in rows]

    return await page(asked, asked.scope.audit().filter(**given), show, newest_first=True)


async def _names(asked: Asked, kind: str, rows: Iterable[AuditEntry]) -> Mapping[int, str]:
    scope = asked.scope
    kinds = {
        "account": (scope.own_accounts, "key"),
        "program": (scope.programs, "key"),
        "brand": (scope.brands, "key"),
        "offer": (scope.offers, "key"),
        "store": (scope.stores, "key"),
        "api_key": (scope.api_keys, "public_id"),
        "webhook": (scope.webhooks, "public_id"),
        "card": (scope.cards, "id"),
        "job": (scope.jobs, "id"),
        "campaign": (scope.campaigns, "id"),
        "customer": (scope.customers, "id"),
    }
    if kind not in kinds:
        return {}
    found, column = kinds[kind]
    return await _named(
        found(), column, [r.subject_id or 0 for r in rows if r.subject_kind == kind]
    )


async def _named(found: Any, column: str, ids: list[int]) -> Mapping[int, str]:
    """By id."""
    rows = await found.filter(id__in=sorted(set(ids)) or [0]).values_list("id", column)
    return {int(number): str(name) for number, name in rows}


def _entry(
    row: AuditEntry, names: Mapping[str, Mapping[int, str]], keys: Mapping[int, str]
) -> dict[str, Any]:
    by_key = keys.get(row.actor_id or 0) if row.actor_kind == "key" else None
    # A key that is none of the account's is the operator's.
    kind = "operator" if row.actor_kind == "key" and by_key is None else row.actor_kind
    name = names[row.subject_kind].get(row.subject_id or 0)
    return without_nothing(
        {
            "id": row.id,
            "at": instant(row.at),
            "actor": without_nothing({"kind": kind, "key": by_key}),
            "door": row.door,
            "request_id": row.request_id,
            "verb": row.verb,
            "subject": without_nothing({"kind": row.subject_kind, "name": name}),
            "amount": row.amount,
            "before": row.before,
            "after": row.after,
        }
    )


OPERATIONS = (
    Operation(
        "GET", "/audit", DOOR, Right.AUDIT_READ, "Read who changed what", every, AuditShown,
        AuditQuery, example=EXAMPLE, paged=True,
        about="The newest first: over the API, by the operator's command line, by a pack.",
    ),
)  # fmt: skip
