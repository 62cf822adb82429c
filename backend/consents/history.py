"""What one person and one controller have behind them: every record, its text, its place in the
chain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.platform.context import ActorKind
from backend.platform.database import rows
from backend.platform.dialect import moment, parsed


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One record with the text it points to. `seq` and the hashes are None until it is linked."""

    record_id: int
    action: str
    purpose: str
    program_id: int | None
    brand_ids: list[int]
    channels: list[str]
    at: datetime
    how: str
    context: dict[str, Any]
    answer_key: str
    sha256: str
    document_id: int
    language: str
    version: int
    title: str
    text: str
    document_sha256: str
    effective_from: datetime
    seq: int | None
    prev_hash: str | None
    hash: str | None

    @property
    def by(self) -> str:
        """Who acted: `person`, `operator`, `key:3` (backend.platform.context)."""
        return str(self.context.get("actor", ActorKind.PERSON.value))


_HISTORY = """
SELECT r.id AS record_id, r.action, d.purpose, d.program_id, r.brand_ids, r.channels, r.at, r.how,
    r.context, r.answer_key, r.sha256, r.document_id, d.language, d.version, d.title, d.text,
    d.sha256 AS document_sha256, d.effective_from, l.seq, l.prev_hash, l.hash
FROM consent_records r JOIN consent_documents d ON d.id = r.document_id
LEFT JOIN consent_links l ON l.record_id = r.id
WHERE r.customer_id = $1 AND r.account_id = $2 ORDER BY r.id
"""
_CONTROLLERS = "SELECT DISTINCT account_id FROM consent_records WHERE customer_id = $1 ORDER BY 1"


async def history(customer_id: int, account_id: int) -> list[HistoryEntry]:
    """Oldest first."""
    return [_said(row) for row in await rows(_HISTORY, [customer_id, account_id])]


async def controllers_of(customer_id: int) -> list[int]:
    """Everybody with whom this person has records."""
    return [row["account_id"] for row in await rows(_CONTROLLERS, [customer_id])]


def _said(row: dict[str, Any]) -> HistoryEntry:
    values = dict(row)
    for name in ("brand_ids", "channels", "context"):
        values[name] = parsed(row[name])
    for name in ("at", "effective_from"):
        values[name] = moment(row[name])
    return HistoryEntry(**values)
