"""By which cascade a message goes: that of the campaign or the trigger which made it."""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.cascades.cascade import Cascade
from backend.platform.database import among, rows
from backend.platform.dialect import parsed

# A row that says of which campaign or trigger its message is.
Row = Mapping[str, Any]
NONE = Cascade()
# of all: the campaigns of the messages in hand
_PLANS = "SELECT id, plan FROM campaigns WHERE id {these}"
# of all: the triggers of the messages in hand
_TRIGGERS = "SELECT id, cascade, stale_minutes FROM triggers WHERE id {these}"


class Plans:
    """Of some messages, read at once."""

    def __init__(
        self, of_campaigns: Mapping[int, Cascade], of_triggers: Mapping[int, Cascade]
    ) -> None:
        self._of_campaigns = of_campaigns
        self._of_triggers = of_triggers

    def of(self, row: Row) -> Cascade:
        if row["trigger_id"]:
            return self._of_triggers.get(row["trigger_id"], NONE)
        return self._of_campaigns.get(row["campaign_id"] or 0, NONE)


async def plans_of(found: Sequence[Row]) -> Plans:
    campaigns = await _kept(_PLANS, {row["campaign_id"] for row in found})
    triggers = await _kept(_TRIGGERS, {row["trigger_id"] for row in found})
    return Plans(
        {row["id"]: Cascade.read(parsed(row["plan"])) for row in campaigns},
        {row["id"]: Cascade.read({**row, "cascade": parsed(row["cascade"])}) for row in triggers},
    )


async def _kept(statement: str, ids: set[int | None]) -> list[dict[str, Any]]:
    asked = sorted(each for each in ids if each is not None)
    return await rows(statement.format(these=among(1)), [asked]) if asked else []
