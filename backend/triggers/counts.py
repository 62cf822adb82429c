"""How triggers have done: who waits, whom they told, and why others were told nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.platform.database import among, rows

# of all: the triggers in hand
_WAITING = """
SELECT trigger_id, state, reason, COUNT(*) AS n FROM trigger_waits
WHERE trigger_id {triggers} AND state <> 'fired' GROUP BY trigger_id, state, reason
"""
# of all: the triggers in hand
_FIRED = """
SELECT trigger_id, COUNT(*) AS n FROM messages WHERE trigger_id {triggers} GROUP BY trigger_id
"""


@dataclass(slots=True)
class Count:
    """`fired` counts all that were ever told, `dropped` those of the last 90 days, by reason."""

    waiting: int = 0
    fired: int = 0
    dropped: dict[str, int] = field(default_factory=dict)


async def count_triggers(trigger_ids: Sequence[int]) -> dict[int, Count]:
    """Of each."""
    found = {trigger_id: Count() for trigger_id in trigger_ids}
    if not found:
        return found
    for row in await rows(_WAITING.format(triggers=among(1)), [list(found)]):
        count = found[row["trigger_id"]]
        if row["state"] == "waiting":
            count.waiting = int(row["n"])
        else:
            count.dropped[row["reason"]] = int(row["n"])
    for row in await rows(_FIRED.format(triggers=among(1)), [list(found)]):
        found[row["trigger_id"]].fired = int(row["n"])
    return found
