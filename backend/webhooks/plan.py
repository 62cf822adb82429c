"""Read the feeds on for every webhook: what it asked for becomes a delivery.

Which was read stands on the webhook's row and is written with the deliveries, so that nothing is
left out and nothing comes twice. A paused one reads on when it is resumed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.platform.database import is_postgres, places, rows, transaction
from backend.platform.dialect import moment, parsed
from backend.webhooks.message import body_of, new_message_id

BATCH = 500
# of all: every webhook whose feed goes on
_BEHIND = """
SELECT w.id FROM webhooks w JOIN account_feeds f ON f.account_id = w.account_id
WHERE w.status = 'active' AND f.seq > w.read_seq ORDER BY w.id
"""
# of all: one webhook
_HOLD = """
SELECT id, account_id, kinds, read_seq FROM webhooks WHERE id = $1 AND status = 'active' {lock}
"""
_REACHED = "SELECT seq FROM account_feeds WHERE account_id = $1"
_CHANGES = """
SELECT seq, kind, at, customer_id, data FROM account_changes
WHERE account_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
"""
# of all: of one webhook
_ADD = """
INSERT INTO webhook_deliveries (webhook_id, message_id, kind, order_key, body, state, created_at,
    available_at, attempts)
VALUES {rows}
"""
# of all: one webhook
_READ = "UPDATE webhooks SET read_seq = $1 WHERE id = $2"


async def plan_some(now: datetime) -> bool:
    """One batch of each webhook that is behind; whether there may be more."""
    more = False
    for row in await rows(_BEHIND):
        more = await _plan(row["id"], now) or more
    return more


async def _plan(webhook_id: int, now: datetime) -> bool:
    lock = "FOR UPDATE" if is_postgres() else ""
    async with transaction():
        held = await rows(_HOLD.format(lock=lock), [webhook_id])
        if not held:
            return False
        webhook = held[0]
        # Before the rows: all that it counts are seen below, or have gone.
        reached = (await rows(_REACHED, [webhook["account_id"]]))[0]["seq"]
        found = await rows(_CHANGES, [webhook["account_id"], webhook["read_seq"], BATCH])
        kinds = set(parsed(webhook["kinds"]))
        await add([_row(webhook_id, now, e) for e in found if not kinds or e["kind"] in kinds])
        await rows(_READ, [found[-1]["seq"] if found else reached, webhook_id])
    return len(found) == BATCH


async def add(made: list[list[Any]]) -> None:
    """Inside a transaction."""
    if made:
        marks = places(len(made), len(made[0]))
        await rows(_ADD.format(rows=marks), [value for row in made for value in row])


def _row(webhook_id: int, now: datetime, change: dict[str, Any]) -> list[Any]:
    data, at = {**parsed(change["data"]), "seq": change["seq"]}, moment(change["at"])
    body = body_of(change["kind"], at, data)
    return delivery(webhook_id, now, change["kind"], body, _order(change["customer_id"], data))


def _order(customer_id: int | None, data: Mapping[str, Any]) -> str:
    """Of what one message follows another. Cards are assigned by thousands, each to somebody."""
    if customer_id is not None:
        return f"customer:{customer_id}"
    about = next((name for name in ("assignment", "job") if name in data), None)
    return "pools" if about is None else f"{about}:{data[about]}"


def delivery(webhook_id: int, now: datetime, kind: str, body: str, order: str) -> list[Any]:
    """A row for `add`."""
    return [webhook_id, new_message_id(now), kind, order, body, "waiting", now, now, 0]
