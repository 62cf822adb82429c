"""Read a feed from where one has read to."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.tenant import Scope
from models.account_change import AccountChange
from models.refusal import Code, Refusal

MOST = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """`after` is where to read on, also when there is nothing more at the moment."""

    changes: Sequence[AccountChange]
    after: int
    more: bool


async def read_feed(scope: Scope, account_id: int, after: int | None, limit: int) -> Part:
    """The changes behind number `after`, the oldest first; of None, those that are kept. Read again
    from an old number, the same come again and none is missing.

    Refuses with cursor_expired when rows behind `after` have gone.
    """
    feed = await scope.feeds().filter(account_id=account_id).first()
    gone = feed.forgotten_seq if feed else 0
    found = await scope.changes().filter(
        account_id=account_id, seq__gt=gone if after is None else after
    ).order_by("seq").limit(limit + 1)  # fmt: skip
    if after is not None:
        await _check(scope, account_id, after)
    part = found[:limit]
    end = part[-1].seq if part else gone if after is None else after
    return Part(part, end, len(found) > limit)


async def _check(scope: Scope, account_id: int, after: int) -> None:
    """Behind the rows: what has gone meanwhile is not passed over."""
    feed = await scope.feeds().filter(account_id=account_id).first()
    gone, last = (feed.forgotten_seq, feed.seq) if feed else (0, 0)
    if not gone <= after <= last:
        raise Refusal(Code.CURSOR_EXPIRED)
