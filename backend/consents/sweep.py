"""The sweep: consent records that a lost reaction left without a link.

It keeps how far every record is known to be linked, so that it costs what is new and not what there
ever was. An id is given before its commit: up to the mark all transactions must have ended.
"""

from dataclasses import dataclass

from backend.consents.chain import LOOK_BACK, extend_chain
from backend.platform.away import is_away
from backend.platform.database import is_postgres, rows
from backend.platform.watch.log import get_log

log = get_log(__name__)


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to `linked_up_to` every record has its link. Up to `seen_up_to` it will be so once every
    transaction before `horizon` (PostgreSQL's count of transactions) has ended."""

    linked_up_to: int = 0
    seen_up_to: int = 0
    horizon: int = 0


# of all: every controller has a chain
_UNLINKED = """
SELECT DISTINCT r.account_id FROM consent_records r
WHERE r.id > $1 AND NOT EXISTS (
    SELECT 1 FROM consent_links l WHERE l.record_id = r.id AND l.record_id > $1)
ORDER BY r.account_id
"""
_RUNNING = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest,
    pg_snapshot_xmax(pg_current_snapshot())::text AS next
"""
_KEEP = """
INSERT INTO chain_marks (id, linked_up_to, seen_up_to, horizon) VALUES (1, $1, $2, $3)
ON CONFLICT (id) DO UPDATE SET linked_up_to = excluded.linked_up_to,
    seen_up_to = excluded.seen_up_to, horizon = excluded.horizon
"""


async def extend_all_chains() -> int:
    """Link what has no link yet, of every account; returns how many. One process at a time. An
    account whose chain cannot be extended stops no other, and the mark waits for it."""
    mark = await _mark()
    settled = await _settled(mark)
    linked, whole = 0, True
    after = _known_linked(mark)
    for row in await rows(_UNLINKED, [after]):
        try:
            linked += await extend_chain(row["account_id"], after=after)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("a chain cannot be extended", account=row["account_id"])
            whole = False
    if whole:
        await _advance(mark, settled)
    return linked


async def _mark() -> Mark:
    found = await rows("SELECT linked_up_to, seen_up_to, horizon FROM chain_marks WHERE id = 1")
    return Mark(**found[0]) if found else Mark()


def _known_linked(mark: Mark) -> int:
    """Up to which record none is looked at again. On PostgreSQL what was given an id and stood
    still before its first write is found a little later; SQLite's one writer gives ids as it
    writes."""
    return max(0, mark.linked_up_to - LOOK_BACK) if is_postgres() else mark.linked_up_to


async def _settled(mark: Mark) -> int:
    """Up to which id no record can appear any more. SQLite has one writer: all that there are."""
    if not is_postgres():
        return await _newest()
    oldest, _ = await _running()
    return mark.seen_up_to if mark.horizon <= oldest else mark.linked_up_to


async def _advance(mark: Mark, settled: int) -> None:
    if not is_postgres():
        await rows(_KEEP, [settled, settled, 0])
        return
    # In this order: what has an id by now belongs to a transaction before the next one.
    seen = await _newest()
    _, following = await _running()
    # Counted from another server's transactions: the database was restored from a copy.
    foreign = mark.horizon > following
    if settled == mark.linked_up_to < mark.seen_up_to and not foreign:
        return
    await rows(_KEEP, [settled, seen, following])


async def _newest() -> int:
    # of all: one mark for every chain
    found = await rows("SELECT max(id) AS id FROM consent_records")
    return int(found[0]["id"] or 0)


async def _running() -> tuple[int, int]:
    """The oldest transaction that runs, and the next that will begin, as PostgreSQL counts."""
    found = await rows(_RUNNING)
    return int(found[0]["oldest"]), int(found[0]["next"])
