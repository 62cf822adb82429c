"""How messages of campaigns and triggers stand, told to webhooks that ask for it by name.

A campaign of millions is no row in any feed: only where somebody asked for `message.state_changed`
there is a message to a webhook for each new state.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backend.platform.database import among, rows
from backend.platform.dialect import moment, parsed
from backend.webhooks.message import body_of
from backend.webhooks.plan import add, delivery
from models.account_change import ChangeKind

KIND = ChangeKind.MESSAGE_STATE_CHANGED.value
# of all: those of the accounts in hand
_WEBHOOKS = """
SELECT id, account_id, kinds FROM webhooks WHERE account_id {these} AND status <> 'ended'
ORDER BY id
"""
# Of a statement: it takes no more values.
_AT_ONCE = 1000
Row = Mapping[str, Any]


async def tell_ended(found: Sequence[Row]) -> None:
    """Inside the transaction that counts them."""
    await _tell([(moment(row["changed_at"]), row) for row in found])


async def tell_states(now: datetime, found: Sequence[Row]) -> None:
    """Inside the transaction that writes how they stand since `now`."""
    await _tell([(now, row) for row in found])


async def _tell(found: Sequence[tuple[datetime, Row]]) -> None:
    told = [(at, row) for at, row in found if _is_ours(row)]
    asking = await _asking({row["account_id"] for _, row in told})
    made = [
        _row(webhook, at, row) for at, row in told for webhook in asking.get(row["account_id"], ())
    ]
    for first in range(0, len(made), _AT_ONCE):
        await add(made[first : first + _AT_ONCE])


def _is_ours(row: Row) -> bool:
    return bool(row["account_id"] and (row["campaign_id"] or row["trigger_id"]))


async def _asking(accounts: set[int]) -> dict[int, list[int]]:
    if not accounts:
        return {}
    found: dict[int, list[int]] = {}
    for row in await rows(_WEBHOOKS.format(these=among(1)), [sorted(accounts)]):
        if KIND in parsed(row["kinds"]):
            found.setdefault(row["account_id"], []).append(row["id"])
    return found


def _made_by(row: Row) -> dict[str, int]:
    if row["trigger_id"]:
        return {"trigger": row["trigger_id"]}
    return {"campaign": row["campaign_id"]}


def _row(webhook_id: int, now: datetime, row: Row) -> list[Any]:
    data = {
        "message": row["message_id"],
        **_made_by(row),
        "customer": row["customer_id"],
        "channel": row["channel"],
        "step": row["step"],
        "state": row.get("reported") or row["state"],
    }
    if row["reason"] and not row.get("reported"):
        data["reason"] = row["reason"]
    order = f"message:{row['message_id']}"
    return delivery(webhook_id, now, KIND, body_of(KIND, now, data), order)
