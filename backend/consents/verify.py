"""Walk a controller's chain from its first link and name the first one that does not hold.

Memory stays flat whatever the length: links come page by page.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from backend.consents.chain import GENESIS, Head, link_hash
from backend.consents.consent_answer import record_sha256
from backend.consents.documents import text_sha256
from backend.platform.database import is_postgres, rows, tuples
from backend.platform.dialect import iso, moment, parsed

PAGE = 2000
STRIDE = 100
# A record is linked within seconds, by the sweep within an hour. One that stands in the chain
# after a record a day younger was put there later than it says.
LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Break:
    """The first link that does not hold, and why."""

    seq: int
    record_id: int | None
    what: str


@dataclass(slots=True)
class Verdict:
    """`links` hold, up to `head`. `unlinked` records still wait for their link, the oldest
    since `waiting_since`. `late` records say an earlier time than their place in the chain."""

    account_id: int
    links: int = 0
    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    broken: Break | None = None
    late: int = 0
    first_late: int | None = None
    unlinked: int = 0
    waiting_since: datetime | None = None


_PAGE_OF_LINKS = """
SELECT l.seq, l.record_id, l.prev_hash, l.hash, r.customer_id, r.account_id, r.document_id,
    r.action, r.brand_ids, r.channels, r.at, r.how, r.context, r.answer_key, r.sha256
FROM consent_links l LEFT JOIN consent_records r ON r.id = l.record_id
WHERE l.account_id = $1 AND l.seq > $2 ORDER BY l.seq LIMIT $3
"""
_UNLINKED = """
SELECT count(*) AS n, min(r.at) AS since FROM consent_records r
LEFT JOIN consent_links l ON l.record_id = r.id
WHERE r.account_id = $1 AND l.id IS NULL
"""
RECORD_COLUMNS = (
    "customer_id", "account_id", "document_id", "action", "brand_ids", "channels", "at", "how",
    "context", "answer_key",
)  # fmt: skip
# Where they stand among these, and behind the four of the link.
_ACCOUNT = RECORD_COLUMNS.index("account_id")
_DOCUMENT = RECORD_COLUMNS.index("document_id")
_DOCUMENT_OF_ROW = 4 + _DOCUMENT
_AT_OF_ROW = 4 + RECORD_COLUMNS.index("at")


async def verify_chain(account_id: int) -> Verdict:
    """Every record is hashed again from its columns and from the text of its document."""
    walk, documents = _Walk(Verdict(account_id)), Documents()
    async with aclosing(pages_of_links(account_id)) as pages:
        async for page in pages:
            await documents.know(row[_DOCUMENT_OF_ROW] for row in page)
            if not await _holds(walk, page, documents):
                break
    verdict = walk.verdict
    waiting = (await rows(_UNLINKED, [account_id]))[0]
    verdict.unlinked = waiting["n"]
    verdict.waiting_since = moment(waiting["since"]) if waiting["since"] else None
    return verdict


async def _holds(walk: "_Walk", page: Sequence[Any], documents: "Documents") -> bool:
    """A few at a time: in between the next page comes in."""
    for first in range(0, len(page), STRIDE):
        if not walk.holds(page[first : first + STRIDE], documents.known):
            return False
        await asyncio.sleep(0)
    return True


async def pages_of_links(account_id: int) -> AsyncGenerator[Sequence[Any], None]:
    """Links, each followed by the columns of its record (None where that is gone), in order."""
    page = await tuples(_PAGE_OF_LINKS, [account_id, 0, PAGE])
    while page:
        values = [account_id, page[-1][0], PAGE]
        # A server works on the next one meanwhile; SQLite would work in this process.
        ahead = is_postgres() and len(page) == PAGE
        following = asyncio.ensure_future(tuples(_PAGE_OF_LINKS, values)) if ahead else None
        try:
            yield page
            if len(page) < PAGE:
                return
            page = await (following or tuples(_PAGE_OF_LINKS, values))
        finally:
            if following is not None:
                following.cancel()


class _Walk:
    """Along a chain, link by link. A million links make a million turns: no dataclass or coroutine
    in them."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self._seq, self._hash = verdict.head.seq, verdict.head.hash
        self._newest: Any = None
        self._record = 0

    def holds(self, page: Sequence[Any], fingerprints: Mapping[int, str | None]) -> bool:
        """Notes where it breaks."""
        verdict = self.verdict
        for row in page:
            wrong = self._wrong(row, fingerprints)
            if wrong is not None:
                verdict.broken = Break(self._seq + 1, row[1], wrong)
                break
            self._seq, self._record, self._hash = row[0], row[1], row[3]
            verdict.links += 1
            self._note_time(row[_AT_OF_ROW])
        verdict.head = Head(self._seq, self._hash)
        return verdict.broken is None

    def _wrong(self, row: Any, fingerprints: Mapping[int, str | None]) -> str | None:
        expected, account_id = self._seq + 1, self.verdict.account_id
        seq, record_id, prev_hash, sealed, *columns, sha256 = row
        if seq != expected:
            return f"link {expected} is missing: the next one there is {seq}"
        if sha256 is None:
            return f"record {record_id} is missing"
        fingerprint = fingerprints[columns[_DOCUMENT]]
        if fingerprint is None:
            return f"the text of document {columns[_DOCUMENT]} was changed"
        if columns[_ACCOUNT] != account_id or recomputed(columns, fingerprint) != sha256:
            return f"record {record_id} was changed"
        fitting = link_hash(account_id, expected, self._hash, sha256)
        if prev_hash != self._hash or sealed != fitting:
            return f"link {expected} does not fit record {record_id}: changed, swapped or put in"
        return None

    def _note_time(self, at: Any) -> None:
        """As the database gives it: SQLite's texts stand in the order of the times."""
        if self._newest is None or at >= self._newest:
            self._newest = at
        elif moment(self._newest) - moment(at) > LATE:
            self.verdict.late += 1
            self.verdict.first_late = self.verdict.first_late or self._record


def recomputed(columns: list[Any], document_sha256: str) -> str:
    """The hash of a record from its columns (RECORD_COLUMNS) as they stand in the database now."""
    customer, account, document, action, brands, channels, at, how, context, key = columns
    said = {
        "customer_id": customer,
        "account_id": account,
        "document_id": document,
        "action": action,
        "brand_ids": _list(brands),
        "channels": _list(channels),
        "at": iso(at),
        "how": how,
        "context": parsed(context),
        "answer_key": key,
    }
    return record_sha256(said, document_sha256)


# The same few lists stand in most records.
_list = lru_cache(1024)(parsed)


class Documents:
    """Fingerprints by document id, each text hashed once; None when the document is gone or its
    text does not give its SHA-256."""

    def __init__(self) -> None:
        self.known: dict[int, str | None] = {}

    async def know(self, document_ids: Iterable[int | None]) -> None:
        for document_id in set(document_ids) - self.known.keys():
            if document_id is not None:
                self.known[document_id] = await self._fingerprint(document_id)

    async def _fingerprint(self, document_id: int) -> str | None:
        found = await rows(
            # of all: the document of a record of the page
            "SELECT title, text, sha256 FROM consent_documents WHERE id = $1",
            [document_id],
        )
        whole = bool(found) and found[0]["sha256"] == text_sha256(
            found[0]["title"], found[0]["text"]
        )
        return found[0]["sha256"] if whole else None
