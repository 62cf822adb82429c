"""What is known of one thing of a person, so that the same told twice, or late, is told apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.platform.database import rows

_PUT = """
INSERT INTO trigger_marks (brand_id, customer_id, what, value, turn, at)
VALUES ($1, $2, $3, $4, 1, $5)
ON CONFLICT (customer_id, brand_id, what) DO UPDATE SET value = excluded.value, at = excluded.at,
    turn = trigger_marks.turn + 1
WHERE trigger_marks.value <> excluded.value {unless}
RETURNING turn
"""
_UNLESS_OLDER = "AND trigger_marks.at <= excluded.at"
# of all: a thing of one person at one brand
_STILL = """
UPDATE trigger_marks SET at = $5
WHERE brand_id = $1 AND customer_id = $2 AND what = $3 AND value = $4 AND at < $5
"""
# of all: a thing of one person at one brand
_READ = """
SELECT value FROM trigger_marks
WHERE customer_id = $1 AND brand_id = $2 AND what = $3 AND at >= $4
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """Of a person at a brand: "order:retailcrm:1017"."""

    brand_id: int
    customer_id: int
    what: str

    def row(self, value: str, at: datetime) -> list[Any]:
        return [self.brand_id, self.customer_id, self.what, value, at]


async def put_mark(thing: Thing, value: str, at: datetime) -> int:
    """Inside a transaction: which of its changes this is, from 1; 0 where it is none, because it
    stood so already or something newer is known."""
    await rows(_STILL, thing.row(value, at))
    return await _put(_UNLESS_OLDER, thing.row(value, at))


async def set_mark(thing: Thing, value: str, now: datetime) -> int:
    """The same of what was just looked up, whatever the clock says."""
    return await _put("", thing.row(value, now))


async def _put(unless: str, given: list[Any]) -> int:
    found = await rows(_PUT.format(unless=unless), given)
    return int(found[0]["turn"]) if found else 0


async def read_mark(thing: Thing, since: datetime) -> str:
    """ "" where nothing has been known since then."""
    found = await rows(_READ, [thing.customer_id, thing.brand_id, thing.what, since])
    return str(found[0]["value"]) if found else ""
