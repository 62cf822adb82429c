"""The hash chain of a controller's consent records: append links.

Records are written without waiting for one another; links are appended after commit by one
writer at a time per controller. A link's hash covers the link before it, so a record that is
changed, removed or slipped in later breaks every hash after it (backend/consents/verify.py).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tortoise.exceptions import IntegrityError

from backend.platform.database import places, rows, transaction

GENESIS = "0" * 64
BATCH = 500
# Ids are given before commit: a record may become visible after one with a higher id. The
# quick way looks this far back; the sweep (backend/consents/sweep.py) finds the rest.
LOOK_BACK = 5000


@dataclass(frozen=True, slots=True)
class Head:
    seq: int
    hash: str


def link_hash(account_id: int, seq: int, prev_hash: str, record_sha256: str) -> str:
    """SHA-256 over `account:seq:previous hash:record hash`."""
    return hashlib.sha256(f"{account_id}:{seq}:{prev_hash}:{record_sha256}".encode()).hexdigest()


async def head_of(account_id: int) -> Head:
    found = await rows(
        "SELECT seq, hash FROM consent_links WHERE account_id = $1 ORDER BY seq DESC LIMIT 1",
        [account_id],
    )
    return Head(found[0]["seq"], found[0]["hash"]) if found else Head(0, GENESIS)


async def extend_chain(account_id: int, *, after: int | None = None) -> int:
    """Link every record that has no link yet, oldest first; returns how many. Looks at records
    with ids greater than `after`, at the newest unless it is given.

    Two writers at once cannot fork the chain: (account, seq) is unique, the second one's
    transaction fails as a whole and it finds the work done. Raises IntegrityError when it is
    not that.
    """
    linked = 0
    while True:
        batch = await _extend_by_batch(account_id, after)
        linked += batch or 0
        if batch is not None and batch < BATCH:
            return linked


# What the sweep has found linked up to some record is not looked at again.
_KNOWN = """
SELECT max(record_id) AS newest, (SELECT linked_up_to FROM chain_marks WHERE id = 1) AS swept
FROM (SELECT record_id FROM consent_links WHERE account_id = $1 ORDER BY seq DESC LIMIT 100) last
"""
# Of the links, too, no more than stand for such records are read.
_WAITING = """
SELECT r.id, r.sha256 FROM consent_records r
WHERE r.account_id = $1 AND r.id > $2
    AND NOT EXISTS (
        SELECT 1 FROM consent_links l WHERE l.record_id = r.id AND l.record_id > $2)
ORDER BY r.id LIMIT $3
"""
_ADD = "INSERT INTO consent_links (account_id, seq, record_id, prev_hash, hash) VALUES {links}"


async def _extend_by_batch(account_id: int, after: int | None) -> int | None:
    """How many were linked; None when another writer was faster."""
    head: Head | None = None
    try:
        async with transaction():
            head = await head_of(account_id)
            known = await _known_up_to(account_id) if after is None else after
            waiting = await rows(_WAITING, [account_id, known, BATCH])
            if waiting:
                links = list(_links(account_id, head, waiting))
                marks = places(len(links), len(links[0]))
                await rows(_ADD.format(links=marks), [value for link in links for value in link])
            return len(waiting)
    except IntegrityError:
        if await head_of(account_id) == head:
            raise
        return None


async def _known_up_to(account_id: int) -> int:
    known = (await rows(_KNOWN, [account_id]))[0]
    return max(known["swept"] or 0, (known["newest"] or 0) - LOOK_BACK, 0)


def _links(
    account_id: int, head: Head, records: list[dict[str, Any]]
) -> Iterator[tuple[int, int, int, str, str]]:
    before = head.hash
    for seq, record in enumerate(records, head.seq + 1):
        sealed = link_hash(account_id, seq, before, record["sha256"])
        yield account_id, seq, record["id"], before, sealed
        before = sealed
