"""What stands now between one person and the controllers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.consents.record import take_turn
from backend.platform.database import rows
from backend.platform.dialect import moment
from models.consent_document import ConsentPurpose


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """The newest answer about one subject (see models.consent_state) and channel."""

    purpose: ConsentPurpose
    subject_id: int
    channel: str
    granted: bool
    document_id: int
    account_id: int
    program_id: int | None
    version: int
    at: datetime


_STANDING = """
SELECT s.purpose, s.subject_id, s.channel, s.granted, s.document_id, s.at, d.account_id,
    d.program_id, d.version
FROM consent_states s JOIN consent_documents d ON d.id = s.document_id
WHERE s.customer_id = $1 ORDER BY s.purpose, s.subject_id, s.channel
"""


async def standing_answers(customer_id: int, *, locked: bool = False) -> list[StandingAnswer]:
    """Every answer that stands, yes and no. `locked`, inside a transaction: nobody else
    answers for this person until it ends."""
    if locked:
        await take_turn(customer_id)
    return [_made(row) for row in await rows(_STANDING, [customer_id])]


async def advertising_of(customer_id: int, brand_id: int) -> set[str]:
    """The channels by which this brand may advertise."""
    return {
        each.channel
        for each in await standing_answers(customer_id)
        if each.purpose is ConsentPurpose.ADVERTISING
        and each.subject_id == brand_id
        and each.granted
    }


def _made(row: dict[str, Any]) -> StandingAnswer:
    return StandingAnswer(
        purpose=ConsentPurpose(row["purpose"]),
        subject_id=row["subject_id"],
        channel=row["channel"],
        granted=bool(row["granted"]),
        document_id=row["document_id"],
        account_id=row["account_id"],
        program_id=row["program_id"],
        version=row["version"],
        at=moment(row["at"]),
    )
