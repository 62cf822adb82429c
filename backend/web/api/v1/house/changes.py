"""The feed: what happened to the account's customers, cards and pools, in one order."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.changes.read_feed import read_feed
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import ListQuery
from backend.web.api.v1.shared import instant
from models.account_change import AccountChange
from models.refusal import Code

DOOR = "api:v1/changes"
EXAMPLE: Mapping[str, Any] = {
    "seq": 4711,
    "type": "card.registered",
    "at": "2026-11-27T12:30:00Z",
    "data": {
        "customer": 7301,
        "card": 20481,
        "program": "lavka-card",
        "brand": "lavka",
        "origin": "issued",
    },
}


class ChangeShown(BaseModel):
    """Something that happened."""

    seq: int = Field(description="Later ones are greater; there may be gaps.")
    type: str = Field(description="What: card.registered, consent.withdrawn, … (docs/webhooks.md).")
    at: str = Field(description="When.")
    data: dict[str, Any] = Field(description="Ids and keys, by the type.")


async def every(asked: Asked) -> Answer:
    account, limit = await asked.account(), asked.asks(ListQuery).limit
    part = await read_feed(asked.scope, account.id, asked.after, limit)
    return Answer({"items": [_change(each) for each in part.changes], "next": part.after})


def _change(row: AccountChange) -> dict[str, Any]:
    return {"seq": row.seq, "type": row.kind, "at": instant(row.at), "data": row.data}


OPERATIONS = (
    Operation(
        "GET", "/changes", DOOR, Right.CUSTOMERS_READ, "Read what happened", every, ChangeShown,
        ListQuery, example=EXAMPLE, paged=True, refusals=(Code.CURSOR_EXPIRED,),
        about="The oldest first, in the order in which it became true. `next` is always there: ask "
        "with it again, later too. The same cursor gives the same again; nothing is passed over. "
        "After `cursor_expired` begin without one.",
    ),
)  # fmt: skip
