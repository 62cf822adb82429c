"""Walk a controller's chain from its first link and name the first one that does not hold.

Memory stays flat whatever the length: links come page by page.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from backend.consents.chain import GENESIS, Head, link_hash
from backend.consents.consent_answer import record_sha256
from backend.consents.documents import text_sha256
from backend.platform.database import rows
from backend.platform.dialect import iso, moment, parsed

PAGE = 2000
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


async def verify_chain(account_id: int) -> Verdict:
    """Every record is hashed again from its columns and from the text of its document."""
    verdict = Verdict(account_id)
    documents = Documents()
    newest: datetime | None = None
    async for row in links_of(account_id):
        wrong = await _wrong(row, account_id, verdict.head, documents)
        if wrong is not None:
            verdict.broken = Break(verdict.head.seq + 1, row["record_id"], wrong)
            break
        verdict.links += 1
        verdict.head = Head(row["seq"], row["hash"])
        newest = _note_time(verdict, row, newest)
    waiting = (await rows(_UNLINKED, [account_id]))[0]
    verdict.unlinked = waiting["n"]
    verdict.waiting_since = moment(waiting["since"]) if waiting["since"] else None
    return verdict


async def links_of(account_id: int) -> AsyncIterator[dict[str, Any]]:
    """Links with the columns of their records (None where the record is gone), in order."""
    seq = 0
    while True:
        page = await rows(_PAGE_OF_LINKS, [account_id, seq, PAGE])
        for row in page:
            yield row
        if len(page) < PAGE:
            return
        seq = page[-1]["seq"]


async def _wrong(
    row: dict[str, Any], account_id: int, before: Head, documents: "Documents"
) -> str | None:
    seq = before.seq + 1
    if row["seq"] != seq:
        return f"link {seq} is missing: the next one there is {row['seq']}"
    if row["sha256"] is None:
        return f"record {row['record_id']} is missing"
    fingerprint = await documents.fingerprint(row["document_id"])
    if fingerprint is None:
        return f"the text of document {row['document_id']} was changed"
    if row["account_id"] != account_id or recomputed(row, fingerprint) != row["sha256"]:
        return f"record {row['record_id']} was changed"
    expected = (before.hash, link_hash(account_id, seq, before.hash, row["sha256"]))
    if (row["prev_hash"], row["hash"]) != expected:
        return f"link {seq} does not fit record {row['record_id']}: changed, swapped or put in"
    return None


def recomputed(row: dict[str, Any], document_sha256: str) -> str:
    """The hash of a record from its columns as they stand in the database now."""
    fields = {name: row[name] for name in RECORD_COLUMNS}
    fields["brand_ids"] = parsed(row["brand_ids"])
    fields["channels"] = parsed(row["channels"])
    fields["context"] = parsed(row["context"])
    fields["at"] = iso(row["at"])
    return record_sha256(fields, document_sha256)


def _note_time(verdict: Verdict, row: dict[str, Any], newest: datetime | None) -> datetime:
    at = moment(row["at"])
    if newest is None or at > newest:
        return at
    if newest - at > LATE:
        verdict.late += 1
        verdict.first_late = verdict.first_late or row["record_id"]
    return newest


class Documents:
    """Fingerprints by document id, each text hashed once."""

    def __init__(self) -> None:
        self._known: dict[int, str | None] = {}

    async def fingerprint(self, document_id: int) -> str | None:
        """None when the document is gone or its text does not give its SHA-256."""
        if document_id not in self._known:
            found = await rows(
                # of all: the document of the current record
                "SELECT title, text, sha256 FROM consent_documents WHERE id = $1",
                [document_id],
            )
            whole = bool(found) and found[0]["sha256"] == text_sha256(
                found[0]["title"], found[0]["text"]
            )
            self._known[document_id] = found[0]["sha256"] if whole else None
        return self._known[document_id]
