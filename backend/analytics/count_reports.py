"""What the other side reported of messages after they were counted as delivered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from backend.analytics.add import Counted, put_right
from backend.analytics.count_deliveries import TOLD, counted
from backend.analytics.zones import zones_of
from backend.platform.database import among, rows
from backend.platform.dialect import moment
from models.fact import FactKind
from models.message import Reported

_KINDS = {
    Reported.DELIVERED: FactKind.MESSAGE_ARRIVED,
    Reported.UNDELIVERED: FactKind.MESSAGE_LOST,
    Reported.BOUNCED: FactKind.MESSAGE_LOST,
}


@dataclass(frozen=True, slots=True)
class Learnt:
    """Of a delivery. `kopecks`: how much more it has cost than was counted."""

    delivery_id: int
    before: Reported | None
    after: Reported | None
    kopecks: int


async def count_reports(learnt: Sequence[Learnt]) -> None:
    """Inside the transaction that writes it on the rows. A day is that of the hand-over."""
    by_id = {each.delivery_id: each for each in learnt}
    if not by_id:
        return
    told = await rows(TOLD.format(these=among(1)), [sorted(by_id)])
    zones = await zones_of({row["account_id"] for row in told})
    await put_right(each for row in told for each in _facts(row, by_id[row["id"]], zones))


def _facts(
    row: Mapping[str, Any], learnt: Learnt, zones: Mapping[int, tzinfo]
) -> Iterator[tuple[Counted, int, int]]:
    at = moment(row["changed_at"])
    if learnt.kopecks:
        kind = FactKind(f"message_{row['state']}")
        yield counted(row, kind, zones, at), 0, learnt.kopecks
    for reported, more in ((learnt.before, -1), (learnt.after, 1)):
        if reported in _KINDS and learnt.before is not learnt.after:
            yield counted(row, _KINDS[reported], zones, at), more, 0
