"""The hash chain of a controller's consent records: append links, walk them.

Records are written without waiting for one another; links are appended after commit by one
writer at a time per controller. A link's hash covers the link before it, so a record that is
changed, removed or slipped in later breaks every hash after it.
"""

import hashlib
from dataclasses import dataclass

from tortoise.exceptions import IntegrityError

from backend.platform.database import transaction
from models.consent_record import ConsentLink, ConsentRecord

GENESIS = "0" * 64
BATCH = 500


@dataclass(frozen=True, slots=True)
class Head:
    seq: int
    hash: str


def link_hash(account_id: int, seq: int, prev_hash: str, record_sha256: str) -> str:
    """SHA-256 over `account:seq:previous hash:record hash`."""
    return hashlib.sha256(f"{account_id}:{seq}:{prev_hash}:{record_sha256}".encode()).hexdigest()


async def head_of(account_id: int) -> Head:
    last = await ConsentLink.filter(account_id=account_id).order_by("-seq").first()
    return Head(last.seq, last.hash) if last else Head(0, GENESIS)


async def extend_chain(account_id: int) -> int:
    """Link every record that has no link yet, oldest first; returns how many.

    Two writers at once cannot fork the chain: (account, seq) is unique, the second one's
    transaction fails as a whole and it finds the work done.
    """
    linked = 0
    while True:
        try:
            batch = await _extend_by_batch(account_id)
        except IntegrityError:
            continue
        linked += batch
        if batch < BATCH:
            return linked


async def _extend_by_batch(account_id: int) -> int:
    async with transaction():
        head = await head_of(account_id)
        waiting = (
            await ConsentRecord.filter(account_id=account_id, link__id__isnull=True)
            .order_by("id")
            .limit(BATCH)
            .values_list("id", "sha256")
        )
        links = []
        for record_id, sha256 in waiting:
            seq = head.seq + 1
            linked_hash = link_hash(account_id, seq, head.hash, str(sha256))
            links.append(
                ConsentLink(
                    account_id=account_id,
                    seq=seq,
                    record_id=record_id,
                    prev_hash=head.hash,
                    hash=linked_hash,
                )
            )
            head = Head(seq, linked_hash)
        if links:
            await ConsentLink.bulk_create(links)
        return len(links)
