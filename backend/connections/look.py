"""How connections are: who waits, who was given up, since when it fails."""

from dataclasses import dataclass
from datetime import datetime

from backend.platform.database import among, rows
from backend.platform.dialect import moment
from catalog.tenant import Scope
from models.connection import Connection

# of all: of the connections that the scope has
_COUNTS = """
SELECT c.id,
    (SELECT count(*) FROM partner_members m WHERE m.connection_id = c.id AND m.state = 'waiting')
        AS waiting,
    (SELECT count(*) FROM partner_members m WHERE m.connection_id = c.id AND m.state = 'failed')
        AS failed,
    (SELECT count(*) FROM card_requests r WHERE r.connection_id = c.id AND r.state = 'waiting')
        AS requests,
    (SELECT min(r.created_at) FROM card_requests r
        WHERE r.connection_id = c.id AND r.state = 'waiting') AS since
FROM connections c WHERE c.id {ids}
"""


@dataclass(frozen=True, slots=True)
class Look:
    """`waiting` people are to be told of, `failed` were given up, `requests` wait for a card, the
    oldest since `since`."""

    connection: Connection
    waiting: int
    failed: int
    requests: int
    since: datetime | None


async def looked_at(scope: Scope, only: int | None = None) -> list[Look]:
    asked = scope.connections() if only is None else scope.connections().filter(id=only)
    found = await asked.order_by("id").select_related("account")
    counted = await rows(_COUNTS.format(ids=among(1)), [[each.id for each in found]])
    counts = {row["id"]: row for row in counted}
    return [
        Look(
            each,
            counts[each.id]["waiting"],
            counts[each.id]["failed"],
            counts[each.id]["requests"],
            moment(since) if (since := counts[each.id]["since"]) is not None else None,
        )
        for each in found
    ]
